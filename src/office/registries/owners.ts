import { inOneScript } from './reading/look-alikes.ts';

/**
 * Whether two spellings of an owner's name are the same person's: case, spaces, dots and ё do not count, nor the order of names, and initials
 * fit the names that begin with them («Иванов П. С.», «Иванов Пётр Сергеевич»); a patronymic may be left out, a surname may not be another.
 */
export function sameOwner(one: string, other: string): boolean {
  const [first, second] = [ownersOf(one), ownersOf(other)];
  return first.length === second.length && first.every((names, index) => samePerson(names, second[index] ?? []));
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
