import { type Kopecks, parseMoney } from './money.ts';
import { linesWithFigures } from './typed.ts';

/** `unclear`: three figures behind the only comma may be thousands or a slip; `several`: more than one sum; undefined: no sum at all. */
export type TypedMoney = Kopecks | 'unclear' | 'several' | undefined;

const THOUSANDS_THEN_FRACTION = /^(\d{1,3})((?:([.,])\d{3})+)(?!\3)[.,](\d{1,2})$/;
const THOUSANDS = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$/;
const ROUBLES_AND_KOPECKS = /^(\d+)(?:₽|руб\p{L}*\.?|р\.?)(\d{1,2})(?:коп\p{L}*\.?|к\.?)?$/iu;
const AS_ON_CHEQUES = /^(\d+)[-–—=](\d{2})$/;
const UNCLEAR = /^\d{1,11}[.,]\d{3,}$/;

/**
 * A sum as people write it, also with thousands marked (`8.331,70`, `8,331.70`, `1.234.567`) and as on cheques (`8331-70`, `8331=70`,
 * `8331 руб. 70 коп.`). Where it cannot be told whether kopecks are meant, it is asked, not guessed.
 */
export function readTypedMoney(text: string): TypedMoney {
  const seen = text.normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}]/gu, '');
  if (isSeveral(seen)) return 'several';
  const bare = seen.replace(/[\s'’]/g, '');
  const plain = parseMoney(bare);
  if (plain !== undefined) return plain;
  const unmarked = bare.replace(/(?<=\d)(₽|руб\p{L}*\.?|р\.?)$/iu, '');
  const apart = ROUBLES_AND_KOPECKS.exec(bare) ?? AS_ON_CHEQUES.exec(unmarked);
  if (apart) return parseMoney(`${apart[1]},${apart[2]?.padStart(2, '0')}`);
  const marked = THOUSANDS_THEN_FRACTION.exec(unmarked);
  if (marked) return parseMoney(`${marked[1]}${marked[2]?.replace(/[.,]/g, '')},${marked[4]}`);
  if (THOUSANDS.test(unmarked)) return parseMoney(unmarked.replace(/[.,]/g, ''));
  return UNCLEAR.test(unmarked) ? 'unclear' : undefined;
}

const THOUSANDS_BY_SPACES = /^\d{1,3}(?:\s+\d{3})+$/;

/** Whether more than one number stands there: on lines of their own, added up, or with a space where there are no thousands (`1500 200`). */
function isSeveral(text: string): boolean {
  if (linesWithFigures(text.replace(/[+;]|\sи\s/g, '\n')).length > 1) return true;
  const spaced = text.match(/\d+(?:\s+\d+)+/g) ?? [];
  return spaced.some((number) => !THOUSANDS_BY_SPACES.test(number));
}
