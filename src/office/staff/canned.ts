import { formatMoney } from '../../domain/money.ts';
import { formatMoment } from '../../domain/local-day.ts';
import { fillIn, type Filling, forResident } from '../../domain/staff-words.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import type { Request } from '../../records/requests.ts';
import type { OfficeEdges } from '../edges.ts';
import { offerOf, readDebts } from '../money/debts.ts';
import type { createAnswers, Written } from './answers.ts';
import type { DeskEdges } from './as-staff.ts';
import { deskHours, normMs } from './hours.ts';
import { commandMark, type MessagePart, withoutLooks } from './message-part.ts';
import type { StaffCaller } from './staff.ts';
import { requestAt, type ThreadRef } from './thread.ts';

export type CannedSent =
  | Exclude<Written, { outcome: 'answered' }>
  | { outcome: 'answered'; number: number; reopened: boolean; words: string }
  /** It names the account, and the request is about none; or the debt, which is not known or not this resident's to be told; or a day beyond the holidays that are known. */
  | { outcome: 'no-account' | 'no-debt' | 'no-deadline'; number: number }
  | { outcome: 'no-such-answer' };

export type CannedEdges = DeskEdges & Pick<OfficeEdges, 'centre'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> };

/** Answers that staff send by a command: `centre.requests.cannedAnswers`. */
export function createCanned(edges: CannedEdges, { written }: Pick<ReturnType<typeof createAnswers>, 'written'>) {
  const { cannedAnswers } = edges.centre.requests;
  return {
    cannedAnswers: (): readonly { command: string; label: string }[] => cannedAnswers,

    /** Sends the answer of this command, and what stands behind the command below it, as if they were typed; `messagePart` holds the command. */
    async sendCanned(
      staff: StaffCaller,
      threadRef: ThreadRef,
      { command, rest }: { command: string; rest: string },
      messagePart: MessagePart,
    ): Promise<CannedSent> {
      if (!(await edges.staff.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const canned = cannedAnswers.find((one) => one.command === command);
      if (!canned) return { outcome: 'no-such-answer' };
      const request = await requestAt(edges.db, threadRef);
      if (!request) return { outcome: 'nowhere' };
      const filled = fillIn(canned.text, await fillingOf(edges, request, canned.text));
      if ('wants' in filled) return { outcome: `no-${filled.wants}`, number: request.number };
      const added = forResident(rest).words.trim();
      const words = added === '' ? filled.words : `${filled.words}\n\n${added}`;
      const sent = await written(staff, threadRef, {
        ...withoutLooks(messagePart),
        context: { ...withoutLooks(messagePart).context, command: commandMark(messagePart.words) },
        words,
        album: null,
        kind: 'words',
        file: null,
        fileName: null,
      });
      return sent.outcome === 'answered' ? { ...sent, words } : sent;
    },
  };
}

async function fillingOf(edges: CannedEdges, request: Request, text: string): Promise<Filling> {
  const { number, called, account, waitingSince } = request;
  const hours = deskHours(edges);
  const now = edges.clock();
  const from = waitingSince ?? now;
  const due = hours.doneAt(from, normMs(edges));
  // What should have been answered by now is not promised for yesterday.
  const deadline = due !== null && due <= now ? hours.doneAt(now, normMs(edges)) : due;
  return {
    name: called ?? undefined,
    account: account ?? undefined,
    number,
    debt: text.includes('{debt}') ? await debtOf(edges, request) : undefined,
    deadline: deadline === null ? undefined : formatMoment(deadline, edges.settings.timeZone),
  };
}

/** What is to be paid, as «Задолженность» offers it; undefined where nothing was charged, and where the account is not the resident's any more. */
async function debtOf(edges: CannedEdges, { account, residentId }: Request): Promise<string | undefined> {
  if (account === null || residentId === null) return undefined;
  const linked = await listLinkedAccounts(edges.db, residentId);
  const found = linked.some((link) => link.account === account) ? await findWholeAccount(edges.db, account) : undefined;
  if (!found) return undefined;
  const own = { account, name: null, address: found.address, closed: found.closed };
  const [read] = (await readDebts(edges.db, [own], edges)).debts;
  return read?.debt.charged ? formatMoney(offerOf(read.debt)) : undefined;
}
