import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FolderParts, openFolder, type RegistryFolder } from '../../../../src/adapters/registries/folder.ts';
import { type Desk, openDesk } from '../desk.ts';

type Room = 'in' | 'taking' | 'begun' | 'done' | 'refused' | 'out';

/** The folder from which a desk's registries are taken: files are put into its rooms, and what came of them is looked at. */
export type WatchedFolder = {
  desk: Desk;
  /** As a process opens it; what one that died knew, the next one does not. */
  open(more?: Partial<FolderParts>): Promise<RegistryFolder>;
  /** Files are looked at as if so many seconds had passed since they were written; 60 at first. */
  passedSeconds: number;
  within(room: Room, name?: string): string;
  put(name: string, lines: readonly string[], room?: Room): Promise<void>;
  names(room: Room): Promise<string[]>;
  /** The names that files had before they were put away, in the order of the alphabet. */
  formerNames(room: 'done' | 'refused'): Promise<string[]>;
  /** Notices, in the order in which they were written. */
  told(): Promise<{ addressee: string; text: string; words: unknown }[]>;
  accounts(): Promise<{ number: string }[]>;
  /** What the log was told: by `info` the fields, by `warn` the message. */
  informed: unknown[];
  warned: string[];
};

export function watchedFolder(desk: Desk): WatchedFolder {
  const folder = join(desk.folder, 'registries');
  const within = (room: Room, name = '') => join(folder, room, name);
  const names = (room: Room) => readdir(within(room));
  const informed: unknown[] = [];
  const warned: string[] = [];

  const at: WatchedFolder = {
    desk,
    open: (more) =>
      openFolder({
        folder,
        db: desk.db,
        pool: desk.pool,
        clock: () => new Date('2026-11-20T09:00:00Z'),
        timeZone: 'Europe/Moscow',
        layouts: [],
        fileClock: () => new Date(Date.now() + at.passedSeconds * 1000),
        log: {
          info: (fields) => void informed.push(fields),
          warn: (_, message) => void warned.push(message),
        },
        ...more,
      }),
    passedSeconds: 60,
    within,
    put: (name, lines, room = 'in') => writeFile(within(room, name), `${lines.join('\n')}\n`),
    names,
    formerNames: async (room) => (await names(room)).map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort(),
    told: () =>
      desk.db.selectFrom('outbox').where('kind', '=', 'notice').select(['text', 'words', 'addressee']).orderBy('id').execute(),
    accounts: () => desk.db.selectFrom('accounts').select('number').execute(),
    informed,
    warned,
  };
  return at;
}

/** On a desk of its own. */
export const openWatchedFolder = async (): Promise<WatchedFolder> => watchedFolder(await openDesk());

export const PAYMENTS = ['ЛС;Дата;Сумма;Номер операции', '0010001;01.11.2026;100;1', '0019999;01.11.2026;100;2'];
