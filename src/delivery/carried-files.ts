import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSlots } from '../runtime/slots.ts';
import { openTimeLimit, within } from '../runtime/time-limit.ts';
import { SECOND_MS } from '../domain/durations.ts';
import { messengerOf } from '../office/caller.ts';
import type { DeliveryChannel } from './channel.ts';
import type { OutgoingFile } from './outgoing-file.ts';
import type { CaptionedFile, Done, FileKind, MessengerAction } from './requests/actions.ts';

/** An action by which files are handed over. */
export type ActionWithFiles = Extract<MessengerAction, { does: 'hand' | 'hand-album' | 'change-file' }>;

/** A file could not be had now, or it is not known whether it arrived. So often it is tried; then it is as one that is not to be had at all. */
export class CarryingFailed extends Error {
  override name = 'CarryingFailed';
  readonly mostAttempts: number;
  constructor(mostAttempts: number, cause: unknown) {
    super('a file could not be carried from one messenger to the other', { cause });
    this.mostAttempts = mostAttempts;
  }
}

/** With the backoff, half an hour: the words do not wait for a messenger that does not give their file. */
const MOST_FETCHES = 12;
/** Some eight hours: as long as the other messenger may well be away, to which the words do not get through either. */
const MOST_HANDINGS = 60;

/** Each is in memory as a whole while it is sent up. */
const slots = openSlots(3);
const WAIT_LIMIT = openTimeLimit(60 * SECOND_MS);
const FETCH_LIMIT = openTimeLimit(100 * SECOND_MS);
const HAND_LIMIT = openTimeLimit(240 * SECOND_MS);

type Refused = Extract<Done, { outcome: 'refused' }>;
const GONE: Refused = { outcome: 'refused', reason: 'the file is not to be had in its messenger', what: 'file' };
const TOO_LARGE: Refused = { outcome: 'refused', reason: 'the file is larger than both messengers take', what: 'size' };

export type ChannelOf = (id: string) => DeliveryChannel | undefined;

/** The bytes of a file of the messenger of `source`, within the smaller of both limits. @throws {CarryingFailed} where it may be had later. */
export async function fetchToCarry(
  channelOf: ChannelOf,
  { source, file, to }: { source: string; file: string; to: DeliveryChannel },
  end?: AbortSignal,
): Promise<Uint8Array | Refused> {
  const from = channelOf(source);
  if (!from) return GONE;
  const folder = await mkdtemp(join(tmpdir(), 'carried-'));
  const late = new AbortController();
  try {
    const path = join(folder, 'file');
    const limits = {
      mostBytes: Math.min(from.files.mostFetchedBytes, to.files.mostHandedBytes),
      signal: end ? AbortSignal.any([late.signal, end]) : late.signal,
    };
    end?.throwIfAborted();
    const { outcome } = await within(FETCH_LIMIT, from.fetchFile(file, path, limits), noAnswer);
    if (outcome === 'fetched') return await readFile(path);
    return outcome === 'gone' ? GONE : TOO_LARGE;
  } catch (error) {
    throw new CarryingFailed(MOST_FETCHES, error);
  } finally {
    late.abort();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Does actions whose files are, in part, of another messenger than the one that is to hand them over: they are fetched by the channel that has
 * them and sent up by the other, as what they are. `end` aborts what is being fetched.
 */
export function openCarrier(channelOf: ChannelOf, end?: AbortSignal) {
  async function carried({ file, kind, fileName, source }: CaptionedFile, to: DeliveryChannel): Promise<OutgoingFile | Refused> {
    if (typeof file !== 'string' || messengerOf(source) === to.name) return file;
    const bytes = await fetchToCarry(channelOf, { source, file, to }, end);
    return 'outcome' in bytes ? bytes : { name: fileName ?? NAMES[kind], bytes };
  }

  async function withCarried(action: ActionWithFiles, to: DeliveryChannel): Promise<ActionWithFiles | Refused> {
    if (action.does !== 'hand-album') {
      const file = await carried(action, to);
      return isRefused(file) ? file : { ...action, file };
    }
    const files: CaptionedFile[] = [];
    let bytes = 0;
    for (const each of action.files) {
      const file = await carried(each, to);
      if (isRefused(file)) return file;
      bytes += typeof file === 'string' ? 0 : file.bytes.length;
      // One by one they may be taken.
      if (bytes > to.files.mostHandedBytes) return TOO_LARGE;
      files.push({ ...each, file });
    }
    return { ...action, files };
  }

  /** What is not taken as what it was is handed over as a document. */
  async function hand(action: ActionWithFiles, to: DeliveryChannel): Promise<Done> {
    const done = await to.messenger.perform(action);
    const isOfFile = done.outcome === 'refused' && (done.what === 'file' || done.what === 'size');
    if (!isOfFile || action.does !== 'hand' || action.kind === 'document') return done;
    return to.messenger.perform({ ...action, kind: 'document' });
  }

  return {
    /** Settles within seven minutes. @throws {CarryingFailed} where it may be done later, or perhaps was. */
    async perform(action: ActionWithFiles, to: DeliveryChannel): Promise<Done> {
      try {
        return await slots.use(WAIT_LIMIT, async () => {
          const whole = await withCarried(action, to);
          return 'outcome' in whole ? whole : within(HAND_LIMIT, hand(whole, to), noAnswer);
        });
      } catch (error) {
        throw error instanceof CarryingFailed ? error : new CarryingFailed(MOST_HANDINGS, error);
      }
    },
  };
}

function isRefused(file: OutgoingFile | Refused): file is Refused {
  return typeof file === 'object' && 'outcome' in file;
}

function noAnswer(): never {
  throw new Error('no answer');
}

/** By their ends other programs know what they are. */
const NAMES: { readonly [Kind in FileKind]: string } = {
  photo: 'photo.jpg',
  document: 'file',
  video: 'video.mp4',
  audio: 'audio.mp3',
  voice: 'voice.ogg',
  'video-note': 'video.mp4',
  sticker: 'sticker.webp',
};
