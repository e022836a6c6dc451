import { expect, onTestFinished, test } from 'vitest';
import { sumPaidFrom } from '../../../src/records/payments.ts';
import { ACCOUNTS, openDesk } from './desk.ts';

const HEADER = 'ЛС;Дата;Сумма;Источник;Номер операции';
const PAID = '0010001;12.10.2026;1500,00;Касса;S-1';
const BACK = '0010001;14.10.2026;-1500,00;Касса;S-1';

async function open() {
  const desk = await openDesk();
  onTestFinished(desk.close);
  await desk.take(ACCOUNTS);
  return {
    ...desk,
    left: (account = '0010001') => sumPaidFrom(desk.db, account, '2026-01-01'),
    /** One file after another, each with these rows. */
    async files(...files: readonly (readonly string[])[]) {
      const counts: string[] = [];
      for (const rows of files) counts.push(await desk.counts([HEADER, ...rows]));
      return counts;
    },
  };
}

test.each([
  { what: 'one file after the other', files: [[PAID], [BACK]], counts: ['1 0 0 0', '1 0 0 0'] },
  { what: 'the reversal first', files: [[BACK], [PAID]], counts: ['1 0 0 0', '1 0 0 0'] },
  { what: 'both in one file', files: [[PAID, BACK]], counts: ['2 0 0 0'] },
  { what: 'both in one file, the reversal above', files: [[BACK, PAID]], counts: ['2 0 0 0'] },
  { what: 'the reversal twice', files: [[PAID], [BACK], [BACK]], counts: ['1 0 0 0', '1 0 0 0', '0 0 1 0'] },
  { what: 'the original again', files: [[PAID], [BACK], [PAID]], counts: ['1 0 0 0', '1 0 0 0', '0 0 1 0'] },
  { what: 'both again', files: [[PAID], [BACK], [PAID, BACK]], counts: ['1 0 0 0', '1 0 0 0', '0 0 2 0'] },
  { what: 'alike twice in one file', files: [[PAID, BACK, BACK, PAID]], counts: ['2 0 2 0'] },
])('a payment and its reversal under one number come to nothing: $what', async ({ files, counts }) => {
  const at = await open();
  expect(await at.files(...files)).toEqual(counts);
  expect(await at.left()).toBe(0);
});

test('a part of it may be taken back, in either order, and a file that comes again changes nothing', async () => {
  const part = '0010001;14.10.2026;-500,00;Касса;S-1';
  for (const files of [
    [[PAID], [part], [PAID], [part]],
    [[part], [PAID], [part, PAID]],
  ]) {
    const at = await open();
    await at.files(...files);
    expect(await at.left()).toBe(1000_00);
  }
});

test('more than was paid, or on another account, is refused with the cause', async () => {
  const at = await open();
  await at.files([PAID]);
  expect(await at.files(['0010001;14.10.2026;-1500,01;Касса;S-1'])).toEqual(['0 0 0 1']);
  expect((await at.refused())[1]).toContain('снимается больше, чем оплачено под этим номером операции: 1500,00');
  expect(await at.files(['0010002;14.10.2026;-100;Касса;S-1'])).toEqual(['0 0 0 1']);
  expect((await at.refused())[1]).toContain('под этим номером операции стоит платёж другого лицевого счёта: 0010001');
  // In one file, too; the payment itself is taken.
  expect(await at.files(['0010001;14.10.2026;70;Касса;S-2', '0010001;14.10.2026;-70,01;Касса;S-2'])).toEqual(['1 0 0 1']);
  // And a payment that comes below what was taken back already.
  await at.files([BACK]);
  expect(await at.files(['0010001;12.10.2026;1400;Касса;S-1'])).toEqual(['0 0 0 1']);
  expect(await at.left()).toBe(70_00);
});

test('a second reversal under one number is refused and says which is there; the same day, or the whole sum, corrects it', async () => {
  const at = await open();
  const part = (day: string, sum: string) => [`0010001;${day};${sum};Касса;S-1`];
  await at.files([PAID], part('14.10.2026', '-300'));
  expect(await at.files(part('20.10.2026', '-200'))).toEqual(['0 0 0 1']);
  expect((await at.refused())[1]).toContain(
    'отмена этого платежа уже есть: −300,00 от 14.10.2026; если это ещё одна, дайте ей свой номер',
  );
  expect(await at.left()).toBe(1200_00);
  // The same sum on another day is the same one, and so is another sum on its day.
  expect(await at.files(part('15.10.2026', '-300'), part('15.10.2026', '-250'))).toEqual(['0 1 0 0', '0 1 0 0']);
  expect(await at.left()).toBe(1250_00);
  // All of it is taken back, whatever was there; what is left behind by an old file is not.
  expect(await at.files(part('21.10.2026', '-1500'), part('15.10.2026', '-250'))).toEqual(['0 1 0 0', '0 0 0 1']);
  expect(await at.left()).toBe(0);
  // A second part with a payment that no longer covers the first: neither is taken.
  await at.files(['0010001;12.10.2026;1000;Касса;S-3', '0010001;14.10.2026;-300;Касса;S-3']);
  expect(await at.files(['0010001;12.10.2026;200;Касса;S-3', '0010001;15.10.2026;-100;Касса;S-3'])).toEqual(['0 0 0 2']);
  expect(await at.left()).toBe(700_00);
});

test('a reversal under a number of its own takes its sum off, and a payment may still be corrected', async () => {
  const at = await open();
  expect(await at.files([PAID], ['0010001;14.10.2026;-500,00;Касса;R-7'], ['0010001;12.10.2026;1600,00;Касса;S-1'])).toEqual([
    '1 0 0 0',
    '1 0 0 0',
    '0 1 0 0',
  ]);
  expect(await at.left()).toBe(1100_00);
  // The same number of another source is another payment.
  await at.files(['0010001;14.10.2026;-100,00;Банк;S-1']);
  expect(await at.left()).toBe(1000_00);
});
