import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Caller } from '../../../src/office/caller.ts';
import { play } from '../../kit/chat/play.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { settleMeteredTown } from '../readings/metered-town.ts';
import { press } from '../press.ts';

/** Every chapter of the cabinet that a button opens with a reference. */
const CHAPTERS = [
  'accounts',
  'debt',
  'why',
  'bill',
  'bill-qr',
  'bill-periods',
  'history',
  'chart',
  'details',
  'sheet',
  'pay',
  'readings',
  'late-reading',
  'my-readings',
  'reading-photo',
  'linking',
  'not-me',
];
/** What only who has the account may see: its number, address and owner, its meters, its money. */
const PRIVATE = /0012345|Портовая|Иванов|59907451|54623752|0164257718|612,952|4270|2 345,67|410,00|2 725,67|1 234,56|234,56/;

/** Ivan (701) has `0012345`, has handed a reading in, and a stranger (704) and a guest (709) know everything that his buttons carried. */
async function openStage() {
  const world = await openWorld();
  onTestFinished(world.close);
  await settleMeteredTown(world);
  const ivan: Caller = { messengerId: 'telegram:701', idempotencyKey: 'before' };
  const listed = await world.office.links.list(ivan);
  const link = listed.outcome === 'listed' ? (listed.accounts[0]?.link ?? '') : '';
  const reading = { number: '59907451', scale: '', value: 620_000, digits: 3, whole: true, sure: false };
  expect(await world.office.readings.take(ivan, { link }, [reading])).toMatchObject({ outcome: 'taken' });
  const guest = await world.office.guestAccounts.look(
    { messengerId: 'telegram:708', idempotencyKey: 'look' },
    '0012345' as never,
  );
  const guestAccount = guest.outcome === 'found' ? guest.guestAccount : '';
  expect(link).not.toBe('');
  expect(guestAccount).not.toBe('');
  const refs = ['', link, `${link}-202610`, `guest-${guestAccount}`];
  const doors = CHAPTERS.flatMap((chapter) => refs.map((ref) => `d.${chapter}.${ref}`));
  const turning = ['history', 'why', 'my-readings'].map((chapter) => `t.${chapter}.${link}-202610`);
  const buttons = [...doors, ...turning, `d.sheet.${link}-202609-202610`, `t.my-readings.guest-${guestAccount}-202611`];
  return { world, link, buttons };
}

async function pressAll(world: World, person: number, buttons: readonly string[]): Promise<string> {
  const said: string[] = [];
  for (const data of buttons) said.push(`${data}: ${await press(world, person, data)}`);
  expect(world.broken).toEqual([]);
  expect(world.failures).toEqual([]);
  // Papers are data here: what was drawn would have been seen.
  return said.join('\n');
}

/** The number that stands as an example in a question is everybody's. */
const leaks = (said: string) =>
  said
    .replaceAll('например: <code>0012345</code>', '')
    .split('\n')
    .filter((line) => PRIVATE.test(line.replaceAll(/[\u00a0\u202f]/g, ' ')));

test('with every reference that another’s buttons carried: a stranger and a guest see nothing of the account', async () => {
  const { world, buttons } = await openStage();
  for (const person of [704, 709]) {
    const said = await pressAll(world, person, buttons);
    expect(leaks(said)).toEqual([]);
    expect(said).not.toMatch(/sendDocument|sendPhoto|sendInvoice/);
  }
}, 300_000);

test.each([
  [
    'the account was unlinked',
    (world: World, link: string) => world.office.links.unlink({ messengerId: 'telegram:701', idempotencyKey: 'unlink' }, link),
  ],
  ['he signed out', (world: World) => sql`update sessions set ended_at = ${world.clock()}`.execute(world.db)],
  ['his phone was taken', (world: World) => sql`update residents set phone = null where login = 'resident701'`.execute(world.db)],
])(
  'old buttons after %s show nothing',
  async (_, happens) => {
    const { world, link, buttons } = await openStage();
    expect(leaks(await pressAll(world, 701, buttons)).length).toBeGreaterThan(20);
    await happens(world, link);
    const said = await pressAll(world, 701, buttons);
    expect(leaks(said)).toEqual([]);
    expect(said).not.toMatch(/sendDocument|sendPhoto|sendInvoice/);
  },
  300_000,
);

test.each([
  ['ended_at', 'Вы больше не в кабинете, поэтому начатое отменено'],
  ['phone', 'Сначала подтвердите, пожалуйста, свой новый номер'],
])(
  'a cabinet that is closed in the middle of a chapter (%s) shows nothing of what the chapter remembers',
  async (what, answer) => {
    const { world } = await openStage();
    await play(world, ['/readings', '305'].map((line) => `Иван: ${line}`).join('\n'));
    if (what === 'phone') await sql`update residents set phone = null`.execute(world.db);
    else await sql`update sessions set ended_at = ${world.clock()}`.execute(world.db);
    const said = await play(world, 'Иван: 9310', { updatesFrom: 500 });
    expect(said).toContain(answer);
    expect(leaks(said)).toEqual([]);
  },
);

test('who looks at the debt once in a while stays signed in', async () => {
  const { world } = await openStage();
  for (const update of [3000, 3100, 3200]) {
    world.pass(40 * 24 * 60 * 60 * 1000);
    expect(await play(world, 'Иван: /debt', { updatesFrom: update })).toContain('2 725,67');
  }
});
