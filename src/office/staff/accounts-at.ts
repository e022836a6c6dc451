import { isHouseNamed, meansAddress, placeSearch } from '../../domain/address.ts';
import { listAccountsWithWords } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';

type Addressed = { number: string; address: string; closed: boolean };

const FLAT_WORDS: ReadonlySet<string> = new Set(['кв', 'квартира']);
/** Of addresses that have the words somewhere, so many are looked at; with a number most are put aside by that alone. */
const NEAR = { named: 2_000, numbered: 20_000 };

/**
 * Accounts by their street, house and flat, however they are typed: those that are meant; where none is, those in which all the words are. The
 * house of that very number comes first, houses and flats in their order.
 */
export async function listAccountsAt(db: Db, typed: string): Promise<Addressed[]> {
  const { parts, fits } = placeSearch(typed);
  // `5-17` may be a house and its flat.
  const words = parts.filter((part) => !FLAT_WORDS.has(part)).flatMap((part) => part.split(/[-/]/));
  if (words.length === 0) return [];
  const figures = words.flatMap((word) => word.match(/^\d+/)?.[0] ?? []);
  const near = await listAccountsWithWords(db, words, figures.length > 0 ? NEAR.numbered : NEAR.named);
  const whole = figures.map((figure) => new RegExp(`(?<!\\d)${figure}(?!\\d)`));
  const likely = near.filter(({ address }) => whole.every((figure) => figure.test(address)));
  const meant = figures.length > 0 ? likely.filter(({ address }) => meansAddress(typed, address)) : [];
  const found = meant.length > 0 ? meant : likely.filter(({ address }) => fits(address));
  const ranked = found.map((account) => ({ account, rank: isHouseNamed(typed, account.address) ? 0 : 1 }));
  return ranked
    .sort((a, b) => a.rank - b.rank || IN_ORDER.compare(a.account.address, b.account.address))
    .map(({ account }) => account);
}

/** House 2 stands before house 10. */
const IN_ORDER = new Intl.Collator('ru', { numeric: true });
