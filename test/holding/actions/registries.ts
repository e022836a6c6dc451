import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { formatReading } from '../../../src/domain/reading.ts';
import { billed } from '../model/billing.ts';
import { centreDay, DAY, type Model } from '../model/model.ts';
import {
  type Answering,
  answerReadings,
  bringCharges,
  type BringingCharges,
  type BringingMeter,
  type BringingOwner,
  type BringingPayments,
  bringMeter,
  bringOwner,
  bringPayments,
  closeAccount,
  type Closing,
  exportReadings,
  openAccount,
  OURS,
  undo,
} from '../model/registries.ts';
import { addressOf, CASH_DESK, COMING, NO_ACCOUNT, OWNERS } from '../town.ts';
import type { Chance } from '../chance.ts';
import type { Chats } from '../world.ts';
import { errand, type Nothing } from './errand.ts';
import { typedSum } from './accounts.ts';

/** Section 6: the operator brings billing's registries in and out; staff are whose hand it is. */

export const paymentsCome = errand<BringingPayments>({
  weight: 40,
  isUnheard: true,
  think(chance, model, who) {
    if (!who.isStaff) return undefined;
    const open = model.billing.filter(({ closing }) => !closing);
    const cash = Array.from({ length: chance.integer(0, 2) }, () => ({
      account: chance.percent(4) ? NO_ACCOUNT : (chance.any(open)?.number ?? ''),
      day: dayBefore(model, chance.integer(0, 6)),
      kopecks: chance.percent(25) ? chance.integer(2, 40) * 50_00 : chance.integer(100, 4_000) * 100 + chance.integer(1, 99),
      operation: `K-${chance.integer(100_000, 999_999)}`,
    }));
    const ours = model.taken.flatMap(({ lines, isReturned }, i) =>
      isReturned
        ? []
        : lines
            .filter(({ isExported, isPosted }) => isExported && !isPosted && chance.percent(80))
            .map(({ account }) => ({ money: i + 1, account })),
    );
    const reversed = chance.percent(8) ? chance.any(reversible(model)) : undefined;
    if (cash.length + ours.length === 0) return undefined;
    return { cash, ours, reversals: reversed ? [reversed] : [], times: chance.percent(85) ? 1 : 2 };
  },
  expect: (model, _who, given) => bringPayments(model, given),
  async act(chats, _who, given) {
    const lines = ['ЛС;Дата;Сумма;Источник;Номер операции', ...(await paymentRows(chats, given))];
    const reports: string[] = [];
    for (let i = 0; i < given.times; i += 1) {
      const { read, new: added, changed, unchanged, refused } = await chats.bring(lines);
      reports.push(`read ${read}, new ${added}, changed ${changed}, unchanged ${unchanged}, refused ${refused}`);
    }
    return reports.join('; ');
  },
});

export const chargesCome = errand<BringingCharges>({
  weight: 12,
  isUnheard: true,
  think(chance, model, who) {
    const period = centreDay({ now: model.now - centreDay(model).day * DAY }).month;
    const isThere = model.billing.some(({ charges }) => charges[period]);
    if (!who.isStaff || (isThere && chance.percent(85))) return undefined;
    const accounts = model.billing.filter(({ closing }) => !closing && chance.percent(90)).map(({ number }) => number);
    if (chance.percent(5)) accounts.push(NO_ACCOUNT);
    return { period, due: Object.fromEntries(accounts.map((account) => [account, dueOf(chance)])) };
  },
  expect: (model, _who, given) => bringCharges(model, given),
  async act(chats, _who, { period, due }) {
    const rows = Object.entries(due).flatMap(([account, services]) =>
      Object.entries(services).map(([service, kopecks]) => {
        const [opening, charged] = kopecks < 0 ? [kopecks, 0] : [0, kopecks];
        return [account, period, service, rubles(opening), rubles(charged), rubles(kopecks)].join(';');
      }),
    );
    const { refused } = await chats.bring(['ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', ...rows]);
    return `refused ${refused}`;
  },
});

export const ownerComes = errand<BringingOwner>({
  weight: 6,
  isUnheard: true,
  think(chance, model, who) {
    const known = chance.any(model.billing);
    if (!who.isStaff || !known) return undefined;
    const [surname = '', name = '', patronymic = ''] = known.owner.split(' ');
    if (chance.percent(40)) return { account: known.number, owner: `${surname} ${name[0]}. ${patronymic[0]}.`, isAnother: false };
    const owner = chance.any(OWNERS.filter((one) => !one.startsWith(surname)));
    return owner ? { account: known.number, owner, isAnother: true } : undefined;
  },
  expect: (model, _who, given) => bringOwner(model, given),
  async act(chats, _who, { account, owner }) {
    const { refused } = await chats.bring(['ЛС;ФИО;Адрес', [account, owner, addressOf(account)].join(';')]);
    return `refused ${refused}`;
  },
});

export const accountOpens = errand<{ account: string; owner: string }>({
  weight: 3,
  isUnheard: true,
  think(chance, { billing }, who) {
    const coming = chance.any(COMING.filter(({ number }) => !billing.some((one) => one.number === number)));
    return who.isStaff && coming ? { account: coming.number, owner: chance.pick(OWNERS) } : undefined;
  },
  expect: (model, _who, given) => openAccount(model, given),
  async act(chats, _who, { account, owner }) {
    const { refused } = await chats.bring(['ЛС;ФИО;Адрес', [account, owner, addressOf(account)].join(';')]);
    return `refused ${refused}`;
  },
});

export const accountCloses = errand<Closing>({
  weight: 4,
  isUnheard: true,
  think(chance, { billing }, who) {
    const closed = billing.find(({ closing }) => closing);
    const account = closed && chance.percent(70) ? closed : chance.any(billing);
    return who.isStaff && account ? { account: account.number, isClosed: !account.closing } : undefined;
  },
  expect: (model, _who, given) => closeAccount(model, given),
  async act(chats, _who, { account, isClosed }) {
    const owner = chats.model().billing.find(({ number }) => number === account)?.owner ?? '';
    const row = [account, owner, addressOf(account), isClosed ? 'да' : 'нет'].join(';');
    const { refused } = await chats.bring(['ЛС;ФИО;Адрес;Закрыт', row]);
    return `refused ${refused}`;
  },
});

export const meterComes = errand<BringingMeter>({
  weight: 5,
  isUnheard: true,
  think(chance, model, who) {
    const known = chance.any(model.billing.filter(({ meters }) => meters.length > 0));
    const old = chance.any(known?.meters ?? []);
    if (!who.isStaff || !known || !old) return undefined;
    return {
      account: known.number,
      old: old.number,
      number: `7${chance.integer(1_000_000, 9_999_999)}`,
      value: chance.integer(0, 4) * 1000,
    };
  },
  expect: (model, _who, given) => bringMeter(model, given),
  async act(chats, _who, given) {
    const rows = chats.model().billing.find(({ number }) => number === given.account)?.meters ?? [];
    const { refused } = await chats.bring([
      'ЛС;Номер счетчика;Услуга;Разрядность;Поверка;Показание;Дата показания',
      ...rows.map(({ number, service, digits, value }) =>
        [given.account, number, service, digits, '07.03.2032', formatReading(value), '21.10.2026'].join(';'),
      ),
    ]);
    return `refused ${refused}`;
  },
});

export const readingsGoOut = errand<Nothing>({
  weight: 10,
  isUnheard: true,
  think: (_chance, model, who) => (who.isStaff && model.readings.some(({ state }) => state === 'taken') ? {} : undefined),
  expect: exportReadings,
  async act({ world: { db, clock } }) {
    let file = '';
    await exportNew({ db, clock }, READINGS_OUT, async (content) => void (file = content));
    // What guests did is to be checked, and goes out as such: when, is not said.
    const rows = file
      .trim()
      .split('\r\n')
      .slice(1)
      .filter((row) => !/гост|провер/i.test(row));
    const said = rows
      .map((row) => row.split(';'))
      .map(([account, meter, , , value = '']) => `${account} ${meter} ${thousandths(value)}`);
    return `rows: ${said.toSorted().join(', ')}`;
  },
});

export const readingsAreAnswered = errand<Answering>({
  weight: 10,
  isUnheard: true,
  think(chance, model, who) {
    const gone = model.readings.filter(({ state }) => state === 'exported').filter(() => chance.percent(70));
    if (!who.isStaff || gone.length === 0) return undefined;
    return { readings: gone.map(({ meter, month }) => ({ meter, month })), isAccepted: chance.percent(75) };
  },
  expect: (model, _who, given) => answerReadings(model, given),
  async act(chats, _who, { readings, isAccepted }) {
    const model = chats.model();
    const rows = readings.map(({ meter, month }) => {
      const { account = '', value = 0 } = model.readings.find((one) => one.meter === meter && one.month === month) ?? {};
      const day = dayBefore(model, 0).split('-').toReversed().join('.');
      return [
        account,
        meter,
        formatReading(value),
        day,
        isAccepted ? 'принято' : 'отклонено',
        isAccepted ? '' : 'ниже прежнего',
      ].join(';');
    });
    const { refused } = await chats.bring(['ЛС;Номер счетчика;Показание;Дата;Результат;Причина', ...rows]);
    return `refused ${refused}`;
  },
});

export const importIsUndone = errand<{ nth: number }>({
  weight: 8,
  isUnheard: true,
  think: (_chance, model, who) => (who.isStaff && model.imports.length > 0 ? { nth: model.imports.length - 1 } : undefined),
  expect: (model, _who, given) => undo(model, given),
  async act({ world: { db, clock }, imports }, _who, { nth }) {
    const parts = { now: clock(), timeZone: 'Europe/Moscow', by: { who: 'command line', name: 'operator' } };
    return (await db.transaction().execute((trx) => undoRegistryImport(trx, imports[nth] ?? 0, parts))).outcome;
  },
});

function reversible(model: Model): { account: string; operation: string }[] {
  return model.billing.flatMap(({ number, payments }) =>
    payments
      .filter(
        ({ kopecks, isOurs, operation }) => kopecks > 0 && !isOurs && !payments.some((one) => one.operation === `${operation}-R`),
      )
      .map(({ operation }) => ({ account: number, operation })),
  );
}

async function paymentRows(chats: Chats, { cash, ours, reversals }: BringingPayments): Promise<string[]> {
  const model = chats.model();
  const ofCash = cash.map(({ account, day, kopecks, operation }) => [account, day, rubles(kopecks), CASH_DESK, operation]);
  const ofOurs = ours.map(({ money, account }) => {
    const taken = model.taken[money - 1];
    const lines = taken?.lines ?? [];
    const place = lines.findIndex((one) => one.account === account);
    const ofIntake = `${chats.operations[money - 1]}${lines.length > 1 ? `-${place + 1}` : ''}`;
    const operation = chats.credited.get(`${money}/${place}`) ?? ofIntake;
    return [account, centreDay({ now: taken?.at ?? 0 }).date, rubles(lines[place]?.kopecks ?? 0), OURS, operation];
  });
  const back = reversals.map(({ account, operation }) => {
    const of = billed(model, account)?.payments.find((one) => one.operation === operation && one.kopecks > 0);
    return [account, dayBefore(model, 0), rubles(-(of?.kopecks ?? 0)), of?.source ?? '', `${operation}-R`];
  });
  return [...ofCash, ...ofOurs, ...back].map((row) => row.join(';'));
}

function dueOf(chance: Chance): Record<string, number> {
  const heating = chance.percent(15) ? -chance.integer(1_00, 900_00) : chance.integer(300_00, 3_000_00);
  return { Отопление: heating, ...(chance.percent(60) && { 'Холодное водоснабжение': chance.integer(50_00, 700_00) }) };
}

const dayBefore = ({ now }: Model, days: number): string => centreDay({ now: now - days * DAY }).date;

const rubles = (kopecks: number): string => (kopecks < 0 ? `-${typedSum(-kopecks)}` : typedSum(kopecks)).replaceAll(' ', '');

const thousandths = (value: string): number => Math.round(Number(value.replace(',', '.')) * 1000);
