import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { AccountNumber } from '../../../src/domain/account-number.ts';
import { play } from '../../kit/chat/play.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { SHORT_CONSENT, withIvan } from '../cabinet.ts';
import { linkFor, settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** What is left of somebody who has done everything that can be done here, once the consent is withdrawn. */

async function rowsAbout(world: World, words: RegExp): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
    world.db,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(world.db);
    const about = rows.map(({ row }) => row).filter((row) => words.test(row));
    if (about.length > 0) found[name] = about;
  }
  return found;
}

/** What may be left, by table, and the words by which the text of the withdrawal names it. */
const NAMED: Readonly<Record<string, string>> = {
  consents: 'сведения о том, когда согласие дано и отозвано, с номером Telegram-аккаунта',
  accounts: 'лицевые счета',
  confirmation_codes: 'в счётчиках отправленных SMS',
  rate_limit_hits: 'обращений и чужих лицевых счетов',
  idempotency_keys: 'какие сообщения уже обработаны',
  chat_turns: 'какие сообщения уже обработаны',
  chat_updates: 'какие сообщения уже обработаны',
  outbox: 'уведомление об отзыве в других ваших Telegram-аккаунтах',
  silenced: 'запрет писать сотрудникам',
};

const DAY = 86_400_000;

async function live(world: World): Promise<string> {
  await settleTown(world);
  await sql`delete from residents where login = 'resident701'`.execute(world.db);
  await withIvan(world);
  // The same login in another Telegram account.
  const { id } = await world.db.selectFrom('residents').select('id').where('login', '=', 'ivan').executeTakeFirstOrThrow();
  const opened = { residentId: id, messengerId: 'telegram:799', openedAt: world.clock(), seenAt: world.clock() };
  await make.session(world.db, { ...opened });
  await make.confirmedMessenger(world.db, { residentId: id, messengerId: 'telegram:799', confirmedAt: world.clock() });
  await linkFor(world, 702, '0012345');
  // And once in two more, in which somebody signed it out: one is nobody's since, the other another resident's.
  for (const messenger of ['telegram:798', 'telegram:702'])
    await make.session(world.db, { ...opened, messengerId: messenger, endedAt: world.clock() });
  const told = (messenger: string) => ({ messengerId: messenger, words: 'На счёте 0012345 долг 12,00 ₽', at: world.clock() });
  await world.db
    .insertInto('lastTold')
    .values([told('telegram:798'), told('telegram:702')])
    .onConflict((c) => c.column('messengerId').doUpdateSet({ words: 'На счёте 0012345 долг 12,00 ₽' }))
    .execute();
  for (const messenger of ['telegram:798', 'telegram:702'])
    await sql`
      insert into outbox (kind, line, addressee, text, words, doors, key, resident_id, created_at, run_at, done_at)
      values ('notice', ${`notices/${messenger}`}, ${messenger}, 'notice-session-ended', '{}', '[]', ${`ended/${messenger}`}, ${messenger === 'telegram:798' ? id : null}, now(), now(), now())
    `.execute(world.db);
  await world.db.updateTable('links').set({ way: 'password' }).execute();

  let updates = 0;
  const script = async (lines: string) => {
    updates += 100;
    return play(world, lines, { updatesFrom: updates });
  };
  await script(`Иван: /link
Иван: [По сумме последних платежей]
Иван: 0012345
Иван: 1111,11
Иван: [По сумме последних платежей]
Иван: 1234,56
Иван: [Подключить]
Иван: /link
Иван: [По паролю из пункта приёма платежей]
Иван: 0022222
Иван: WRONGPASS1
Иван: /pay
Иван: /debt
Иван: /request
Иван: [Другое]
Иван: Слова Ивана Полубояринова
Иван: [Отправить]
Ольга в теме 1: Ответ Ольги
Иван: Ещё слова Ивана
Иван: /settings
Иван: [Сменить телефон]
Иван: tramvai-9
Иван: 89120000001
Иван: /cancel`);
  // Somebody does not know his link; as a guest he looks at accounts of others.
  const by = (person: number) => ({ messengerId: `telegram:${person}` as const, idempotencyKey: `by-${++updates}` });
  const { id: link } = await world.db.selectFrom('links').select('id').where('residentId', '=', id).executeTakeFirstOrThrow();
  expect((await world.office.links.reportNotMe(by(702), link)).outcome).toBe('reported');
  await world.office.guestAccounts.look(by(701), AccountNumber.parse('0044444'));
  // Access to his account was given to a relative and taken back, and he has another's by a link of that kind.
  const { relatives } = world.office;
  const hand = async (giver: number, given: string, relative: number) => {
    const offered = await relatives.offer(by(giver), given);
    const opened = await relatives.open(by(relative), offered.outcome === 'offered' ? offered.token : '');
    expect((await relatives.take(by(relative), opened.outcome === 'found' ? opened.offer : '')).outcome).toBe('linked');
  };
  await hand(701, link, 704);
  const listed = await relatives.list(by(701), link);
  const relative = listed.outcome === 'listed' ? listed.given[0] : undefined;
  expect((await relatives.end(by(701), relative?.link ?? '')).outcome).toBe('ended');
  await linkFor(world, 703, '0033333');
  const { id: theirs } = await world.db
    .selectFrom('links')
    .select('id')
    .where('account', '=', '0033333')
    .executeTakeFirstOrThrow();
  await hand(703, theirs, 701);
  // A correction of his was not taken, and that was said.
  const refused = (messenger: number) => ({ kind: 'edit-refused' as const, subject: `telegram:${messenger}`, at: world.clock() });
  await world.db
    .insertInto('rateLimitHits')
    .values([refused(701), refused(799)])
    .execute();
  await world.db.insertInto('unreachable').values({ messengerId: 'telegram:799', since: world.clock() }).execute();
  await script(`Иван: /logout
Иван: [Выйти]
Иван: /login
Иван: ivan
Иван: wrong-one
Иван: ivan
Иван: tramvai-9`);
  await world.runOutbox();
  return script(`Иван: /settings
Иван: [Отозвать согласие]
Иван: tramvai-9
Иван: [Отозвать и удалить мои данные]`);
}

const HIS = /telegram:701|telegram:79[89]|^\(701,|9123456789|9120000001|\bivan\b|iv•••|i•••|Иван|лова Ивана|Полубояринов/;

test('nothing is left that the text does not name, and the text names nothing that is not', async () => {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  const said = (await live(world)).replace(/\s+/g, ' ');
  expect(said).toContain('Согласие отозвано');
  await world.runOutbox();

  const left = await rowsAbout(world, HIS);
  expect(Object.keys(left).filter((table) => !(table in NAMED))).toEqual([]);
  for (const named of Object.values(NAMED)) expect(said).toContain(named);
  // Of each no more than is named.
  expect(left.idempotency_keys?.every((row) => row.includes('/consents.withdraw'))).toBe(true);
  expect(left.outbox?.every((row) => row.includes('notice-consent-withdrawn') && row.includes('telegram:799'))).toBe(true);
  expect(left.rate_limit_hits?.every((row) => /,(request|request-message|guest-lookup),telegram:701,/.test(row))).toBe(true);
  // In a Telegram account that another resident has by now nothing of hers is touched.
  expect(Object.keys(await rowsAbout(world, /telegram:702/))).toEqual(expect.arrayContaining(['last_told', 'outbox']));
  expect(left.accounts?.some((row) => /telegram|912/.test(row))).toBe(false);
  const everything = Object.values(await rowsAbout(world, /./)).flat();
  expect(everything.filter((row) => /лова Ивана|\bivan\b|i•••/.test(row))).toEqual([]);

  // In their time they go, too.
  world.pass(31 * DAY);
  await world.office.retention.deleteExpired();
  await sql`delete from chat_updates`.execute(world.db);
  await sql`delete from chat_turns`.execute(world.db);
  expect(Object.keys(await rowsAbout(world, HIS)).toSorted()).toEqual(['accounts', 'consents']);
});

test('the limit of accounts that a guest looks up outlives a withdrawal, without their numbers', async () => {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  await live(world);
  let steps = 0;
  const look = (number: string) =>
    world.office.guestAccounts.look(
      { messengerId: 'telegram:701', idempotencyKey: `look-${++steps}` },
      AccountNumber.parse(number),
    );
  for (let i = 0; i < 9; i += 1) expect((await look(String(90_000 + i))).outcome).toBe('unknown');
  expect((await look('91000')).outcome).toBe('limit');
  world.pass(DAY + 60_000);
  expect((await look('91000')).outcome).toBe('unknown');
});
