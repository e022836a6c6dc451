import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Config, EXAMPLE_CENTRE, readConfig } from '../../src/config/config.ts';
import { nodeWarning, warningsOf } from '../../src/config/warnings.ts';
import type { DatedRow } from '../../src/domain/dated.ts';
import type { Payee } from '../../src/domain/payment-qr.ts';
import type { Centre } from '../../src/office/centre.ts';
import { readCentre } from '../../src/office/centre/read-centre.ts';
import { TOWN_PAYEE } from '../../src/sandbox/town/payee.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const example = readCentre(readFileSync(EXAMPLE_CENTRE, 'utf8'));
const BOT = { BOT_TOKEN: '1:token', SECRET_KEY: 'ab'.repeat(32), STAFF_SENIOR_IDS: '7', CENTRE_FILE: '/srv/centre.json' };
const config = (env: Record<string, string>): Config => readConfig(env, '/nowhere');
/** A centre of one's own, its holidays and the rule of the penalty known for long. */
const own: Centre = {
  ...example,
  phones: [{ number: '+7 (8634) 31-00-01', about: 'справочная' }],
  paymentPoints: [{ ...example.paymentPoints[0]!, address: 'г. Таганрог, ул. Петровская, 1', phone: undefined }],
  holidays: [{ from: '2026-01-01', until: '2027-12-31', days: ['2026-12-31', '2027-01-01', '2027-05-01'] }],
  penalty: example.penalty.map((row) => ({ ...row, until: '2027-12-31' })),
};

function ending<Row extends DatedRow>(rows: readonly Row[], until: string): Row[] {
  return rows.map((row, i) => (i === rows.length - 1 ? { ...row, until, source: undefined } : row));
}

test('a bot that has all of it is warned of nothing', async () => {
  expect(await warningsOf(config(BOT), own, NOW)).toEqual([]);
});

test.each<[string, Record<string, string>, Partial<Centre>, RegExp]>([
  ['the example’s file', { CENTRE_FILE: '' }, {}, /^CENTRE_FILE: жители видят контакты из примера/],
  ['a copy of it with other points', {}, { phones: example.phones }, /^CENTRE_FILE: жители видят контакты из примера/],
  [
    'a copy of it with other phones',
    {},
    { paymentPoints: example.paymentPoints },
    /^CENTRE_FILE: жители видят контакты из примера/,
  ],
  ['nobody is a senior', { STAFF_SENIOR_IDS: '' }, {}, /^STAFF_SENIOR_IDS: не задан: некому делать объявления/],
  [
    'the holidays run out',
    {},
    { holidays: example.holidays },
    /^CENTRE_FILE: holidays: кончится 2026-12-31 \(ст. 112 .*впишите дни следующего года/,
  ],
  [
    'the holidays of this year gave way to those of the next one',
    {},
    { holidays: [{ from: '2027-01-01', until: '2027-12-31', days: ['2027-01-01'] }] },
    /^CENTRE_FILE: holidays: первые праздники — с 2027-01-01: .*впишите и те, что до него/,
  ],
  ['there are no holidays', {}, { holidays: [] }, /^CENTRE_FILE: holidays: праздников нет/],
  [
    'the rule of the penalty ends',
    {},
    { penalty: example.penalty },
    /^CENTRE_FILE: penalty: кончится 2026-12-31 \(.*№ 329\): .*не оценивает пени/,
  ],
  [
    'due days',
    {},
    { paymentDue: ending(example.paymentDue, '2026-12-01') },
    /^CENTRE_FILE: paymentDue: кончится 2026-12-01: .*допишите/,
  ],
  [
    'a table that has ended',
    {},
    { paymentDue: ending(example.paymentDue, '2026-11-19') },
    /^CENTRE_FILE: paymentDue: кончилось 2026-11-19/,
  ],
  [
    'documents',
    {},
    { paymentDocumentReady: ending(example.paymentDocumentReady, '2027-01-18') },
    /^CENTRE_FILE: paymentDocumentReady: кончится/,
  ],
  [
    'receipts',
    {},
    { cards: { ...example.cards, receipts: ending(example.cards.receipts, '2026-12-31') } },
    /^CENTRE_FILE: cards.receipts: кончится 2026-12-31: .*не предлагает оплату картой/,
  ],
  [
    'receipts of which the first is still to come',
    {},
    { cards: { ...example.cards, receipts: example.cards.receipts.map((row) => ({ ...row, from: '2027-01-01' })).slice(0, 1) } },
    /^CENTRE_FILE: cards.receipts: первая строка действует с 2027-01-01: .*не предлагает оплату картой/,
  ],
  [
    'a payment provider’s token that is none',
    { PAYMENT_PROVIDER_TOKEN: 'abc' },
    {},
    /^PAYMENT_PROVIDER_TOKEN: не похож на токен провайдера .*@BotFather/,
  ],
  [
    'the bot’s own in its place',
    { PAYMENT_PROVIDER_TOKEN: '4711:AAtoken' },
    {},
    /^PAYMENT_PROVIDER_TOKEN: не похож(?!.*AAtoken)/,
  ],
  [
    'a test token, with which nobody pays',
    { PAYMENT_PROVIDER_TOKEN: '381764678:TEST:12345' },
    {},
    /^PAYMENT_PROVIDER_TOKEN: тестовый: .*долг считается оплаченным(?!.*12345)/,
  ],
])('%s', async (_, env, change, warning) => {
  expect(await warningsOf(config({ ...BOT, ...env }), { ...own, ...change }, NOW)).toEqual([expect.stringMatching(warning)]);
});

test.each(['381764678:TEST:12345', '390540012:LIVE:b1a2-c3', '401643678:TEST:5d4ab7c6-1f'])(
  '%s is a payment provider’s token; of a live one nothing is said',
  async (token) => {
    const warned = await warningsOf(config({ ...BOT, PAYMENT_PROVIDER_TOKEN: token }), own, NOW);
    expect(warned.join()).toMatch(token.includes(':TEST:') ? /^PAYMENT_PROVIDER_TOKEN: тестовый/ : /^$/);
  },
);

test('a test token is what the sandbox, which moves no money, may have', async () => {
  expect(await warningsOf(config({ PAYMENT_PROVIDER_TOKEN: '381764678:TEST:12345' }), example, NOW)).toEqual([]);
});

test('requisites that cannot be right, without their values', async () => {
  const payee = (change: Partial<Payee> = {}) => {
    const { name, inn, account, bank, bic, corrAccount } = { ...TOWN_PAYEE, ...change };
    return {
      PAYEE_NAME: name,
      PAYEE_INN: inn,
      PAYEE_ACCOUNT: account,
      PAYEE_BANK: bank,
      PAYEE_BIC: bic,
      PAYEE_CORR_ACCOUNT: corrAccount,
    };
  };
  expect(await warningsOf(config({ ...BOT, ...payee() }), own, NOW)).toEqual([]);
  const inn = '6154999017';
  const warned = await warningsOf(config({ ...BOT, ...payee({ inn }) }), own, NOW);
  expect(warned).toEqual([
    expect.stringMatching(/^PAYEE_INN: контрольные цифры не сходятся: деньги, уплаченные по QR-коду, пропадут/),
  ]);
  expect(warned.join()).not.toContain(inn);
});

test('the sandbox’s centre is made up, as it should be; a name that is no setting is told apart from all that', async () => {
  expect(await warningsOf(config({}), example, NOW)).toEqual([]);
  expect(config({ BOT_TOKN: '1:token' }).warnings).toHaveLength(1);
  expect(config({ ...BOT, SMS_PROVIDR: 'a' }).warnings).toEqual([
    expect.stringMatching(/^SMS_PROVIDR: такой настройки нет, она не читается: может быть, SMS_PROVIDER\?$/),
  ]);
});

test.each([
  ['20.19.0', '2026-04-30', false],
  ['20.19.0', '2026-05-01', true],
  ['22.23.0', '2026-11-20', false],
  ['23.11.0', '2026-11-20', true],
  ['24.22.0', '2026-11-20', false],
  ['99.0.0', '2026-11-20', false],
])('Node %s on %s is out of security fixes: %s', (version, day, isOld) => {
  const warning = nodeWarning(version, new Date(`${day}T12:00:00Z`));
  expect(warning ?? '').toMatch(
    isOld ? new RegExp(`^Node: ${version} не получает исправлений безопасности с .*: поставьте 24$`) : /^$/,
  );
});
