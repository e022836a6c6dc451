import type { Saying } from '../../records/errands.ts';
import { addErrand } from '../../records/errands.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice } from '../notices.ts';
import { requestAt, type Spot } from './thread.ts';

/** Something that the bot says to staff: a text of `src/texts` with its words. */
export type Told = { text: string; words?: Saying['words'] };

/** What the bot says in the group is in line with all that goes there: the messenger takes so much a minute only. */
export function createTell({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** In the thread of the request that is talked about there; at large where none is. Once only for an `operation`. */
    async tell(operation: string, spot: Spot, { text, words = {} }: Told): Promise<void> {
      const request = await requestAt(db, spot);
      const key = `told/${operation}`;
      await db.transaction().execute(async (trx) => {
        if (request)
          await addErrand(trx, { to: { staff: request.id }, kind: 'say', saying: { text, words, doors: [] }, key }, clock());
        else await postNotice(trx, { to: 'staff', text, words, key }, clock());
      });
    },
  };
}
