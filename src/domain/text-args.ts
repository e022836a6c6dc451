/**
 * Values for the places of a text: kopecks for MONEY, ISO text for DATE and TIME, `YYYY-MM` for PERIOD. A list of phrases is put into
 * words itself, a phrase a line. A text chooses by `yes` and `no` what is true or false.
 */
export type TextArgs = Readonly<{ [place: string]: string | number | boolean | readonly Phrase[] }>;

/** A text inside of a text. */
export type Phrase = { text: string; words?: TextArgs };

/** The same with `yes` and `no` for what is true or false, as rows keep it: the release before this one reads them, too. */
export function spelledOut(words: TextArgs): TextArgs {
  const phrase = (each: Phrase): Phrase => ({ ...each, ...(each.words && { words: spelledOut(each.words) }) });
  return Object.fromEntries(
    Object.entries(words).map(([place, word]) => {
      if (typeof word === 'boolean') return [place, yesOrNo(word)];
      return [place, typeof word === 'object' ? word.map(phrase) : word];
    }),
  );
}

/** The word by which a text chooses. */
export const yesOrNo = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');
