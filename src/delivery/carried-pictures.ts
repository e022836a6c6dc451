import { type ChannelOf, fetchToCarry } from './carried-files.ts';
import type { DeliveryChannel } from './channel.ts';
import type { OutgoingFile } from './outgoing-file.ts';

/** So many pictures are remembered: announcements that are being sent. */
const MOST = 8;

/** Pictures of one messenger that many are shown by another: fetched once, and handed on by the handle that the other one gives. */
export function openCarriedPictures(channelOf: ChannelOf, end?: AbortSignal) {
  const known = new Map<string, Promise<OutgoingFile | undefined>>();

  function keep(key: string, file: Promise<OutgoingFile | undefined>): void {
    known.set(key, file);
    for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
  }

  async function fetch(source: string, file: string, to: DeliveryChannel): Promise<OutgoingFile | undefined> {
    const bytes = await fetchToCarry(channelOf, { source, file, to }, end);
    return 'outcome' in bytes ? undefined : { name: 'photo.jpg', bytes };
  }

  return {
    /** The picture as `to` takes it; undefined where it is not to be had. @throws {CarryingFailed} where it may be had later. */
    find(source: string, file: string, to: DeliveryChannel): Promise<OutgoingFile | undefined> {
      const key = keyOf(source, file, to);
      const found = known.get(key);
      if (found) return found;
      const fetched = fetch(source, file, to);
      keep(key, fetched);
      void fetched.catch(() => {
        if (known.get(key) === fetched) known.delete(key);
      });
      return fetched;
    },
    /** From now on `to` has it under this handle. */
    note(source: string, file: string, to: DeliveryChannel, handle: string): void {
      keep(keyOf(source, file, to), Promise.resolve(handle));
    },
  };
}

const keyOf = (source: string, file: string, to: DeliveryChannel) => `${to.name} ${source} ${file}`;
