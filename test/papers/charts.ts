import type { HistoryChart } from '../../src/domain/history-chart.ts';
import { shiftPeriod } from '../../src/domain/period.ts';

/** Charts of made-up accounts. */

const HEATING = [5_097_13, 5_097_13, 5_606_83, 5_606_83, 5_606_83, 4_200_10, 0, 0, 0, 0, 1_240_00, 5_606_83];
const steady = (sum: number) => HEATING.map((_, i) => sum + ((i * 7_919) % 90) * 100);

const periods = HEATING.map((_, i) => shiftPeriod('2025-11', i));

/** A flat with eight services: the small ones are one group. */
export const FLAT: HistoryChart = {
  accountNumber: '001010011',
  months: periods.map((period, i) => ({ period, paidKopecks: [10_200_00, 13_050_55, 0, 26_000_00][i % 4] ?? 0 })),
  groups: [
    { service: 'Отопление', sumsKopecks: HEATING },
    { service: 'Горячее водоснабжение', sumsKopecks: steady(1_905_22) },
    { service: 'Содержание жилого помещения', sumsKopecks: steady(1_844_93) },
    { service: 'Электроснабжение', sumsKopecks: steady(1_411_68) },
    { service: 'Взнос на капитальный ремонт', sumsKopecks: steady(1_088_80) },
    { service: null, sumsKopecks: steady(1_690_99) },
  ],
};

/** Recalculations below zero, and a reversal. */
export const NEGATIVE: HistoryChart = {
  ...FLAT,
  months: periods.map((period, i) => ({ period, paidKopecks: i === 4 ? -3_000_00 : 2_500_00 })),
  groups: [
    { service: 'Отопление', sumsKopecks: HEATING.map((sum, i) => (i === 4 ? -7_200_00 : sum)) },
    { service: 'Вывоз ТКО', sumsKopecks: HEATING.map((_, i) => (i % 5 === 4 ? -900_00 : 400_00)) },
  ],
};

/** One month only. */
export const YOUNG: HistoryChart = {
  accountNumber: '00000000001234567890',
  months: [{ period: '2026-10', paidKopecks: 1_234_56 }],
  groups: [
    { service: 'Отопление', sumsKopecks: [2_333_33] },
    { service: 'Холодное водоснабжение и повышающий коэффициент за отсутствие прибора учёта', sumsKopecks: [410_00] },
  ],
};

/** Sums of a few roubles. */
export const SMALL: HistoryChart = {
  accountNumber: '001010011',
  months: periods.map((period) => ({ period, paidKopecks: 5_00 })),
  groups: [{ service: 'Домофон', sumsKopecks: periods.map((_, i) => 3_50 + (i % 3) * 75) }],
};

/** Half a million a month. */
export const LARGE: HistoryChart = {
  accountNumber: '001010011',
  months: periods.map((period, i) => ({ period, paidKopecks: i % 2 ? 0 : 1_000_000_00 })),
  groups: [{ service: 'Отопление', sumsKopecks: periods.map(() => 500_000_00) }],
};

/** Only payments, and nothing at all in most months. */
export const PAID_ONLY: HistoryChart = {
  accountNumber: '001010011',
  months: periods.slice(0, 3).map((period, i) => ({ period, paidKopecks: i === 1 ? 0 : 700_00 })),
  groups: [],
};

/** Charged and paid nothing. */
export const ZEROS: HistoryChart = {
  accountNumber: '001010011',
  months: periods.slice(0, 5).map((period) => ({ period, paidKopecks: 0 })),
  groups: [],
};
