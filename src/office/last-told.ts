import { forgetLastToldTo, keepLastTold } from '../records/last-told.ts';
import type { Caller } from './caller.ts';
import type { Farewell } from './consents.ts';
import type { OfficeEdges } from './edges.ts';
import { maskPhones } from './mask-phones.ts';

const LONGEST = 300;

export type LastTold = ReturnType<typeof createLastTold>;

/** Section 5: staff see on a request's card what the bot has just told this person. */
export function createLastTold({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** The beginning is kept, telephone numbers masked. No secret may be among the words. */
    async note({ messengerId }: Caller, words: string): Promise<void> {
      const line = maskPhones(words.replace(/\s+/g, ' ').trim());
      const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
      await keepLastTold(db, { messenger_id: messengerId, words: short, at: clock() });
    },
  };
}

export const forgetWhatWasTold: Farewell = async (trx, { messengerIds }) => forgetLastToldTo(trx, messengerIds);
