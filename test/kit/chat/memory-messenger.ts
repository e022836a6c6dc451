import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { DeliveryChannel } from '../../../src/delivery/channel.ts';
import type { OutgoingFile } from '../../../src/delivery/outgoing-file.ts';
import type { CaptionedFile, Done, MessengerAction } from '../../../src/delivery/requests/actions.ts';
import type { MessageRef } from '../../../src/office/staff/message-part.ts';

/** What a test does in the messenger's place: throws as a broken connection would, or answers; undefined: it does as it is asked. */
type Interfere = (does: MessengerAction['does'] | 'fetch' | 'send', action?: MessengerAction) => Done | undefined;

/** A messenger that is not there but for its files and what was said in it, a line each: `photo m-7: photo.jpg (5) | words`. */
export function memoryMessenger(name: string, limits = { mostFetchedBytes: 1000, mostHandedBytes: 1000 }) {
  const files = new Map<string, Uint8Array>();
  const said: string[] = [];
  const fetchedTo: string[] = [];
  let number = 0;
  let interfere: Interfere | undefined;

  function hold(bytes: Uint8Array | string): string {
    const handle = `${name}-file-${++number}`;
    files.set(handle, Buffer.from(bytes));
    return handle;
  }

  /** A handle that is not its own means nothing to it. */
  function seen(file: OutgoingFile): string | undefined {
    if (typeof file !== 'string') return `${file.name} (${file.bytes.length})`;
    return files.has(file) ? file : undefined;
  }

  const lineOf = ({ kind, file, marked }: CaptionedFile): string[] => [kind, seen(file) ?? '', marked];
  const withFiles = (action: MessengerAction) => ('files' in action ? action.files : 'file' in action ? [action] : []);

  const channel: DeliveryChannel = {
    name,
    pace: { perSecond: 30, chatRestMs: 500, perGroupMinute: 20 },
    bot: { name: `${name}_bot`, link: (start = '') => `https://${name}.example/${start}` },
    files: limits,
    async send(to, { marked, paper }) {
      interfere?.('send');
      const file = paper?.kind === 'picture' ? paper.data.file : undefined;
      said.push([`send ${to}`, file === undefined ? '' : (seen(file) ?? 'not ours'), marked].join(' | '));
      return { outcome: 'sent', handle: file === undefined || typeof file === 'string' ? undefined : hold(file.bytes) };
    },
    messenger: {
      limitsIn: () => ({ text: 4000, caption: 1000, threadTitle: 100, album: 10, inAlbum: 900 }),
      group: () => `${name}:-1`,
      linkTo: () => undefined,
      async perform(action) {
        const instead = interfere?.(action.does, action);
        if (instead) return instead;
        const handed = withFiles(action);
        if (handed.some(({ file }) => seen(file) === undefined)) return { outcome: 'refused', reason: 'not ours', what: 'file' };
        const where = 'to' in action ? ('person' in action.to ? action.to.person : 'the group') : '';
        const shown = handed.length > 0 ? handed.flatMap(lineOf) : 'marked' in action ? [action.marked] : [];
        said.push([`${action.does} ${where}`.trimEnd(), ...shown].filter((part) => part !== '').join(' | '));
        const chat = where.includes(':') ? where : `${name}:-1`;
        const messages = handed.length > 0 ? handed : [action];
        return { outcome: 'done', messages: messages.map(() => `${chat}/${++number}` as MessageRef) };
      },
    },
    staffVoice: { show: async () => undefined, hand: async () => false },
    async fetchFile(handle, path, { mostBytes = limits.mostFetchedBytes } = {}) {
      fetchedTo.push(path);
      interfere?.('fetch');
      const bytes = files.get(handle);
      if (!bytes) return { outcome: 'gone' };
      if (bytes.length > mostBytes) return { outcome: 'too-large' };
      await writeFile(path, bytes);
      return { outcome: 'fetched', sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };

  return {
    channel,
    /** Somebody's file; its handle. */
    hold,
    /** What was said since the last time. */
    took: () => said.splice(0),
    /** Where files were fetched to. */
    fetchedTo,
    interfereWith(handler: Interfere | undefined) {
      interfere = handler;
    },
  };
}
