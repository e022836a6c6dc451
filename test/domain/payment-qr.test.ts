import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { type BankPaymentOrder, type PaymentQr, whyNotInQr, writePaymentQr } from '../../src/domain/payment-qr.ts';
import { makePeriod } from '../../src/domain/period.ts';
import { PAYEE } from '../papers/documents.ts';
import { readOrder } from '../papers/read-qr.ts';

const ORDER: BankPaymentOrder = { payee: PAYEE, accountNumber: '0012345678', period: '2026-10', sumKopecks: 140_221 };
const read = (qr: PaymentQr) => readOrder(iconv.encode(qr.text, qr.encoding));

test('the text is what the standard says, field by field', () => {
  expect(writePaymentQr(ORDER)).toEqual({
    text: 'ST00012|Name=АО ВЦ «Инкомус»|PersonalAcc=40702810900000012345|BankName=Приморский банк ПАО «Миус-Кредит»|BIC=046015999|CorrespAcc=30101810600000000999|PayeeINN=6154000016|Sum=140221|PersAcc=0012345678|PaymPeriod=102026|TechCode=02',
    encoding: 'utf-8',
  });
});

test('without a sum there is no Sum at all', () => {
  const { keys } = read(writePaymentQr({ ...ORDER, sumKopecks: null }));
  expect(keys).toEqual(['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc', 'PayeeINN', 'PersAcc', 'PaymPeriod', 'TechCode']);
});

test('a name with | and = is read back whole', () => {
  const payee = { ...PAYEE, name: 'ООО «А|Б» = ~вместе~', bank: 'Банк^1' };
  const qr = writePaymentQr({ ...ORDER, payee });
  expect(qr.text.startsWith('ST00012#Name=')).toBe(true);
  expect(read(qr).fields).toMatchObject({ Name: payee.name, BankName: payee.bank });
});

test('the longest names that the standard allows are written in windows-1251, which has room for them', () => {
  const payee = { ...PAYEE, name: 'Ъ'.repeat(160), bank: 'Ы'.repeat(45) };
  const qr = writePaymentQr({ ...ORDER, payee });
  expect(qr.encoding).toBe('windows-1251');
  expect(read(qr)).toMatchObject({ head: 'ST00011', fields: { Name: payee.name, BankName: payee.bank, Sum: '140221' } });
});

test('so is any sign that windows-1251 has, the no-break space of a word processor and the degree among them', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => byte >= 0x20 && byte !== 0x7f && byte !== 0x98,
  );
  const all = Array.from(iconv.decode(Buffer.from(bytes), 'win1251')).filter((sign) => !'|~^#\\_'.includes(sign));
  expect(all).toHaveLength(216);
  expect(all).toEqual(expect.arrayContaining(['\u00a0', '°', '§', '±', 'Ћ']));
  for (const sign of all) {
    const payee = { ...PAYEE, name: `${'Ъ'.repeat(80)}${sign}${'Ъ'.repeat(79)}`, bank: 'Ы'.repeat(45) };
    const qr = writePaymentQr({ ...ORDER, payee });
    expect([qr.encoding, read(qr).fields['Name']]).toEqual(['windows-1251', payee.name]);
  }
});

test('whether a payee goes into a QR code is known without an order, and which name is in its way', () => {
  expect(whyNotInQr(PAYEE)).toBeUndefined();
  const long = 'Ъ'.repeat(100);
  const [name, bank] = [`${long}−`, `${'Ы'.repeat(44)}é`];
  expect(whyNotInQr({ ...PAYEE, name })).toEqual({ fault: 'too long in UTF-8', of: 'name' });
  expect(whyNotInQr({ ...PAYEE, name: long, bank })).toEqual({ fault: 'too long in UTF-8', of: 'bank' });
  expect(whyNotInQr({ ...PAYEE, name: 'А|~^', bank: 'Б#\\_' })).toEqual({ fault: 'separators', of: 'name' });
  const letters = fc.constantFrom(...'абвЪz09 «»\u00a0°−é☂|~^#\\_'.split(''));
  const words = (most: number) => fc.string({ unit: letters, minLength: 1, maxLength: most }).map((text) => `А${text.slice(1)}`);
  fc.assert(
    fc.property(words(160), words(45), (its, ofBank) => {
      const payee = { ...PAYEE, name: its, bank: ofBank };
      const write = () => writePaymentQr({ ...ORDER, payee });
      if (whyNotInQr(payee)) expect(write).toThrow(/^Name, BankName: /);
      else expect(read(write()).fields).toMatchObject({ Name: its, BankName: ofBank });
    }),
    { numRuns: 300 },
  );
});

describe('what the standard does not allow is refused by the name of the field, without its value', () => {
  const refused: [string, Partial<BankPaymentOrder>][] = [
    ['Name', { payee: { ...PAYEE, name: 'Ъ'.repeat(161) } }],
    ['Name', { payee: { ...PAYEE, name: ' ' } }],
    ['Name', { payee: { ...PAYEE, name: 'АО\nИнкомус' } }],
    ['BankName', { payee: { ...PAYEE, bank: 'Ы'.repeat(46) } }],
    ['PersonalAcc', { payee: { ...PAYEE, account: '4070281090000001234' } }],
    ['BIC', { payee: { ...PAYEE, bic: '04601599' } }],
    ['CorrespAcc', { payee: { ...PAYEE, corrAccount: '' } }],
    ['PayeeINN', { payee: { ...PAYEE, inn: '61540000161' } }],
    ['PersAcc', { accountNumber: '12 34567' }],
    ['Sum', { sumKopecks: 0 }],
    ['Sum', { sumKopecks: -5 }],
    ['Sum', { sumKopecks: 10.5 }],
    ['Name, BankName', { payee: { ...PAYEE, name: '|~^#\\_' } }],
    ['Name, BankName', { payee: { ...PAYEE, name: 'Ъ'.repeat(150) + '☂' } }],
  ];
  test.each(refused)('%s %#', (field, change) => {
    expect(() => writePaymentQr({ ...ORDER, ...change })).toThrow(new RegExp(`^${field}: `));
  });
});

test('whatever the names, a reader gets back what was written, in the order of the standard and within its limits', () => {
  const letters = fc.constantFrom(...'абвгдЁЖшщЯABz09 «»"№-.,&<>=|~^#\\_'.split(''));
  const name = (most: number) => fc.string({ unit: letters, minLength: 1, maxLength: most }).filter((text) => text.trim() !== '');
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
  const orders = fc.record({
    payee: fc.record({
      name: name(160),
      bank: name(45),
      inn: fc.oneof(digits(10), digits(12)),
      account: digits(20),
      bic: digits(9),
      corrAccount: digits(20),
    }),
    accountNumber: fc.stringMatching(/^\d{5,20}$/),
    period: fc.tuple(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 })).map(([y, m]) => makePeriod(y, m)),
    sumKopecks: fc.option(fc.integer({ min: 1, max: 99_999_999_999 })),
  });
  fc.assert(
    fc.property(orders, (order) => {
      const { payee, accountNumber, period, sumKopecks } = order;
      fc.pre(!['|', '~', '^', '#', '\\', '_'].every((mark) => (payee.name + payee.bank).includes(mark)));
      const qr = writePaymentQr(order);
      const { keys, fields } = read(qr);
      expect(keys.slice(0, 5)).toEqual(['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc']);
      expect(keys).not.toContain('AddAmount');
      expect(fields).toEqual({
        Name: payee.name,
        PersonalAcc: payee.account,
        BankName: payee.bank,
        BIC: payee.bic,
        CorrespAcc: payee.corrAccount,
        PayeeINN: payee.inn,
        ...(sumKopecks !== null && { Sum: String(sumKopecks) }),
        PersAcc: accountNumber,
        PaymPeriod: `${period.slice(5)}${period.slice(0, 4)}`,
        TechCode: '02',
      });
      const [mandatory = ''] = qr.text.slice(8).split(`${qr.text[7]}PayeeINN=`);
      expect(iconv.encode(mandatory, qr.encoding).length).toBeLessThanOrEqual(300);
    }),
    { numRuns: 200 },
  );
});
