import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, onTestFinished, test } from 'vitest';
import type { World } from '../../../src/sandbox/bot-api/world.ts';
import { openBilling } from '../../../src/sandbox/demonstration/billing.ts';
import type { SandboxEvent, Snapshot, TownAction, TownAnswer } from '../../../src/sandbox/protocol.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { makeTown } from '../../../src/sandbox/town/generate.ts';
import type { Later } from '../../../src/sandbox/town/later.ts';
import { temporaryFolder } from '../bot-api/sandbox-kit.ts';

const TOWN = makeTown();
const silent = { info() {}, warn() {}, error() {} };

type Took = { name: string; rows: string[][] };

/** A sandbox with a town, and in the program's stead one who takes registries out of its folder, or turns them away. */
async function openTown({
  at = '2026-11-29T12:00:00Z',
  room = 'done',
  onStartAnew,
  folder = '',
}: {
  at?: string;
  room?: 'done' | 'refused';
  onStartAnew?: () => void;
  folder?: string;
} = {}) {
  const dataDir = folder || (await temporaryFolder());
  const place = (...names: string[]) => join(dataDir, 'registries', ...names);
  for (const name of ['in', 'done', 'refused']) await mkdir(place(name), { recursive: true });
  const sandbox = await startSandbox({
    dataDir,
    port: 0,
    clock: () => new Date(at),
    log: silent,
    limits: 'off',
    town: { town: TOWN, timeZone: 'Europe/Moscow' },
    ...(onStartAnew && { onStartAnew }),
  });
  const took: Took[] = [];
  const closing = new AbortController();
  const taking = (async () => {
    while (!closing.signal.aborted) {
      for (const name of (await readdir(place('in'))).filter((one) => one.endsWith('.csv'))) {
        const lines = iconv
          .decode(await readFile(place('in', name)), 'win1251')
          .trim()
          .split('\r\n');
        took.push({ name, rows: lines.slice(1).map((line) => line.split(';')) });
        await rename(place('in', name), place(room, `20261129-120000-${100 + took.length}-${name}`));
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const close = async (): Promise<void> => {
    closing.abort();
    await taking;
    await sandbox.close();
  };
  onTestFinished(close);
  const events: SandboxEvent[] = [];
  sandbox.onEvent((event) => events.push(event));
  return { sandbox, dataDir, took, events, close, happen: (action: TownAction) => ask(sandbox, action) };
}

async function ask({ url }: Sandbox, action: TownAction): Promise<TownAnswer> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(action) };
  return (await (await fetch(`${url}/sandbox/api/town`, init)).json()) as TownAnswer;
}

const told = (answer: TownAnswer): string => spaced(answer.ok ? answer.result.told : answer.description);
/** Sums are grouped by spaces that do not break. */
const spaced = (text: string): string => text.replaceAll(/\s/g, ' ');
const localTime = ({ clock }: Sandbox): string => clock().toLocaleString('sv', { timeZone: 'Europe/Moscow' });

test('«Новые начисления»: the next month of the whole town lies in the program’s folder, on the morning on which billing has it', async () => {
  const { sandbox, took, events, happen } = await openTown();
  const answer = await happen({ type: 'charges' });
  expect(told(answer)).toMatch(/^Пришли начисления за ноябрь 2026, лицевых счетов: \d+\. /);
  expect(took.map(({ name }) => name)).toEqual(['charges-2026-11.csv']);
  expect(took[0]!.rows.every(([, period]) => period === '11.2026')).toBe(true);
  expect(new Set(took[0]!.rows.map(([account]) => account)).size).toBeGreaterThan(280);
  expect(localTime(sandbox)).toBe('2026-12-01 10:00:00');
  expect(events).toContainEqual({ type: 'registry', name: 'charges-2026-11.csv', taken: 'taken' });
});

test('two clicks are two months, and a start between them knows the first', async () => {
  const first = await openTown();
  await Promise.all([first.happen({ type: 'charges' }), first.happen({ type: 'charges' })]);
  expect(first.took.map(({ name }) => name)).toEqual(['charges-2026-11.csv', 'charges-2026-12.csv']);
  expect(localTime(first.sandbox)).toBe('2027-01-01 10:00:00');
  await first.close();
  const second = await openTown({ folder: first.dataDir });
  await second.happen({ type: 'charges' });
  expect(second.took.map(({ name }) => name)).toEqual(['charges-2027-01.csv']);
});

test.each([
  ['2026-12-05T08:00:00Z', '2026-12-05 11:00:00'],
  ['2026-12-05T19:30:00Z', '2026-12-06 10:00:00'],
  ['2026-12-05T03:00:00Z', '2026-12-05 10:00:00'],
])('at %s billing has November long since: the clock moves only out of the night, to %s', async (at, shown) => {
  const { sandbox, happen } = await openTown({ at });
  await happen({ type: 'charges' });
  expect(localTime(sandbox)).toBe(shown);
});

test('«Пришёл платёж» is for the account that the open chat has named last, of all that is owed there', async () => {
  const { sandbox, took, happen } = await openTown();
  const [ivan = 0] = sandbox.people().map(({ id }) => id);
  const account = TOWN.find(
    ({ household, life }) => !household.closed && life.charges.slice(-8).some(({ due }) => due > 100_000),
  )!.household.account;
  sandbox.act({ type: 'start-bot', as: ivan });
  sandbox.act({ type: 'send-text', as: ivan, chatId: ivan, text: `мой счёт ${account}, а не 999999999` });
  const answer = await happen({ type: 'payment', as: ivan });
  expect(told(answer)).toMatch(new RegExp(`^Пришёл платёж из банка: [\\d ]+,\\d\\d ₽ по лицевому счёту ${account}\\.$`));
  const [row = []] = took[0]!.rows;
  expect(row.slice(0, 2)).toEqual([account, '29.11.2026']);
  const again = await happen({ type: 'payment', as: ivan });
  // All is paid: what comes now is an advance.
  expect(told(again)).toContain('1 500,00 ₽');
  expect(new Set(took.map(({ rows }) => rows[0]![4])).size).toBe(2);
});

test('without such a chat it is for an account of the resident of the first day', async () => {
  const { sandbox, took, happen } = await openTown();
  const state = (await (await fetch(`${sandbox.url}/sandbox/api/state`)).json()) as Snapshot;
  await happen({ type: 'payment' });
  expect(took[0]!.rows[0]![0]).toBe(state.demonstration?.accounts[0]);
});

test('a registry that the program turns away is told, and the month comes again', async () => {
  const { took, happen } = await openTown({ room: 'refused' });
  expect(await happen({ type: 'charges' })).toEqual({
    ok: false,
    description: expect.stringMatching(/^Бот отклонил реестр charges-2026-11/) as string,
  });
  await happen({ type: 'charges' });
  expect(took.map(({ name }) => name)).toEqual(['charges-2026-11.csv', 'charges-2026-11.csv']);
});

test('«Начать заново» is for who runs the program: asked once, told to every page, and refused where nobody can', async () => {
  let times = 0;
  const { events, happen } = await openTown({ onStartAnew: () => (times += 1) });
  await Promise.all([happen({ type: 'start-anew' }), happen({ type: 'start-anew' })]);
  await expect.poll(() => times).toBe(1);
  expect(events.filter(({ type }) => type === 'start-anew')).toHaveLength(1);
  const { happen: alone } = await openTown();
  expect((await alone({ type: 'start-anew' })).ok).toBe(false);
});

test('what waits in line when the sandbox closes is brought no more, and what is being brought is not waited for', async () => {
  const folder = await temporaryFolder();
  const state = { later: [] as Later[], movedSeconds: 0, chats: new Map() };
  const world = { state, now: () => new Date('2026-12-05T08:00:00Z'), put() {}, publish() {} } as unknown as World;
  const closing = new AbortController();
  const billing = openBilling({ world, town: TOWN, folder, timeZone: 'Europe/Moscow', signal: closing.signal });
  const both = Promise.allSettled([billing.bringCharges(), billing.bringCharges()]);
  await expect.poll(() => readdir(join(folder, 'registries', 'in')).catch(() => [])).toEqual(['charges-2026-11.csv']);
  closing.abort();
  expect(await both).toMatchObject([
    { status: 'fulfilled', value: expect.stringContaining('registries/in') as string },
    { status: 'rejected', reason: { message: 'Песочница закрывается.' } },
  ]);
  await billing.settled();
  expect(await readdir(join(folder, 'registries', 'in'))).toEqual(['charges-2026-11.csv']);
});

test('another site cannot let anything happen', async () => {
  const { sandbox } = await openTown();
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
    body: '{"type":"start-anew"}',
  };
  expect((await fetch(`${sandbox.url}/sandbox/api/town`, init)).status).toBe(403);
  const unread = await fetch(`${sandbox.url}/sandbox/api/town`, { method: 'POST', body: '{"type":"start-anew"}' });
  expect(unread.status).toBe(415);
});
