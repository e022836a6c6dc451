import { CHARGE_SUMS, type ChargeSums, dueBySums } from '../../../domain/charge.ts';
import { snakeCase } from '../../../records/column-names.ts';

/** Whether billing's «К оплате» differs from what the other sums of a row come to; undefined when the layout lacks one of them. */
export function dueCheck(columns: readonly string[]): ((values: readonly (string | null)[]) => boolean) | undefined {
  const places = CHARGE_SUMS.map((sum) => [sum, columns.indexOf(snakeCase(sum))] as const);
  if (places.some(([, place]) => place === -1)) return undefined;
  return (values) => {
    const sums = {} as ChargeSums;
    for (const [sum, place] of places) sums[sum] = Number(values[place]);
    return dueBySums(sums) !== sums.dueKopecks;
  };
}
