import type { Period } from '../../domain/period.ts';

/** What is charged, by whom, and how much of it a month takes. */
export type Service = {
  name: string;
  supplier: string;
  unit: string;
  /** Kopecks a unit; the second from October 2026, when tariffs rise. */
  tariff: readonly [number, number];
  /** Units a person or a square metre, where there is a norm. */
  norm?: number;
  by: 'area' | 'people' | 'heating' | 'meter';
  /** Of `meter`: usual thousandths of a unit a person in a month. */
  usual?: number;
  /** Of gas: how many times more in winter. */
  winter?: number;
};

const WATER = 'МУП «Миусводоканал»';
const HEAT = 'АО «Приморсктепло»';
const LIGHT = 'АО «Миусэнергосбыт»';
const HOUSING = 'ООО «УК Якорь»';

const cold: Service = {
  name: 'Холодное водоснабжение',
  supplier: WATER,
  unit: 'куб.м',
  tariff: [4163, 4579],
  norm: 4.5,
  by: 'meter',
  usual: 3400,
};
const sewage: Service = {
  name: 'Водоотведение',
  supplier: WATER,
  unit: 'куб.м',
  tariff: [3218, 3540],
  norm: 7.7,
  by: 'meter',
  usual: 5200,
};
const waste: Service = {
  name: 'Обращение с ТКО',
  supplier: 'ООО «Чистый берег»',
  unit: 'чел.',
  tariff: [12854, 13871],
  norm: 1,
  by: 'people',
};

const light = (zone: string, tariff: readonly [number, number], usual: number): Service => ({
  name: zone === '' ? 'Электроснабжение' : `Электроснабжение (${zone})`,
  supplier: LIGHT,
  unit: 'кВт·ч',
  tariff,
  by: 'meter',
  usual,
});

/** Electricity by the number of the meter's zones. */
export const LIGHT_BY_ZONES: Readonly<Record<1 | 2 | 3, readonly { scale: string; service: Service }[]>> = {
  1: [{ scale: '', service: light('', [673, 741], 92_000) }],
  2: [
    { scale: 'день', service: light('день', [751, 827], 64_000) },
    { scale: 'ночь', service: light('ночь', [412, 454], 31_000) },
  ],
  3: [
    { scale: 'пик', service: light('пик', [862, 949], 24_000) },
    { scale: 'полупик', service: light('полупик', [673, 741], 38_000) },
    { scale: 'ночь', service: light('ночь', [412, 454], 29_000) },
  ],
};

export const FLAT_SERVICES: readonly Service[] = [
  { name: 'Содержание жилого помещения', supplier: HOUSING, unit: 'кв.м', tariff: [2418, 2418], by: 'area' },
  cold,
  { name: 'Горячее водоснабжение', supplier: HEAT, unit: 'куб.м', tariff: [19846, 21830], norm: 3.2, by: 'meter', usual: 1900 },
  sewage,
  { name: 'Отопление', supplier: HEAT, unit: 'Гкал', tariff: [289117, 318028], norm: 0.0231, by: 'heating' },
  waste,
  { name: 'Взнос на капитальный ремонт', supplier: 'Фонд капитального ремонта', unit: 'кв.м', tariff: [1427, 1427], by: 'area' },
];

export const HOUSE_SERVICES: readonly Service[] = [
  cold,
  {
    name: 'Газоснабжение',
    supplier: 'ООО «Миусгаз»',
    unit: 'куб.м',
    tariff: [812, 893],
    norm: 13,
    by: 'meter',
    usual: 18_000,
    winter: 6,
  },
  waste,
];

/** Services that have a meter of their own; drains are reckoned from what flowed in. */
export const METERED = ['Холодное водоснабжение', 'Горячее водоснабжение', 'Газоснабжение'];

export function tariffOf(service: Service, period: Period): number {
  return service.tariff[period >= '2026-10' ? 1 : 0];
}

export function isWinter(period: Period): boolean {
  const month = Number(period.slice(5));
  return month <= 4 || month >= 10;
}
