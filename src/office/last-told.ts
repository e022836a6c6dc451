import { listLinkedAccounts } from '../records/links.ts';
import { deleteLastToldTo, saveLastTold } from '../records/last-told.ts';
import type { NoticeWords } from '../records/notices.ts';
import { admit } from './admission.ts';
import type { Caller } from './caller.ts';
import type { OnConsentWithdrawn } from './consents.ts';
import type { OfficeEdges } from './edges.ts';
import { maskToldLine, maskToldWords, type Shown } from './mask-told.ts';

const LONGEST = 300;

export type LastTold = ReturnType<typeof createLastTold>;

/** Section 5: staff see on a request's card what the bot has just told this person. */
export function createLastTold({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  async function accountsOf(caller: Caller, now: Date): Promise<string[]> {
    const admitted = await admit(db, caller, now);
    const linked = 'outcome' in admitted ? [] : await listLinkedAccounts(db, admitted.resident_id);
    return linked.map(({ account }) => account);
  }

  return {
    /**
     * The beginning is kept of what `say` makes of these words. What the card masks is masked here, too: logins, telephone numbers, accounts
     * that are none of the person's. No secret may be among the words.
     */
    async note(caller: Caller, words: NoticeWords, say: (words: NoticeWords) => string): Promise<void> {
      const now = clock();
      const masked = (shown: Shown) => maskToldLine(say(maskToldWords(words, shown)).replace(/\s+/g, ' ').trim(), shown);
      const hidden = masked({ accounts: [] });
      // Mostly no account is named; then the query is spared.
      const line = hidden.includes('•••') ? masked({ accounts: await accountsOf(caller, now) }) : hidden;
      const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
      await saveLastTold(db, { messenger_id: caller.messengerId, words: short, at: now });
    },
  };
}

export const forgetWhatWasTold: OnConsentWithdrawn = async (trx, { messengerIds }) => deleteLastToldTo(trx, messengerIds);
