import { shortenTo } from '../domain/cut.ts';
import { deleteLastToldTo, saveLastLetter, saveLastTold, updateLastLetter, updateLastTold } from '../records/last-told.ts';
import type { NoticeArgs } from '../records/notices.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';
import type { OnConsentWithdrawn } from './identity/consents.ts';
import { maskToldLine, maskToldWords, type Shown } from './identity/mask-told.ts';

const LONGEST = 300;

export type LastTold = ReturnType<typeof createLastTold>;

/**
 * Section 5: staff see on a request's card what the bot has just told this person. Beside it stands which letter of the person's was dealt
 * with last, by which an older state of the dialog is known where it comes back.
 */
export function createLastTold({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /**
     * The beginning is kept of what `say` makes of these words. What the card masks is masked here, too: logins, telephone numbers, accounts
     * that are not among `ownAccounts`. No secret may be among the words.
     */
    async note(
      { messengerId }: Pick<Caller, 'messengerId'>,
      letterId: string,
      words: NoticeArgs,
      say: (words: NoticeArgs) => string,
      ownAccounts: () => Promise<readonly string[]>,
    ): Promise<void> {
      const masked = (shown: Shown) => maskToldLine(oneLine(say(maskToldWords(words, shown))), shown);
      const hidden = masked({ accounts: [] });
      // Mostly no account is named; then the query is spared.
      const line = hidden.includes('•••') ? masked({ accounts: await ownAccounts() }) : hidden;
      await saveLastTold(db, { messengerId, letterId, words: shortenTo(line, LONGEST), at: clock() });
    },

    /** The question that was told last is no longer asked, and this was said then; `leaves` as of `noteLetter`. */
    async noteInstead(
      { messengerId }: Pick<Caller, 'messengerId'>,
      letterId: string,
      said: string,
      { leaves }: { leaves: boolean },
    ): Promise<void> {
      const words = shortenTo(maskToldLine(oneLine(said), { accounts: [] }), LONGEST);
      const isKept = await updateLastTold(db, { messengerId, letterId, words, at: clock() });
      if (!isKept && !leaves) await saveLastLetter(db, { messengerId, letterId, at: clock() });
    },

    /** A letter was dealt with that is told to nobody else. `leaves`: it has left the dialog; then nothing begins to be kept of the person. */
    async noteLetter(
      { messengerId }: Pick<Caller, 'messengerId'>,
      letterId: string,
      { leaves }: { leaves: boolean },
    ): Promise<void> {
      if (leaves) await updateLastLetter(db, { messengerId, letterId });
      else await saveLastLetter(db, { messengerId, letterId, at: clock() });
    },
  };
}

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

export const forgetWhatWasTold: OnConsentWithdrawn = async (trx, { messengerIds }) => deleteLastToldTo(trx, messengerIds);
