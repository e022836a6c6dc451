import { expect, test } from 'vitest';
import { type Period, parsePeriod } from '../../../src/domain/period.ts';
import { openTown } from '../town.ts';

const ACCOUNT = '0012345';
const period = (text: string) => parsePeriod(text) as Period;

/** Three months of water and heating, a gap in July. */
async function chargedTown() {
  const town = await openTown();
  for (const person of [1, 2]) await town.resident(person);
  await town.account(ACCOUNT, [['2026-10-10', 500_01]]);
  const link = await town.link(1, ACCOUNT, { sum: 500_01 });
  const water = { volume: '3', unit: 'куб.м', tariff: '40' };
  await town.charge(ACCOUNT, '2026-08', 'Вода', 120_00, water);
  await town.charge(ACCOUNT, '2026-09', 'Вода', 120_00, { ...water, openingKopecks: 120_00, paidKopecks: 120_00 });
  await town.charge(ACCOUNT, '2026-10', 'Вода', 460_00, {
    ...water,
    volume: '4',
    tariff: '50',
    chargedKopecks: 200_00,
    openingKopecks: 260_00,
  });
  await town.charge(ACCOUNT, '2026-10', 'Отопление', 1_000_00, { supplier: 'Тепло' });
  return { town, link };
}

test('the newest month against the one before, what was carried over apart', async () => {
  const { town, link } = await chargedTown();
  expect(await town.why.show(town.by(1), link, null)).toEqual({
    outcome: 'explained',
    account: { account: ACCOUNT, name: null, closed: false },
    now: { period: '2026-10', monthKopecks: 1_200_00, carriedKopecks: 260_00, dueKopecks: 1_460_00 },
    before: { period: '2026-09', monthKopecks: 120_00, carriedKopecks: 0, dueKopecks: 120_00 },
    comparison: {
      beforeKopecks: 120_00,
      nowKopecks: 1_200_00,
      penalty: { beforeKopecks: 0, nowKopecks: 0 },
      services: [
        {
          service: 'Отопление',
          changeKopecks: 1_000_00,
          parts: [{ why: 'new', sumKopecks: 1_000_00, volume: null, unit: null, tariff: null }],
        },
        {
          service: 'Вода',
          changeKopecks: 80_00,
          parts: [
            { why: 'volume', sumKopecks: 40_00, before: '3', now: '4', unit: 'куб.м' },
            { why: 'tariff', sumKopecks: 40_00, before: '40', now: '50', unit: 'куб.м' },
          ],
        },
      ],
    },
    earlier: '2026-09',
    later: null,
    penalty: {
      until: '2026-12-31',
      billedKopecks: 0,
      // From November 1: October's 1 200,00 is penalised from December 16, 16 days / 300: 6.08. September's 120,00 from November 15,
      // 47 / 300: 1.79. August's 120,00: 44 / 300 and from December 15 17 / 130: 3.16. What is older, 20,00: 13 / 300 and 48 / 130: 0.78.
      addedKopecks: 6_08 + 1_79 + 3_16 + 78,
      overdueKopecks: 1_460_00,
      startsOn: '2026-12-16',
      ends: null,
      rate: {
        percent: 9.5,
        steps: [
          { fromDay: 31, divisor: 300 },
          { fromDay: 91, divisor: 130 },
        ],
      },
    },
  });
});

test('an older month has no penalty to come; the first has nothing before it; what is not there is the nearest before', async () => {
  const { town, link } = await chargedTown();
  const show = (month: string) => town.why.show(town.by(1), link, period(month));
  expect(await show('2026-09')).toMatchObject({
    earlier: '2026-08',
    later: '2026-10',
    penalty: null,
    comparison: { services: [] },
  });
  expect(await show('2026-08')).toMatchObject({ now: { period: '2026-08' }, before: null, earlier: null, later: '2026-09' });
  expect(await show('2027-05')).toMatchObject({ now: { period: '2026-10' } });
  expect(await show('2020-01')).toMatchObject({ now: { period: '2026-08' } });
});

test('only what is one’s own', async () => {
  const { town, link } = await chargedTown();
  expect(await town.why.show(town.by(2), link, null)).toEqual({ outcome: 'gone' });
  expect(await town.why.show(town.by(9), link, null)).toEqual({ outcome: 'guest' });
  expect(await town.why.show(town.by(1), "'; drop table links", null)).toEqual({ outcome: 'gone' });
  await town.links.unlink(town.by(1), link);
  expect(await town.why.show(town.by(1), link, null)).toEqual({ outcome: 'gone' });
});

test('who was never charged', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account(ACCOUNT, [['2026-10-10', 500_01]]);
  const link = await town.link(1, ACCOUNT, { sum: 500_01 });
  expect(await town.why.show(town.by(1), link, null)).toMatchObject({ outcome: 'never-charged' });
});
