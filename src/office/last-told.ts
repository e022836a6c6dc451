import { shortenTo } from '../domain/cut.ts';
import { deleteLastToldTo, saveLastTold } from '../records/last-told.ts';
import type { NoticeArgs } from '../records/notices.ts';
import type { Caller } from './caller.ts';
import type { OnConsentWithdrawn } from './identity/consents.ts';
import type { OfficeEdges } from './edges.ts';
import { maskToldLine, maskToldWords, type Shown } from './identity/mask-told.ts';

const LONGEST = 300;

export type LastTold = ReturnType<typeof createLastTold>;

/** Section 5: staff see on a request's card what the bot has just told this person. */
export function createLastTold({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /**
     * The beginning is kept of what `say` makes of these words. What the card masks is masked here, too: logins, telephone numbers, accounts
     * that are not among `ownAccounts`. No secret may be among the words.
     */
    async note(
      caller: Caller,
      words: NoticeArgs,
      say: (words: NoticeArgs) => string,
      ownAccounts: () => Promise<readonly string[]>,
    ): Promise<void> {
      const masked = (shown: Shown) => maskToldLine(say(maskToldWords(words, shown)).replace(/\s+/g, ' ').trim(), shown);
      const hidden = masked({ accounts: [] });
      // Mostly no account is named; then the query is spared.
      const line = hidden.includes('•••') ? masked({ accounts: await ownAccounts() }) : hidden;
      await saveLastTold(db, { messengerId: caller.messengerId, words: shortenTo(line, LONGEST), at: clock() });
    },
  };
}

export const forgetWhatWasTold: OnConsentWithdrawn = async (trx, { messengerIds }) => deleteLastToldTo(trx, messengerIds);
