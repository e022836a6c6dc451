import type { Trx } from '../../records/database.ts';
import { countAccountsAndLinks, listOwnersStaged } from '../../records/registries/owners.ts';
import { sameOwner } from './owners.ts';

/** What a registry of accounts does to owners: how many change, of how many accounts, and how many links of residents would close. */
export type OwnerChanges = { changed: number; of: number; links: number };

/** How many open accounts it closes, of how many accounts, and how many of them residents have in their cabinets. */
export type AccountClosings = { closing: number; of: number; linked: number };

/** For texts: what a registry did to owners and to residents' links; nothing of it, where it is of another kind. */
export const ownerWords = (owners: OwnerChanges | undefined) => ({
  owners: owners?.changed ?? 0,
  ownersOf: owners?.of ?? 0,
  links: owners?.links ?? 0,
});

/** The same of accounts that it closed. */
export const closingWords = (closings: AccountClosings | undefined) => ({
  closing: closings?.closing ?? 0,
  closingLinked: closings?.linked ?? 0,
});

/** Who may have owners changed: nobody many at once, anybody any, or nobody where that closes a link. */
export type OwnerRule = 'few' | 'any' | 'without-links';

/** The same of closing accounts. */
export type ClosingRule = 'few' | 'any';

const FEW = 20;

/**
 * More than 20 accounts or 1 % of those that there are: a slip in billing rather than so many sales. One is never many, or nobody could sell a
 * flat in a village.
 */
export const areMany = ({ changed, of }: OwnerChanges): boolean => changed > FEW || (changed > 1 && changed * 100 > of);

/** More than 20 accounts and 1 % of those that there are: whole houses are pulled down, towns are not. */
export const areManyClosing = ({ closing, of }: AccountClosings): boolean => closing > FEW && closing * 100 > of;

/** For what somebody with more rights has to say yes: that so many owners change, that so many accounts close. */
export type Held = { owners: boolean; closings: boolean };

/** Undefined: for nothing. */
export function whyHeld(
  changes: OwnerChanges,
  closings: AccountClosings,
  rules: { owners: OwnerRule; closings: ClosingRule },
): Held | undefined {
  const isOwners = rules.owners !== 'any' && (areMany(changes) || (rules.owners === 'without-links' && changes.links > 0));
  const isClosings = rules.closings !== 'any' && areManyClosing(closings);
  return isOwners || isClosings ? { owners: isOwners, closings: isClosings } : undefined;
}

/** Thrown where a file may not be taken in for what it does to owners or for the accounts that it closes; nothing of it was. */
export class RegistryHeld extends Error {
  /** Of the import, which no other will have. */
  readonly number: number;
  readonly changes: OwnerChanges;
  readonly closings: AccountClosings;
  readonly held: Held;
  constructor(number: number, changes: OwnerChanges, closings: AccountClosings, held: Held) {
    super('the owners of many accounts change, or many accounts close');
    this.number = number;
    this.changes = changes;
    this.closings = closings;
    this.held = held;
  }
}

/** The accounts of `staged` whose owner is another person there than in the base. */
export async function findChangedOwners(trx: Trx): Promise<{ accounts: string[]; changes: OwnerChanges }> {
  const rows = await listOwnersStaged(trx);
  const accounts = rows.filter((row) => !sameOwner(row.before, row.after)).map((row) => row.number);
  return { accounts, changes: { changed: accounts.length, ...(await countAccountsAndLinks(trx, accounts)) } };
}
