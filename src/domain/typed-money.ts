import { type Kopecks, parseMoney } from './money.ts';

/** `unclear`: three figures behind the only comma may be thousands or a slip; undefined: no sum at all. */
export type TypedMoney = Kopecks | 'unclear' | undefined;

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
  const bare = text.normalize('NFKC').replace(/[\s'’\p{Default_Ignorable_Code_Point}]/gu, '');
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
