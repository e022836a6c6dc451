import { isSameWord, wordsSaid } from './said-words.ts';

/** The places of the choices whose names hold all that was said, endings apart; each may have several names. */
export function partsSaid(said: string, names: readonly (readonly string[])[]): number[] {
  const words = wordsSaid(said);
  // A number alone may be anything, and a whole sentence is no part of a label.
  if (words.length > MOST_WORDS || !words.some((word) => /\p{L}{3}/u.test(word))) return [];
  const holds = (name: string) => {
    const own = wordsSaid(name);
    // «Не отправлять» is meant by nobody who leaves out the «не».
    return own.includes(NOT) === words.includes(NOT) && words.every((word) => own.some((other) => isSameWord(word, other)));
  };
  return [...names.keys()].filter((at) => names[at]?.some(holds));
}

/** The place that was said, from 0: «2», «номер 2», «второй», «последний счёт»; undefined where none of so many is meant. */
export function placeSaid(said: string, count: number): number | undefined {
  const words = wordsSaid(said);
  const [word = '', ...more] = LEADING.test(words[0] ?? '') ? words.slice(1) : words;
  if (count < 2 || more.length > 2 || !more.every((each) => FOLLOWING.test(each))) return undefined;
  const [, digits] = /^(\d{1,2})$/.exec(word) ?? [];
  // «2 квартира» is the flat of that number.
  if (digits !== undefined && more.some((each) => HOME.test(each))) return undefined;
  const place =
    digits !== undefined ? Number(digits) - 1 : LAST.test(word) ? count - 1 : ORDINALS.findIndex((is) => is.test(word));
  return place >= 0 && place < count ? place : undefined;
}

const MOST_WORDS = 5;
const NOT = 'не';

/** What may stand before a number that is a place; «квартира 2» is another thing. */
const LEADING = /^(?:номер|вариант|пункт|способ|счет|счетчик)$/u;
/** What is counted, and the endings of «2-й». */
const FOLLOWING =
  /^(?:(?:вариант|пункт|способ|лицев|счет|квартир|дом|адрес|счетчик|показани|обращени|тем)(?:а|у|ы|и|е|ю|я|ом|ой|ый|ого|ому)?|й|я|е|ю|ый|ая|ое|ую)$/u;

const HOME = /^(?:квартир|дом)/u;

const ORDINALS: readonly RegExp[] = ['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'].map(
  (stem) => new RegExp(`^${stem}(?:ый|ой|ая|ое|ую|ом|ого|ий|ья|ье|ью|ьего|ьей)$`, 'u'),
);
const LAST = /^последн(?:ий|яя|ее|юю|его|ей)$/u;
