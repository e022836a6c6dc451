import { addSums, type Charge } from '../../src/domain/charge.ts';

/** A charge of October; all that is not said is nothing. */
export function charge(said: Partial<Charge> = {}): Charge {
  const words = { supplier: '', service: 'Отопление', grounds: null, volume: null, unit: null, tariff: null, norm: null };
  return { period: '2026-10', ...words, ...addSums([]), ...said };
}
