import { expect, onTestFinished, test, vi } from 'vitest';
import { ACCOUNTS, openDesk } from './desk.ts';
import { outfit } from './orders/outfit.ts';

const CHARGES = 'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;К оплате';
const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';

async function open() {
  const desk = await openDesk();
  onTestFinished(desk.close);
  await desk.take(ACCOUNTS);
  return {
    ...desk,
    beside: async (...lines: readonly string[]) => {
      const { new: added, refused, beside } = await desk.take(lines);
      return { added, refused, beside };
    },
  };
}

test('charges of another spelling of their supplier are taken and counted, those of a file that knows of both are not', async () => {
  const at = await open();
  const first = ['0010001;10.2026;Водоканал;Вода;0;5;5', '0010001;10.2026;Водоканал;Стоки;0;3;3', '0010002;10.2026;;Вода;0;5;5'];
  expect(await at.beside(CHARGES, ...first)).toEqual({ added: 3, refused: 0 });
  expect(await at.beside(CHARGES, ...first)).toEqual({ added: 0, refused: 0 });
  const other = [
    '0010001;10.2026;МУП «Водоканал»;Вода;0;5;5',
    '0010001;10.2026;МУП «Водоканал»;Газ;0;9;9',
    '0010002;10.2026;Водоканал;Вода;0;5;5',
  ];
  expect(await at.beside(CHARGES, ...other)).toEqual({ added: 3, refused: 0, beside: { rows: 2, lines: [2, 4] } });
  // What is there is told of once; the column left out is another spelling, too.
  expect(await at.beside(CHARGES, ...other)).toEqual({ added: 0, refused: 0 });
  expect(await at.beside(CHARGES.replace('Поставщик;', ''), '0010001;10.2026;Вода;0;5;5')).toEqual({
    added: 1,
    refused: 0,
    beside: { rows: 1, lines: [2] },
  });
  // Another month, or both suppliers in one file.
  expect(await at.beside(CHARGES, '0010001;11.2026;Иной;Вода;0;5;5')).toEqual({ added: 1, refused: 0 });
  expect(await at.beside(CHARGES, '0010001;11.2026;Иной;Вода;0;5;5', '0010001;11.2026;Второй;Вода;0;5;5')).toEqual({
    added: 1,
    refused: 0,
  });
});

test('a month that is new is looked up once, and nothing is sought beside its rows', async () => {
  const at = await open();
  await at.take([CHARGES, '0010001;10.2026;Водоканал;Вода;0;5;5']);
  const client = await at.pool.connect();
  client.release();
  const asked = vi.spyOn(Object.getPrototypeOf(client) as typeof client, 'query');
  onTestFinished(() => asked.mockRestore());
  const lookUps = async (...lines: readonly string[]) => {
    asked.mockClear();
    await at.take([CHARGES, ...lines]);
    const said = asked.mock.calls.map(([statement]) => JSON.stringify(statement));
    return [' as meets', 'with met as'].map((part) => said.filter((each) => each.includes(part)).length);
  };
  expect(await lookUps('0010001;11.2026;Водоканал;Вода;0;5;5', '0010002;10.2026;Водоканал;Вода;0;5;5')).toEqual([1, 0]);
  // Of a month that is there by another spelling, and by the same one.
  expect(await lookUps('0010001;11.2026;МУП;Вода;0;5;5')).toEqual([2, 1]);
  expect(await lookUps('0010001;11.2026;МУП;Вода;0;6;6')).toEqual([2, 1]);
});

test('the same payment of another source is taken and counted; of another day, sum or account it is another one', async () => {
  const at = await open();
  await at.take([PAYMENTS, '0010001;05.11.2026;100;Банк;1']);
  expect(await at.beside(PAYMENTS, '0010001;05.11.2026;100;БАНК;1')).toEqual({
    added: 1,
    refused: 0,
    beside: { rows: 1, lines: [2] },
  });
  const others = [
    '0010001;06.11.2026;100;Касса;1',
    '0010001;05.11.2026;101;Почта;1',
    '0010002;05.11.2026;100;Терминал;1',
    '0010001;05.11.2026;-100;Банк;1',
  ];
  expect(await at.beside(PAYMENTS, ...others)).toEqual({ added: 4, refused: 0 });
});

test('staff read of it in the check, in the report and in the group', async () => {
  const at = await open();
  await at.take([CHARGES, '0010001;10.2026;Водоканал;Вода;0;5;5']);
  const desk = outfit(at.db, at.pool);
  const order = await desk.bring(701, [CHARGES, '0010001;10.2026;МУП;Вода;0;5;5']);
  const said = 'Уже есть начисления за тот же период по той же услуге от другого поставщика, таких строк 1 (первые: 2)';
  expect(desk.chat[0]?.text.replaceAll('\u00a0', ' ')).toContain(said);
  await desk.registries.apply(desk.by(701), order);
  await desk.work();
  expect(desk.chat[0]?.text).toContain('Проведено');
  expect(desk.chat[0]?.text.replaceAll('\u00a0', ' ')).toContain(said);
  const told = await at.db.selectFrom('outbox').select(['text', 'words']).where('addressee', '=', 'staff').execute();
  expect(told).toMatchObject([{ text: 'staff-registry-taken-beside', words: { beside: 1, besideLines: '2' } }]);
});
