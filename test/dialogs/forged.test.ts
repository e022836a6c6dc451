import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { CHAPTERS } from '../../src/domain/doors.ts';
import type { Caller } from '../../src/office/caller.ts';
import { updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';
import { registered, SHORT_CONSENT } from './cabinet.ts';
import * as make from '../kit/make.ts';

const PEOPLE = {
  ivan: { id: 701, login: 'ivan', phone: '89161112233', password: 'tramvai-9' },
  petr: { id: 702, login: 'petr', phone: '89995550011', password: 'k7w_pq29' },
};
const GUEST = 703;

test('buttons that a stranger made up, with the ids of another, tell and change nothing and break nothing', async () => {
  const world = await openWorld(SHORT_CONSENT);
  for (const person of Object.values(PEOPLE)) await registered(world, person);
  const { office, db } = world;
  const ivan = (operation: string): Caller => ({ messengerId: 'telegram:701', idempotencyKey: operation });

  // What is Ivan's: a session, a link, a ticket, a proof.
  await make.account(db, { number: '0054321', address: 'ул. Чехова, д. 7, кв. 9' });
  const { id: residentId } = await db.selectFrom('residents').select('id').where('login', '=', 'ivan').executeTakeFirstOrThrow();
  await make.link(db, { residentId, account: '0054321', way: 'password', linkedAt: world.clock() });
  await make.charge(db, { account: '0054321', dueKopecks: 777_77 });
  await sql`update sessions set opened_at = ${world.clock()}, seen_at = ${world.clock()}`.execute(db);
  const [session] = await office.sessions.list(ivan('list'));
  const listed = await office.links.list(ivan('links'));
  const link = listed.outcome === 'listed' ? listed.accounts[0]?.link : undefined;
  const asked = await office.settings.askPassword(ivan('ask'), PEOPLE.ivan.password);
  const ticket = asked.outcome === 'right' ? asked.ticket : undefined;
  const phone = '+79161112233' as Parameters<typeof office.confirmations.send>[2];
  const sent = await office.confirmations.send(ivan('send'), 'recovery', phone);
  await world.settled();
  const code = sent.outcome === 'sent' ? sent.code : '';
  const checked = await office.confirmations.check(ivan('check'), code, world.sms.at(-1)?.code ?? '');
  const proof = checked.outcome === 'confirmed' ? checked.proof : undefined;
  const words = { source: 'telegram:701/1' as const, kind: 'words' as const, words: 'Иванов спрашивает', album: null };
  const messagePart = { ...words, repliesTo: null, file: null, fileName: null };
  const request = await office.requests.open(ivan('request'), { topic: 'other', link: null, messageParts: [messagePart] });
  const number = request.outcome === 'opened' ? String(request.number) : undefined;
  const refs = [number, session?.id, link, `${link}-202610`, ticket, proof, code];
  expect(refs.every((ref) => ref !== undefined && ref !== '')).toBe(true);

  const doors = CHAPTERS.flatMap((dialog) => [...refs, '', 'x', "'; drop table links"].map((ref) => `d.${dialog}.${ref}`));
  const switches = ['charges-off', 'everything-off', 'charges-maybe', '-off', "'; drop table muted_news-off"].map(
    (ref) => `t.news.${ref}`,
  );
  const wild = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'no-such'].map((dialog) => `d.${dialog}.x`);
  const said: string[] = [];
  let pressed = '';
  world.telegram.interfereWith(({ method, payload }) => {
    if (/^(send|edit)/.test(method)) said.push(`${pressed}: ${JSON.stringify(payload)}`);
    return undefined;
  });
  let update = 5000;
  for (const id of [PEOPLE.petr.id, GUEST]) {
    for (const data of [...doors, ...switches, ...wild, 'd', 'd.', '..', 'q.1.2.3', 'a'.repeat(64)]) {
      const person = { name: 'Пётр', id, phone: '79990000000' };
      update += 1;
      pressed = data;
      await world.take(updateOf(person, { does: 'press', data, messageId: 1 }, { update, message: update }, 0));
    }
  }
  expect(world.failures).toEqual([]);
  expect(world.broken).toEqual([]);
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter((each) => /ivan|Иванов|Чехова|0054321|777,77|9161112|8916•/i.test(each))).toEqual([]);
  expect(await office.sessions.list(ivan('after'))).toHaveLength(1);
  expect(await office.links.list(ivan('links-after'))).toMatchObject({ accounts: [{ account: '0054321' }] });
  expect(JSON.stringify(await office.news.list(ivan('news')))).toMatch(/^(?!.*"on":false).*"on":true/);
  expect(await office.requests.show(ivan('shown'), Number(number))).toMatchObject({
    request: { state: 'new', rating: null },
    said: [{ words: 'Иванов спрашивает' }],
  });
  // What was Ivan's is still good for Ivan.
  expect(await office.recovery.find(ivan('find'), proof ?? '')).toMatchObject({ outcome: 'found', login: 'ivan' });
  await world.close();
}, 300_000);
