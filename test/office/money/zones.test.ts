import { expect, test } from 'vitest';
import { createPaymentDocuments } from '../../../src/office/money/payment-documents.ts';
import { openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const ACCOUNT = '0012345';

const LIGHT = (zones: readonly string[]) => zones.map((zone) => `Электроснабжение (${zone})`);

/** An account whose light is charged by these zones in two months, in the older one by the first of them alone; its meter has them, too. */
async function zonedTown(zones: readonly string[]) {
  const town = await openTown();
  await town.resident(1);
  await town.account(ACCOUNT, [['2026-10-10', 500_01]]);
  const link = await town.link(1, ACCOUNT, { sum: 500_01 });
  const meter = { account: ACCOUNT, number: '77', service: 'Электроснабжение', value: '10', valueDay: '2026-10-20' };
  for (const [i, zone] of zones.entries()) {
    await make.meter(town.db, { ...meter, scale: zone });
    await town.charge(ACCOUNT, '2026-10', `Электроснабжение (${zone})`, (i + 2) * 100_00);
    if (i === 0) await town.charge(ACCOUNT, '2026-09', `Электроснабжение (${zone})`, 50_00);
  }
  await town.charge(ACCOUNT, '2026-10', 'Ящик', 150_00);
  return { town, link };
}

const CASES = [
  { zones: ['ночь', 'пик', 'полупик'], ordered: ['пик', 'ночь', 'полупик'] },
  { zones: ['ночь', 'день'], ordered: ['день', 'ночь'] },
];

test.each(CASES)(
  'charged by $zones: debt, why, history, chart, detail and document have $ordered',
  async ({ zones, ordered }) => {
    const { town, link } = await zonedTown(zones);
    const by = town.by(1);
    const shown = [...LIGHT(ordered), 'Ящик'];
    const names = (rows: readonly { service: string | null }[] | undefined) => rows?.map(({ service }) => service);

    const debts = await town.debts.show(by);
    const debt = debts.outcome === 'shown' ? debts.debts[0] : undefined;
    expect(debt?.charged && names(debt.services)).toEqual(shown);

    const why = await town.why.show(by, link, null);
    expect(why.outcome === 'explained' && names(why.comparison.services)).toEqual(shown);

    const history = await town.history.month(by, link, null);
    expect(history.outcome === 'shown' && names(history.month.charged?.services)).toEqual(shown);

    const chart = await town.history.chart(by, link);
    expect(chart.outcome === 'drawn' && names(chart.chart.groups)).toEqual(shown);

    const totals = await town.details.totals(by, link, '2026-09', '2026-10');
    expect(totals.outcome === 'shown' && names(totals.totals.services)).toEqual(shown);
    const sheet = await town.details.sheet(by, link, '2026-09', '2026-10');
    expect(sheet.outcome === 'read' && names(sheet.detail.charges)).toEqual([...shown, ...LIGHT(zones.slice(0, 1))]);

    const seen = await town.paymentDocuments.show(by, link, null);
    expect(seen.outcome === 'shown' && names(seen.document.lines)).toEqual(shown);
    expect(seen.outcome === 'shown' && seen.document.meters.map(({ scale }) => scale)).toEqual(ordered);
  },
);

test('zones of several suppliers add up in the same order', async () => {
  const { town, link } = await zonedTown([]);
  await town.charge(ACCOUNT, '2026-10', 'Электроснабжение (ночь)', 1_00, { supplier: 'А' });
  await town.charge(ACCOUNT, '2026-10', 'Электроснабжение (пик)', 2_00, { supplier: 'Б' });
  const totals = await town.details.totals(town.by(1), link, '2026-10', '2026-10');
  expect(totals.outcome === 'shown' && totals.totals.services.map(({ service }) => service)).toEqual([
    'Ящик',
    ...LIGHT(['пик', 'ночь']),
  ]);
});

test('the order is the operator’s', async () => {
  const { town, link } = await zonedTown(['ночь', 'пик', 'полупик']);
  const meterZones = ['полупик', 'ночь', 'пик'].map((scale, i) => ({ scale, display: `Т${i + 1}` }));
  const desk = createPaymentDocuments({ ...town.edges, centre: { ...town.edges.centre, meterZones } });
  const seen = await desk.show(town.by(1), link, null);
  if (seen.outcome !== 'shown') throw new Error(seen.outcome);
  expect(seen.document.lines.map(({ service }) => service)).toEqual([...LIGHT(['полупик', 'ночь', 'пик']), 'Ящик']);
  expect(seen.document.meters.map(({ scale }) => scale)).toEqual(['полупик', 'ночь', 'пик']);
});
