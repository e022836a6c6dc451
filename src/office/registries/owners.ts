import { inOneScript } from './reading/look-alikes.ts';

/**
 * Whether two spellings of an owner's name are the same person's: case, spaces, dots and ё do not count, nor the order of names, and initials
 * fit the names that begin with them («Иванов П. С.», «Иванов Пётр Сергеевич»); a patronymic may be left out, a surname may not be another. Of
 * several owners each is one of the others, in whatever order.
 */
export function sameOwner(one: string, other: string): boolean {
  const [first, second] = [ownersOf(one), ownersOf(other)];
  return first.length === second.length && isPaired(first, second);
}

/**
 * Whether everybody of one list can be somebody else of the other. Initials may fit two people: who has taken somebody's only place moves on
 * to another (augmenting paths).
 */
function isPaired(people: readonly string[][], others: readonly string[][]): boolean {
  /** By place in `others`: who of `people` it is. */
  const taken = new Map<number, number>();
  const findPlace = (who: number, tried: Set<number>): boolean =>
    others.some((names, place) => {
      if (tried.has(place) || !samePerson(people[who] ?? [], names)) return false;
      tried.add(place);
      const before = taken.get(place);
      if (before !== undefined && !findPlace(before, tried)) return false;
      taken.set(place, who);
      return true;
    });
  return people.every((_, who) => findPlace(who, new Set()));
}

/** Each owner's names, the surname first. */
function ownersOf(text: string): string[][] {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\.?\s*-\s*/g, '-');
  // Latin letters that look like Russian ones are a slip only among Russian ones.
  const russian = /[а-яё]/i.test(plain) ? inOneScript(plain) : plain;
  return russian
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[,;]/)
    .map((owner) => surnameFirst(owner.split(/[\s.]+/).filter((name) => name !== '')))
    .filter((names) => names.length > 0);
}

/** «П. С. Иванов» and «Пётр Сергеевич Иванов» are «Иванов …». */
function surnameFirst(names: string[]): string[] {
  const surname = PATRONYMIC.test(names[1] ?? '') ? 2 : names.findIndex((name) => !isInitial(name));
  return surname > 0 && surname < names.length ? [...names.slice(surname), ...names.slice(0, surname)] : names;
}

const PATRONYMIC = /(?:ович|евич|ьич|мич|кич|овна|евна|ична)$/;
const isInitial = (name: string): boolean => /^\p{L}(-\p{L})?$/u.test(name);

function samePerson(one: string[], other: string[]): boolean {
  const joined = (names: string[]) => names.join(' ');
  if (joined(one) === joined(other) || joined(one).replaceAll('-', ' ') === joined(other).replaceAll('-', ' ')) return true;
  // The same words in another order; of initials alone the order tells people apart.
  if (!one.some(isInitial) && joined(one.toSorted()) === joined(other.toSorted())) return true;
  const [[surname, ...given], [otherSurname, ...otherGiven]] = [one, other];
  if (surname !== otherSurname || given.length === 0 || otherGiven.length === 0) return false;
  const both = Math.min(given.length, otherGiven.length);
  return given.slice(0, both).every((name, index) => fits(name, otherGiven[index] ?? ''));
}

/** The same name, or the initial of one: «а» and «а-м» of «анна-мария». */
function fits(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const parts = long.split('-');
  return isInitial(short) && short.split('-').every((letter, index) => parts[index]?.startsWith(letter) === true);
}
