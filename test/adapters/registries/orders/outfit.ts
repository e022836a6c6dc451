import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { type OrderParts, orderWorker } from '../../../../src/adapters/registries/orders/parts.ts';
import type { MessengerId } from '../../../../src/office/caller.ts';
import { createStaffRegistries } from '../../../../src/office/registries/staff-registries.ts';
import type { Layout } from '../../../../src/office/registries/layouts/layout.ts';
import type { StaffCaller } from '../../../../src/office/staff/staff.ts';
import type { Db } from '../../../../src/records/database.ts';
import { loadTexts } from '../../../../src/texts/texts.ts';

export const START = new Date('2026-11-20T09:00:00Z');

/** The office's desk of registries and the worker, with files and a chat that the test holds in hand: 701 is a senior, 702 a member. */
export function outfit(db: Db, pool: Pool, layouts: readonly Layout[] = []) {
  let now = START;
  let operations = 0;
  const clock = () => now;
  /** What the messenger has, by its handle. */
  const files = new Map<string, string>();
  /** What a chat shows, message by message, and the files that were handed over. */
  const chat: { to: string; text: string; doors: string[] }[] = [];
  const handed: { to: string; name: string; content: string }[] = [];
  const shown: Date[] = [];
  let fault: ((what: 'show' | 'hand' | 'fetch') => Error | undefined) | undefined;
  const staff = new Set<MessengerId>(['telegram:701', 'telegram:702']);
  const stumble = (what: 'show' | 'hand' | 'fetch') => {
    const error = fault?.(what);
    if (error) throw error;
  };

  const parts: OrderParts = {
    db,
    pool,
    clock,
    paceClock: clock,
    texts: loadTexts({ timeZone: 'Europe/Moscow', clock }),
    voice: {
      async show(to, { marked, doors }, inPlaceOf) {
        stumble('show');
        shown.push(now);
        const said = { to, text: marked, doors: doors.map(({ ref = '' }) => ref) };
        const before = Number(inPlaceOf?.split('/')[1] ?? chat.length);
        chat[before] = said;
        return `${to}/${before}`;
      },
      async hand(to, { name, content }) {
        stumble('hand');
        handed.push({ to, name, content: typeof content === 'string' ? content : await readFile(content.path, 'utf8') });
        return true;
      },
    },
    async fetchFile(handle, path) {
      stumble('fetch');
      const content = files.get(handle);
      if (content === undefined) return { outcome: 'gone' };
      await writeFile(path, content);
      return { outcome: 'fetched', sha256: createHash('sha256').update(content).digest('hex') };
    },
    staff: { isMember: async (id) => staff.has(id) },
    timeZone: 'Europe/Moscow',
    layouts,
    log: { info() {}, warn() {} },
  };

  const registries = createStaffRegistries({
    db,
    clock,
    centre: { layouts },
    staff: { isMember: async (id) => staff.has(id), isSenior: async (id) => staff.has(id) && id === 'telegram:701' },
  });

  return {
    registries,
    parts,
    files,
    chat,
    handed,
    shown,
    staff,
    by: (person: number): StaffCaller => ({
      messengerId: `telegram:${person}`,
      name: 'Ольга',
      idempotencyKey: `op-${++operations}`,
    }),
    later(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    trip(with_: typeof fault) {
      fault = with_;
    },
    async work(): Promise<void> {
      const workOff = orderWorker(parts);
      while (await workOff());
    },
    /** Sends a file and has it checked; the order's id. */
    async bring(person: number, lines: readonly string[], name = 'реестр ноябрь.csv'): Promise<string> {
      const handle = `file-${++operations}`;
      files.set(handle, `${lines.join('\n')}\n`);
      await registries.bring(this.by(person), { file: handle, name, bytes: 100 });
      await this.work();
      const { id } = await db
        .selectFrom('registryOrders')
        .select('id')
        .orderBy('entry', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      return id;
    },
    orders: () =>
      db.selectFrom('registryOrders').select(['state', 'trouble', 'told', 'attempts', 'exportNumber']).orderBy('entry').execute(),
  };
}
