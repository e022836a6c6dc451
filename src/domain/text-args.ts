/**
 * Values for the places of a text: kopecks for MONEY, ISO text for DATE and TIME, `YYYY-MM` for PERIOD. A list of phrases is put into
 * words itself, a phrase a line.
 */
export type TextArgs = Readonly<{ [place: string]: string | number | readonly Phrase[] }>;

/** A text inside of a text. */
export type Phrase = { text: string; words?: TextArgs };
