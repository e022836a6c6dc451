import type { Period } from '../../domain/period.ts';
import type { Service } from './services.ts';

/** What the town's registries tell of, a row each; sums are kopecks. */

export type TownCharge = {
  account: string;
  period: Period;
  service: Service;
  opening: number;
  charged: number;
  recalculated: number;
  grounds: string;
  benefit: number;
  penalty: number;
  paid: number;
  due: number;
  /** Thousandths of a unit. */
  volume: number;
  tariff: number;
};

export type TownMeter = {
  account: string;
  number: string;
  service: string;
  scale: string;
  digits: number;
  verification: string;
  /** Thousandths of a unit. */
  value: number;
  valueDay: string;
};

export type TownPayment = {
  account: string;
  period: Period;
  /** `DD.MM.YYYY`. */
  day: string;
  /** Kopecks; negative is a reversal. */
  sum: number;
  source: string;
};
