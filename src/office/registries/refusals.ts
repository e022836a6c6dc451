import type { Trx } from '../../records/database.ts';
import { markGroupsRefused, markRepeatsRefused, markUnknownAccountsRefused } from '../../records/registries/refusals.ts';
import type { Registry } from './registry.ts';
import type { Staged } from './staging.ts';

/** Refuses staged rows that only the base can refuse. Answers how many are refused now, and how many alike repeats it dropped. */
export async function refuseStaged(
  trx: Trx,
  { table, bringsAccounts, markRefused, markRefusedTogether, refusesGroups }: Registry,
  staged: Pick<Staged, 'refused' | 'mayRepeat'>,
): Promise<{ refused: number; alikeRepeats: number }> {
  let refused = staged.refused;
  if (!bringsAccounts) refused += await markUnknownAccountsRefused(trx, table);
  refused += (await markRefused?.(trx)) ?? 0;
  const repeats = staged.mayRepeat ? await markRepeatsRefused(trx, table) : { refused: 0, dropped: 0 };
  refused += repeats.refused;
  refused += (await markRefusedTogether?.(trx)) ?? 0;
  if (refusesGroups && refused > 0) refused += await markGroupsRefused(trx, table);
  return { refused, alikeRepeats: repeats.dropped };
}
