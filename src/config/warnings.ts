import { loadCentre } from '../adapters/centre-file.ts';
import type { RunsOut } from '../domain/dated.ts';
import { localDay } from '../domain/local-day.ts';
import { type RequisiteFault, requisiteFaults } from '../domain/requisites.ts';
import { type Centre, listRunningOut } from '../office/centre.ts';
import { type Config, EXAMPLE_CENTRE } from './config.ts';

/** Long enough to find out what comes next: of holidays, rates, due days. */
export const AHEAD_DAYS = 60;

/**
 * What does not stop a start and does harm later, but for slips in names of settings (`config.warnings`): a sentence for each, without values.
 * The made-up centre of the sandbox may be as it is.
 */
export async function warningsOf(config: Config, centre: Centre, now: Date): Promise<string[]> {
  if (config.mode === 'sandbox') return [];
  const today = localDay(now, config.timeZone);
  const isExample = config.centreFile === EXAMPLE_CENTRE || sharesContacts(centre, await loadCentre(EXAMPLE_CENTRE));
  return [
    ...(isExample
      ? ['CENTRE_FILE: residents are told contacts of the example, of a made-up town: fill in your own payment points and phones']
      : []),
    ...(config.staffSeniorIds.length === 0
      ? ['STAFF_SENIOR_IDS is not set: nobody may announce, take in charges and payments, or credit a payment']
      : []),
    ...(centre.holidays.length === 0
      ? ['CENTRE_FILE: holidays: there are none, so that each counts as a working day, on which staff are late']
      : []),
    ...listRunningOut(centre, today, AHEAD_DAYS).map(runningOutSentence),
    ...(config.payee ? requisiteFaults(config.payee).map(sentenceOf) : []),
  ];
}

/** Until when each version of Node gets security fixes (nodejs.org/en/about/previous-releases). */
const NODE_FIXED_UNTIL: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
};

/** A version of Node that gets no security fixes any more, in a sentence; one that is newer than this table counts as fixed. */
export function nodeWarning(version: string, now: Date): string | undefined {
  const until = NODE_FIXED_UNTIL[Number.parseInt(version, 10)];
  if (until === undefined || localDay(now, 'UTC') <= until) return undefined;
  return `Node ${version} has had no security fixes since ${until}: take 24`;
}

const WRONG: Readonly<Record<RequisiteFault, string>> = {
  'inn digits': 'PAYEE_INN: its check digits do not fit',
  'account digits': 'PAYEE_ACCOUNT: its check digit does not fit it and PAYEE_BIC',
  'account kind': 'PAYEE_ACCOUNT: no organisation’s account at this bank begins so',
  'bic kind': 'PAYEE_BIC: that of a Russian bank begins with 04, that of the Treasury with 01',
  'corrAccount digits': 'PAYEE_CORR_ACCOUNT: its check digit does not fit it and PAYEE_BIC',
  'corrAccount kind': 'PAYEE_CORR_ACCOUNT: a bank’s begins with 301, the Treasury’s with 40102',
  'corrAccount bank': 'PAYEE_CORR_ACCOUNT: its last three digits are not those of PAYEE_BIC',
};

/** What the bot does past the end of a table, and what the operator does before. */
const PAST_THE_END: Readonly<Record<string, string>> = {
  holidays:
    'residents are not told when work goes on, and lateness is reckoned without holidays, which is said; add the days of the next year',
  paymentDue: 'the bot does not say by when is to be paid; add the row that comes next, or a later until',
  paymentDocumentReady:
    'the bot does not say when the next payment document comes; add the row that comes next, or a later until',
  penalty: 'the bot estimates no penalty and says that the rule is not known; add the row that comes next, or a later until',
  'cards.receipts':
    'the bot offers no payment by card, for a receipt might be wrong; add the row that comes next, or a later until',
};

/** A sentence about a dated table of `CENTRE_FILE` that runs out. */
export function runningOutSentence({ table, until, source, over }: RunsOut): string {
  const read = source === null ? '' : ` (${source})`;
  return `CENTRE_FILE: ${table} ${over ? 'ended' : 'ends'} with ${until}${read}: past it ${PAST_THE_END[table] ?? 'the bot does not know'}`;
}

/** Without the value. */
function sentenceOf(fault: RequisiteFault): string {
  return `${WRONG[fault]}: money paid by the QR would go astray; compare it with the bank’s letter`;
}

function sharesContacts(centre: Centre, example: Centre): boolean {
  const contacts = ({ phones, paymentPoints }: Centre) => [
    ...phones.map(({ number }) => number),
    ...paymentPoints.flatMap(({ address, phone }) => (phone === undefined ? [address] : [address, phone])),
  ];
  const known = new Set(contacts(example));
  return contacts(centre).some((contact) => known.has(contact));
}
