import { expect, onTestFinished, test } from 'vitest';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import type { TextArgs } from '../../../src/domain/text-args.ts';
import { insertLink } from '../../../src/records/links.ts';
import { markOutboxDone } from '../../../src/records/outbox.ts';
import { CENTRE } from '../../kit/centre.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { openDesk } from './desk.ts';

const MINUTE = 60_000;
const BY = { who: 'command line', name: 'operator' };
const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';
const numberOf = (n: number) => `001000${n}`;

/** The lines of corrected payments, in roubles; `—`: it stands on another account. */
function correctionsOf({ lines }: TextArgs): string[] {
  return (lines as unknown as { words: { was: number; now: number; moved: string } }[]).map(
    ({ words: { was, now, moved } }) => `${was / 100}→${moved === 'yes' ? '—' : now / 100}`,
  );
}

type Town = { accounts?: number; twice?: boolean; signedOut?: boolean; anna?: number };

/** Ivan (1, and 2 where `twice`) has so many accounts, Anna (3) the first of them or the one after them, of which October is told; registries come in by files, and rounds are made after each. */
async function open({ accounts = 1, twice = false, signedOut = false, anna }: Town = {}) {
  const desk = await openDesk();
  onTestFinished(desk.close);
  const { db } = desk;
  let now = new Date('2026-11-25T09:00:00Z');
  const clock = () => now;
  const later = () => void (now = new Date(now.getTime() + MINUTE));
  const scans = createNewsScans({ db, clock, settings: OFFICE_SETTINGS, centre: CENTRE });
  const numbers = Array.from({ length: accounts }, (_, n) => numberOf(n + 1));
  const residentId = await make.signedIn(
    db,
    { login: 'ivan', phone: '+79123456789' },
    twice ? ['telegram:1', 'telegram:2'] : ['telegram:1'],
    now,
  );
  for (const number of numbers) {
    await make.account(db, { number });
    await make.link(db, { residentId, account: number });
  }
  if (signedOut) await db.deleteFrom('sessions').execute();
  if (anna !== undefined) {
    const annaId = await make.signedIn(db, { login: 'anna', phone: '+79123456780' }, ['telegram:3'], now);
    if (anna > accounts) await make.account(db, { number: numberOf(anna) });
    await make.link(db, { residentId: annaId, account: numberOf(anna) });
  }

  const waiting = () =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'notice')
      .where('news', 'is not', null)
      .where('doneAt', 'is', null)
      .orderBy('id');
  const at = {
    db,
    clock,
    async take(lines: readonly string[]): Promise<number> {
      later();
      return (await desk.take(lines, { now })).number ?? 0;
    },
    /** «К оплате» of one month, in roubles: of the first account, or of all. */
    charges: (month: string, due: number, of = 1) =>
      at.take([
        'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате',
        ...numbers.slice(0, of).map((number) => `${number};${month};Отопление;0;${due};${due}`),
      ]),
    payments: (...rows: readonly string[]) => at.take([PAYMENTS, ...rows]),
    async undo(number: number): Promise<void> {
      later();
      const done = await db
        .transaction()
        .execute((trx) => undoRegistryImport(trx, number, { now, timeZone: 'Europe/Moscow', by: BY }));
      expect(done).toMatchObject({ outcome: 'undone' });
    },
    /** Makes the rounds; what is put in line by them is not sent. */
    async look(): Promise<void> {
      later();
      await scans.goOn();
    },
    /** The same, and what waits is sent (to these): the texts with their sums in roubles. */
    async told(to: readonly string[] = ['telegram:1', 'telegram:2', 'telegram:3', 'telegram:9']): Promise<string[]> {
      await at.look();
      const rows = (await waiting().execute()).filter(({ addressee }) => to.includes(addressee));
      if (rows.length > 0)
        await markOutboxDone(
          db,
          rows.map(({ id }) => id),
          now,
        );
      return rows.map(({ addressee, text, words }) => {
        const { was, now: is, total, net, accountCount } = words;
        const sums = [was, is ?? total ?? net].filter((sum) => typeof sum === 'number').map((sum) => sum / 100);
        const many = typeof accountCount === 'number' ? ` ×${accountCount}` : '';
        const corrections = text === 'notice-payments-corrected' ? correctionsOf(words) : [];
        return `${addressee.slice(-1)} ${text.replace('notice-', '')} ${sums.join('→')}${corrections.join(', ')}${many}`;
      });
    },
  };
  await at.charges('10.2026', 1000, accounts);
  await at.told();
  return at;
}

test('charges that were told, undone and corrected are told as a correction; the same file again is no news', async () => {
  const at = await open();
  const wrong = await at.charges('11.2026', 15_000);
  expect(await at.told()).toEqual(['1 charges 15000']);
  await at.undo(wrong);
  expect(await at.told()).toEqual([]);
  const again = await at.charges('11.2026', 15_000);
  expect(await at.told()).toEqual([]);
  await at.undo(again);
  await at.charges('11.2026', 5_000);
  expect(await at.told()).toEqual(['1 charges-corrected 15000→5000']);
  await at.charges('11.2026', 5_000);
  expect(await at.told()).toEqual([]);
});

test('what was undone before anybody was sent it has not been told', async () => {
  const at = await open();
  const wrong = await at.charges('11.2026', 15_000);
  await at.look();
  await at.undo(wrong);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 5_000);
  expect(await at.told()).toEqual(['1 charges 5000']);
});

test('told in one messenger is told, though the other was not sent it', async () => {
  const at = await open({ twice: true });
  const wrong = await at.charges('11.2026', 15_000);
  expect(await at.told(['telegram:1'])).toEqual(['1 charges 15000']);
  await at.undo(wrong);
  await at.charges('11.2026', 5_000);
  expect(await at.told()).toEqual(['1 charges-corrected 15000→5000', '2 charges-corrected 15000→5000']);
});

test('a correction that is undone is told as a correction back, whatever was before it', async () => {
  const at = await open();
  await at.charges('11.2026', 700);
  expect(await at.told()).toEqual(['1 charges 700']);
  await at.charges('11.2026', 800);
  expect(await at.told()).toEqual(['1 charges-corrected 700→800']);
  const last = await at.charges('11.2026', 900);
  expect(await at.told()).toEqual(['1 charges-corrected 800→900']);
  await at.undo(last);
  expect(await at.told()).toEqual(['1 charges-corrected 900→800']);
  expect(await at.told()).toEqual([]);

  // One that nobody was sent never was.
  const unsent = await at.charges('11.2026', 950);
  await at.look();
  await at.undo(unsent);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 950);
  expect(await at.told()).toEqual(['1 charges-corrected 800→950']);
});

test('of a month that came by mistake the right one is told as new, and the other one as a correction when it comes', async () => {
  const at = await open();
  const wrong = await at.charges('12.2026', 15_000);
  expect(await at.told()).toEqual(['1 charges 15000']);
  await at.undo(wrong);
  await at.charges('11.2026', 5_000);
  expect(await at.told()).toEqual(['1 charges 5000']);
  await at.charges('12.2026', 6_000);
  expect(await at.told()).toEqual(['1 charges-corrected 15000→6000']);
});

test('of many accounts: one message that was not sent is made again whole, one that was sent is corrected in one', async () => {
  const at = await open({ accounts: 6 });
  const unsent = await at.charges('11.2026', 15_000, 6);
  await at.look();
  await at.undo(unsent);
  const wrong = await at.charges('11.2026', 15_000, 6);
  expect(await at.told()).toEqual(['1 charges-many 90000 ×6']);
  await at.undo(wrong);
  await at.charges('11.2026', 15_000, 6);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 5_000, 6);
  expect(await at.told()).toEqual(['1 charges-corrected-many 30000 ×6']);
});

test('a payment that was told is not told when its file comes again; what is new in it is', async () => {
  const at = await open();
  const paid = '0010001;24.11.2026;1000;Банк;S-1';
  const first = await at.payments(paid, '0010001;24.11.2026;50;Банк;S-2');
  expect(await at.told()).toEqual(['1 payments 1050']);
  await at.undo(first);
  expect(await at.told()).toEqual([]);
  const again = await at.payments(paid, '0010001;24.11.2026;50;Банк;S-2');
  expect(await at.told()).toEqual([]);
  await at.undo(again);
  // The same payment with its day corrected, one of another sum, one besides.
  await at.payments(paid.replace('24.11', '23.11'), '0010001;24.11.2026;70;Банк;S-2', '0010001;24.11.2026;5;Касса;S-1');
  expect(await at.told()).toEqual(['1 payments 5', '1 payments-corrected 50→70']);
});

test('a payment that a later file has with another sum is told as a correction, once, and so is its undoing', async () => {
  const at = await open();
  await at.payments('0010001;24.11.2026;1000;Банк;A-1');
  expect(await at.told()).toEqual(['1 payments 1000']);
  await at.payments('0010001;24.11.2026;100;Банк;A-1');
  expect(await at.told()).toEqual(['1 payments-corrected 1000→100']);
  const same = await at.payments('0010001;24.11.2026;100;Банк;A-1', '0010001;24.11.2026;5;Банк;A-2');
  expect(await at.told()).toEqual(['1 payments 5']);
  await at.undo(same);
  const day = await at.payments('0010001;23.11.2026;100;Банк;A-1');
  expect(await at.told()).toEqual([]);
  await at.undo(day);
  expect(await at.told()).toEqual([]);
  const last = await at.payments('0010001;24.11.2026;300;Банк;A-1');
  expect(await at.told()).toEqual(['1 payments-corrected 100→300']);
  await at.undo(last);
  expect(await at.told()).toEqual(['1 payments-corrected 300→100']);
  const unsent = await at.payments('0010001;24.11.2026;300;Банк;A-1');
  await at.look();
  await at.undo(unsent);
  expect(await at.told()).toEqual([]);
  // What nobody was told of in between is no news.
  await at.payments('0010001;24.11.2026;200;Банк;A-1');
  await at.payments('0010001;24.11.2026;100;Банк;A-1');
  expect(await at.told()).toEqual([]);
});

test('a payment that a later file has on another account is told to both, and so is its undoing', async () => {
  const at = await open({ anna: 2 });
  await at.payments('0010001;24.11.2026;1000;Банк;A-1');
  expect(await at.told()).toEqual(['1 payments 1000']);
  const moved = await at.payments('0010002;24.11.2026;1000;Банк;A-1');
  expect((await at.told()).toSorted()).toEqual(['1 payments-corrected 1000→—', '3 payments 1000']);
  await at.undo(moved);
  expect((await at.told()).toSorted()).toEqual(['1 payments 1000', '3 payments-corrected 1000→—']);
  // Whoever links now has seen it in the history.
  await at.payments('0010002;24.11.2026;700;Банк;A-1');
  const late = await make.signedIn(at.db, { login: 'oleg', phone: '+79123456781' }, ['telegram:9'], at.clock());
  const link = { residentId: late, way: 'sum', linkedAt: at.clock() } as const;
  await at.db.transaction().execute((trx) => insertLink(trx, { ...link, account: numberOf(1) }));
  await at.db.transaction().execute((trx) => insertLink(trx, { ...link, account: numberOf(2) }));
  expect((await at.told()).toSorted()).toEqual(['1 payments-corrected 1000→—', '3 payments 700']);
  await at.payments('0010002;24.11.2026;500;Банк;A-1');
  expect((await at.told()).toSorted()).toEqual(['3 payments-corrected 700→500', '9 payments-corrected 700→500']);
});

test('a payment that was told, undone, elsewhere unseen and undone again is no news when it is back', async () => {
  const at = await open({ anna: 2 });
  const paid = '0010001;24.11.2026;1000;Банк;A-1';
  const first = await at.payments(paid);
  expect(await at.told()).toEqual(['1 payments 1000']);
  await at.undo(first);
  const elsewhere = await at.payments(paid.replace('0010001', '0010002'));
  await at.undo(elsewhere);
  await at.payments('0010001;24.11.2026;5;Касса;K-1');
  expect(await at.told()).toEqual(['1 payments 5']);
  await at.payments(paid);
  expect(await at.told()).toEqual([]);
});

test('a reversal that becomes another one is told so; what is of long ago when it comes is no news, nor is its correction', async () => {
  const at = await open();
  await at.payments('0010001;24.11.2026;1000;Банк;A-1', '0010001;24.11.2026;-300;Банк;A-1', '0010001;01.09.2026;40;Банк;A-2');
  expect(await at.told()).toEqual(['1 payments 700']);
  await at.payments('0010001;24.11.2026;-1000;Банк;A-1', '0010001;01.09.2026;60;Банк;A-2');
  expect(await at.told()).toEqual(['1 payments-corrected 300→1000']);
});

test('corrected payments of many accounts are one message, and without figures one', async () => {
  const at = await open({ accounts: 6 });
  const all = (sum: number) => Array.from({ length: 6 }, (_, n) => `${numberOf(n + 1)};24.11.2026;${sum};Банк;A-${n}`);
  await at.payments(...all(10));
  expect(await at.told()).toEqual(['1 payments-many 60 ×6']);
  await at.payments(...all(7));
  expect(await at.told()).toEqual(['1 payments-corrected-many  ×6']);
  await at.db.deleteFrom('sessions').execute();
  await at.payments(...all(8));
  expect(await at.told()).toEqual(['1 payments-signed-out ']);
});

test('charges that were there when the account was linked are told when they are corrected', async () => {
  const at = await open();
  const { id: residentId } = await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
  await at.db.deleteFrom('links').execute();
  const link = { residentId, account: numberOf(1), way: 'sum', linkedAt: at.clock() } as const;
  await at.db.transaction().execute((trx) => insertLink(trx, link));
  await at.charges('10.2026', 3000);
  expect(await at.told()).toEqual(['1 charges-corrected 1000→3000']);
  await at.charges('10.2026', 3000);
  expect(await at.told()).toEqual([]);
});

test('a payment that nobody was told of is told when it comes again, whatever came between', async () => {
  const at = await open();
  const paid = '0010001;24.11.2026;1000;Банк;S-1';
  const unsent = await at.payments(paid);
  await at.look();
  await at.undo(unsent);
  const unseen = await at.payments(paid);
  await at.undo(unseen);
  await at.payments('0010001;24.11.2026;20;Касса;K-1');
  expect(await at.told()).toEqual(['1 payments 20']);
  await at.payments(paid);
  expect(await at.told()).toEqual(['1 payments 1000']);
});

test('two months undone, the sum that was told of the former one is known still', async () => {
  const at = await open();
  const former = await at.charges('11.2026', 200);
  expect(await at.told()).toEqual(['1 charges 200']);
  const latter = await at.charges('12.2026', 300);
  expect(await at.told()).toEqual(['1 charges 300']);
  await at.undo(latter);
  expect(await at.told()).toEqual([]);
  await at.undo(former);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 250);
  expect(await at.told()).toEqual(['1 charges-corrected 200→250']);
  await at.charges('12.2026', 310);
  expect(await at.told()).toEqual(['1 charges-corrected 300→310']);
});

test('a month that is the newest again is told when it is corrected', async () => {
  const at = await open();
  const wrong = await at.charges('11.2026', 300);
  expect(await at.told()).toEqual(['1 charges 300']);
  await at.undo(wrong);
  const corrected = await at.charges('10.2026', 1100);
  expect(await at.told()).toEqual(['1 charges-corrected 1000→1100']);
  await at.undo(corrected);
  expect(await at.told()).toEqual(['1 charges-corrected 1100→1000']);
});

test('a month that was corrected unsaid beneath another one is told when that one is undone', async () => {
  const at = await open();
  const above = await at.charges('11.2026', 300);
  expect(await at.told()).toEqual(['1 charges 300']);
  await at.charges('10.2026', 900);
  expect(await at.told()).toEqual([]);
  await at.undo(above);
  expect(await at.told()).toEqual(['1 charges-corrected 1000→900']);
});

test('of two months that nobody was sent neither has been told', async () => {
  const at = await open();
  const former = await at.charges('11.2026', 200);
  await at.look();
  const latter = await at.charges('12.2026', 300);
  await at.look();
  await at.undo(latter);
  await at.undo(former);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 250);
  expect(await at.told()).toEqual(['1 charges 250']);
});

test('the sums of the last four months are kept', async () => {
  const at = await open();
  for (const month of ['05', '06', '07', '08', '09']) {
    await at.db.deleteFrom('charges').execute();
    await at.db.updateTable('links').set({ chargesTold: null }).execute();
    await at.charges(`${month}.2026`, Number(month));
    await at.look();
  }
  const { chargesToldDues } = await at.db.selectFrom('links').select('chargesToldDues').executeTakeFirstOrThrow();
  expect(Object.keys(chargesToldDues).toSorted()).toEqual(['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01']);
});

test('of two who have the account only the one who was not told of a payment is told when it comes again', async () => {
  const at = await open({ anna: 1 });
  const paid = '0010001;24.11.2026;1000;Банк;S-1';
  const wrong = await at.payments(paid);
  expect(await at.told(['telegram:1'])).toEqual(['1 payments 1000']);
  await at.undo(wrong);
  const again = await at.payments(paid);
  expect(await at.told()).toEqual(['3 payments 1000']);
  // By now both were.
  await at.undo(again);
  await at.payments(paid);
  expect(await at.told()).toEqual([]);
});

test('a payment that came between does not hide the other one from who was not told of it', async () => {
  const at = await open({ anna: 1 });
  const paid = '0010001;24.11.2026;1000;Банк;S-1';
  const wrong = await at.payments(paid);
  expect(await at.told(['telegram:1'])).toEqual(['1 payments 1000']);
  await at.undo(wrong);
  await at.payments('0010001;24.11.2026;20;Касса;K-1');
  expect((await at.told()).toSorted()).toEqual(['1 payments 20', '3 payments 20']);
  await at.payments(paid);
  expect(await at.told()).toEqual(['3 payments 1000']);
});

test('what waits for a reader without figures goes with its import, and comes again with it', async () => {
  const at = await open({ accounts: 2, signedOut: true });
  const wrong = await at.charges('11.2026', 500, 2);
  await at.look();
  await at.undo(wrong);
  expect(await at.told()).toEqual([]);
  const unsent = await at.charges('11.2026', 600, 1);
  await at.look();
  await at.undo(unsent);
  await at.charges('11.2026', 600, 2);
  expect(await at.told()).toEqual(['1 charges-signed-out ']);

  const payment = await at.payments('0010002;24.11.2026;10;Касса;K-2');
  await at.look();
  await at.undo(payment);
  expect(await at.told()).toEqual([]);
  await at.payments('0010002;24.11.2026;10;Касса;K-2');
  expect(await at.told()).toEqual(['1 payments-signed-out ']);
});

test('a notice without figures that is about a second file, too, is put in line again for that one', async () => {
  const at = await open({ accounts: 2, signedOut: true });
  const first = await at.charges('11.2026', 500, 1);
  await at.look();
  await at.take(['ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', '0010002;11.2026;Отопление;0;7;7']);
  await at.look();
  await at.undo(first);
  expect(await at.told()).toEqual(['1 charges-signed-out ']);
});

test('who reads it with figures in one messenger was told, though the other, without, was not sent it', async () => {
  const at = await open();
  await make.confirmedMessenger(at.db, {
    residentId: (await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow()).id,
    messengerId: 'telegram:9',
  });
  const wrong = await at.charges('11.2026', 500);
  expect(await at.told(['telegram:1'])).toEqual(['1 charges 500']);
  await at.undo(wrong);
  expect(await at.told()).toEqual([]);
  await at.charges('11.2026', 500);
  expect(await at.told()).toEqual([]);
});

/** Readings of these accounts that went out, billing's answer on them, and who waits to be told of it. */
async function answered(at: Awaited<ReturnType<typeof open>>, count: number) {
  const numbers = Array.from({ length: count }, (_, n) => numberOf(n + 1));
  for (const account of numbers) {
    const row = { account, number: '77', scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21' };
    await make.reading(at.db, { ...row, takenAt: at.clock(), submittedBy: 'resident', value: '105' });
  }
  await exportNew({ db: at.db, clock: at.clock }, READINGS_OUT, async () => undefined);
  const answers = [
    'ЛС;Номер счетчика;Показание;Дата;Результат',
    ...numbers.map((account) => `${account};77;105;21.10.2026;принято`),
  ];
  const waiting = async () => {
    const rows = at.db.selectFrom('outbox').select(['id', 'addressee', 'text']).where('doneAt', 'is', null);
    return rows.where('text', 'like', 'notice-readings%').orderBy('addressee').execute();
  };
  return { answers, waiting };
}

test('of answers on many accounts those alone that were not sent are told again', async () => {
  const at = await open({ accounts: 6, anna: 7 });
  const { answers, waiting } = await answered(at, 7);
  const first = await at.take(answers);
  const [anna, ...ivans] = (await waiting()).toReversed();
  expect([ivans.length, anna?.addressee]).toEqual([6, 'telegram:3']);
  await markOutboxDone(at.db, anna ? [anna.id] : [], at.clock());
  await at.undo(first);
  expect(await waiting()).toEqual([]);
  await at.take(answers);
  expect(await waiting()).toMatchObject(
    Array.from({ length: 6 }, () => ({ addressee: 'telegram:1', text: 'notice-readings-accepted' })),
  );
});

test('of two who have the account only the one who was not told of an answer is told when it comes again', async () => {
  const at = await open({ anna: 1 });
  const { answers, waiting } = await answered(at, 1);
  const first = await at.take(answers);
  const [ivan, anna] = await waiting();
  expect([ivan?.addressee, anna?.addressee]).toEqual(['telegram:1', 'telegram:3']);
  await markOutboxDone(at.db, ivan ? [ivan.id] : [], at.clock());
  await at.undo(first);
  const second = await at.take(answers);
  expect(await waiting()).toMatchObject([{ addressee: 'telegram:3' }]);
  // By now nobody but her has to be told still.
  await at.undo(second);
  await at.take(answers);
  expect(await waiting()).toMatchObject([{ addressee: 'telegram:3' }]);
});

test('those without figures go with their import, too', async () => {
  const at = await open({ accounts: 6, signedOut: true });
  const { answers, waiting } = await answered(at, 6);
  const first = await at.take(answers);
  expect((await waiting()).map(({ text }) => text)).toEqual(Array(6).fill('notice-readings-accepted-signed-out'));
  await at.undo(first);
  expect(await waiting()).toEqual([]);
});
