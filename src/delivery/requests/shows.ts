/** What a thread was last made to show, as `requests.thread_shows` keeps it. */
export type ThreadShows = {
  title?: string;
  closed?: boolean;
  /** Its title was not taken as it was: it is opened by its number alone. */
  plainTitle?: boolean;
  /** Not even by that: the request has a card and no thread, whatever others have. */
  noThread?: boolean;
  /** It is shut, and something is to be said there. */
  inTheWay?: boolean;
  /** A fingerprint of the card. */
  card?: string;
  /** The thread was there before and is lost: whoever looks at the new one is told so. */
  anew?: boolean;
  /** What was said in the former one was repeated in the new one. */
  earlier?: boolean;
  /** Messages whose words stand in the card: the first ones of their request. */
  inCard?: readonly number[];
};

export function readShows(kept: string | null): ThreadShows {
  return kept === null ? {} : (JSON.parse(kept) as ThreadShows);
}

export const keepShows = (shows: ThreadShows): string => JSON.stringify(shows);
