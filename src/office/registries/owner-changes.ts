import type { Trx } from '../../records/database.ts';
import { countAccountsAndLinks, listOwnersStaged } from '../../records/registries/owners.ts';
import { sameOwner } from './owners.ts';

/** What a registry of accounts does to owners: how many change, of how many accounts, and how many links of residents would close. */
export type OwnerChanges = { changed: number; of: number; links: number };

/** For texts: what a registry did to owners and to residents' links; nothing of it, where it is of another kind. */
export const ownerWords = (owners: OwnerChanges | undefined) => ({
  owners: owners?.changed ?? 0,
  ownersOf: owners?.of ?? 0,
  links: owners?.links ?? 0,
});

/** Who may have owners changed: nobody many at once, anybody any, or nobody where that closes a link. */
export type OwnerRule = 'few' | 'any' | 'without-links';

const FEW = 20;

/**
 * More than 20 accounts or 1 % of those that there are have another owner now: a slip in billing rather than so many sales. One owner is
 * never many, or nobody could sell a flat in a village.
 */
export function areMany({ changed, of }: OwnerChanges): boolean {
  return changed > FEW || (changed > 1 && changed * 100 > of);
}

/** Whether somebody with more rights has to say yes. */
export function isHeld(changes: OwnerChanges, rule: OwnerRule): boolean {
  if (rule === 'any') return false;
  return areMany(changes) || (rule === 'without-links' && changes.links > 0);
}

/** Thrown where a file may not be taken in for what it does to owners; nothing of it was. */
export class OwnersHeld extends Error {
  /** Of the import, which no other will have. */
  readonly number: number;
  readonly changes: OwnerChanges;
  constructor(number: number, changes: OwnerChanges) {
    super('the owners of many accounts change');
    this.number = number;
    this.changes = changes;
  }
}

/** The accounts of `staged` whose owner is another person there than in the base. */
export async function findChangedOwners(trx: Trx): Promise<{ accounts: string[]; changes: OwnerChanges }> {
  const rows = await listOwnersStaged(trx);
  const accounts = rows.filter((row) => !sameOwner(row.before, row.after)).map((row) => row.number);
  return { accounts, changes: { changed: accounts.length, ...(await countAccountsAndLinks(trx, accounts)) } };
}
