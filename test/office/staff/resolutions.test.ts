import { expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { createResolutions, resolutionsOf } from '../../../src/office/staff/resolutions.ts';
import { createStates } from '../../../src/office/staff/states.ts';
import { type Escalation, escalate } from '../../../src/office/escalations.ts';
import { MINUTE, openCabinet } from '../cabinet.ts';
import { AT_LARGE, openMembers } from './members.ts';
import * as make from '../../kit/make.ts';

const PHONE = Phone.parse('89123456789');

/** An office whose bot tells staff of escalations, each a request: № 1, 2, … */
async function openResolutions() {
  const at = await openCabinet();
  const staff = openMembers();
  const edges = { ...at.edges, staff: staff.edge };
  const resolutions = createResolutions(edges);
  return {
    ...at,
    ...staff,
    edges,
    states: createStates(edges),
    resolutions,
    tell: (escalation: Escalation) => at.db.transaction().execute((trx) => escalate(trx, escalation, at.now())),
    press: (number: number, resolution: string, who = staff.olga()) =>
      resolutions.press(who, { number, threadRef: AT_LARGE }, resolution),
    state: async (number: number) =>
      (await at.db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow()).state,
    said: async () =>
      (await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').orderBy('id').execute()).map(({ text }) => text),
    journal: () => at.db.selectFrom('auditLog').select(['who', 'what', 'account', 'requestNumber', 'details']).execute(),
    async codes(person: number, phone = PHONE) {
      return at.office.confirmations.send(at.by(person), 'registration', phone);
    },
  };
}

const failed = { outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'down', detail: 'HTTP 503' }] } as const;
const late: Escalation = { kind: 'payment-late', operation: 'ch_1', account: '0012345', sum: 100_00, days: 5 };

test('«Разобрано» closes an escalation, journaled; a second press says so, a repeated one hears the first answer', async () => {
  const at = await openResolutions();
  await at.tell(late);
  const press = at.olga('same');
  expect(await at.press(1, 'settle', press)).toEqual({ outcome: 'done' });
  expect(await at.press(1, 'settle', press)).toEqual({ outcome: 'done' });
  expect(await at.press(1, 'settle')).toEqual({ outcome: 'closed' });
  expect(await at.state(1)).toBe('closed');
  expect(await at.said()).toEqual(['desk-resolution-settled']);
  expect(await at.journal()).toEqual([
    {
      who: 'telegram:801',
      what: 'resolutions.settle',
      account: '0012345',
      requestNumber: 1,
      details: { kind: 'payment-late' },
    },
  ]);
});

test('twenty at once close it once', async () => {
  const at = await openResolutions();
  await at.tell(late);
  const answers = await Promise.all(Array.from({ length: 20 }, () => at.press(1, 'settle')));
  expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  expect(answers.filter(({ outcome }) => outcome === 'closed')).toHaveLength(19);
  expect(await at.journal()).toHaveLength(1);
});

test('who is no member (any more) does nothing; a forged button neither', async () => {
  const at = await openResolutions();
  await at.tell(late);
  expect(await at.press(1, 'settle', at.stranger())).toEqual({ outcome: 'not-staff' });
  at.members.delete('telegram:801');
  expect(await at.press(1, 'settle')).toEqual({ outcome: 'not-staff' });
  const forged = [
    [1, 'reopen-linking'],
    [1, 'retry'],
    [1, 'credit'],
    [1, 'toString'],
    [1, ''],
    [2, 'settle'],
    [0, 'settle'],
    [Number.MAX_SAFE_INTEGER, 'settle'],
    [1e15, 'settle'],
  ] as const;
  for (const [number, resolution] of forged)
    expect(await at.press(number, resolution, at.maria())).toEqual({ outcome: 'unknown' });
  // A button of this request, pressed in the thread of another one.
  const threadRef = { thread: 'telegram:-1001/99', repliesTo: null } as const;
  expect(await at.resolutions.press(at.maria(), { number: 1, threadRef }, 'settle')).toEqual({ outcome: 'unknown' });
  expect(await at.state(1)).toBe('new');
  expect(await at.journal()).toEqual([]);
});

test('a resident’s request has no resolutions, and a press on it does nothing', async () => {
  const at = await openResolutions();
  const words = { album: null, repliesTo: null, kind: 'words', words: 'Где?', file: null, fileName: null } as const;
  const messageParts = [{ ...words, source: 'telegram:1/1' }] as const;
  const opened = await at.office.requests.open(at.by(1), { topic: 'charges', link: null, messageParts });
  const number = opened.outcome === 'opened' ? opened.number : 0;
  expect(number).toBeGreaterThan(0);
  expect(resolutionsOf({ kind: 'request', state: 'new' })).toEqual([]);
  for (const resolution of ['settle', 'retry', 'credit'])
    expect(await at.press(number, resolution, at.maria())).toEqual({ outcome: 'unknown' });
});

test('every escalation can be ended by what stands on its card, and nothing stands there once it is', () => {
  for (const kind of ['limit-by-account', 'not-me', 'sms-provider', 'payment-not-credited', 'update-failed'] as const) {
    const offered = resolutionsOf({ kind, state: 'new' }).map(({ resolution }) => resolution);
    expect(offered.some((resolution) => ['settle', 'keep-link', 'refuse'].includes(resolution))).toBe(true);
    expect(resolutionsOf({ kind, state: 'closed' })).toEqual([]);
    const left = resolutionsOf({ kind, state: 'closed' }, { moneyAside: true }).map(({ resolution }) => resolution);
    expect(left).toEqual(offered.filter((resolution) => resolution === 'retry'));
    for (const resolution of offered) expect(`s.resolution.999999999-${resolution}`.length).toBeLessThanOrEqual(64);
  }
});

test('the buttons of money only explain, and only to a senior', async () => {
  const at = await openResolutions();
  await at.tell({
    kind: 'payment-not-credited',
    operation: 'ch_2',
    sum: 100_05,
    reason: 'paid-twice',
    accounts: '0012345',
    known: 'yes',
  });
  expect(await at.press(1, 'credit')).toEqual({ outcome: 'not-senior' });
  for (const resolution of ['credit', 'refunded', 'refuse'])
    expect(await at.press(1, resolution, at.maria())).toEqual({ outcome: 'explained' });
  expect(await at.said()).toEqual(['desk-resolution-credit-how', 'desk-resolution-refunded-how', 'desk-resolution-refuse-how']);
  expect(await at.journal()).toEqual([]);
  expect(await at.state(1)).toBe('new');
});

test('the way by sum is opened again for the account of the escalation, and for no other', async () => {
  const at = await openResolutions();
  await make.account(at.db, { number: '0012345', ownerName: 'И.', address: 'ул. Портовая, 5' });
  await at.tell({ kind: 'limit-by-account', key: '0012345', account: '0012345', failures: 5, days: 30 });
  await at.tell({ kind: 'limit-by-account', key: '99999', account: '99999', failures: 5, days: 30 });
  expect(await at.press(1, 'reopen-linking')).toEqual({ outcome: 'done' });
  expect(await at.press(2, 'reopen-linking')).toEqual({ outcome: 'nothing' });
  const opened = await at.db.selectFrom('sumReopenings').select(['account', 'openedBy']).execute();
  expect(opened).toEqual([{ account: '0012345', openedBy: 'telegram:801' }]);
  expect(await at.state(2)).toBe('new');
});

test('codes that nobody delivered go out by another way, counted by the same caps; no code is in what was stored or said', async () => {
  const at = await openResolutions();
  const avoided: (string | undefined)[] = [];
  const sendCode = at.edges.sendCode;
  at.edges.sendCode = (message) => {
    avoided.push(message.avoid);
    return sendCode(message);
  };
  at.provider.answer = failed;
  await at.codes(1);
  await at.codes(2, Phone.parse('89123450000'));
  at.provider.answer = { outcome: 'sent', provider: 'smsru' };
  await at.codes(3, Phone.parse('89123460000'));
  at.provider.answer = { outcome: 'sent', provider: 'smsc' };

  // The pause between two SMS holds for staff, too.
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'done' });
  await at.settled();
  expect(at.sms).toHaveLength(3);
  at.later(MINUTE);
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'done' });
  await at.settled();
  expect(
    at.sms
      .slice(3)
      .map(({ phone }) => phone)
      .toSorted(),
  ).toEqual(['+79123450000', PHONE]);
  // Those of the first press were refused before any provider was asked.
  expect(avoided).toEqual(['smsru', 'smsru']);
  // Who has had it is not sent another one.
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'nothing' });
  for (const person of [1, 2] as const)
    expect(await at.notices(`telegram:${person}`)).toMatchObject([{ text: 'notice-code-resent' }]);
  expect(await at.notices('telegram:3')).toEqual([]);

  const said = await at.db.selectFrom('outbox').select('words').where('kind', '=', 'say').orderBy('id').execute();
  expect(said.map(({ words }) => words)).toEqual([
    { name: 'Ольга', count: 2 },
    { sent: 0, refused: 2 },
    { name: 'Ольга', count: 2 },
    { sent: 2, refused: 0 },
  ]);
  const stored = JSON.stringify([said, await at.journal(), await at.db.selectFrom('idempotencyKeys').selectAll().execute()]);
  for (const { code, phone } of at.sms) {
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(phone.slice(2));
  }
});

test('the resident’s own dialog takes the new code where it waits for the one that failed', async () => {
  const at = await openResolutions();
  at.provider.answer = failed;
  const asked = await at.codes(1);
  const code = asked.outcome === 'failed' ? (asked.code ?? '') : '';
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toEqual({ outcome: 'expired' });
  at.provider.answer = { outcome: 'sent', provider: 'smsc' };
  at.later(MINUTE);
  await at.press(1, 'resend-codes');
  await at.settled();
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toMatchObject({ outcome: 'confirmed' });
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'nothing' });
});

test('a code for a recovery is sent again in silence: a word of it would tell that a login has the phone', async () => {
  const at = await openResolutions();
  await at.register(1, 'ivan', PHONE, 'tramvai-9');
  at.provider.answer = failed;
  at.later(60 * MINUTE);
  await at.office.confirmations.send(at.by(2), 'recovery', PHONE);
  await at.settled();
  at.provider.answer = { outcome: 'sent', provider: 'smsc' };
  at.later(MINUTE);
  const before = at.sms.length;
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'done' });
  await at.settled();
  expect(at.sms).toHaveLength(before + 1);
  expect(await at.notices('telegram:2')).toEqual([]);
});

test('codes older than they live are not sent again', async () => {
  const at = await openResolutions();
  at.provider.answer = failed;
  await at.codes(1);
  at.later(10 * MINUTE);
  expect(await at.press(1, 'resend-codes')).toEqual({ outcome: 'nothing' });
});

test('what was closed by mistake is opened again with its resolutions', async () => {
  const at = await openResolutions();
  await at.tell(late);
  await at.press(1, 'settle');
  await at.states.reopen(at.olga(), { number: 1, threadRef: AT_LARGE });
  expect(await at.press(1, 'settle')).toEqual({ outcome: 'done' });
});
