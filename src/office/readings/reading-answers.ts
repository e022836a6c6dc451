import { groupBy } from '../../domain/group-by.ts';
import { LISTED_ACCOUNTS, MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { byScale, METER_ZONES } from '../../domain/meter-scale.ts';
import type { Trx } from '../../records/database.ts';
import { findLinkTo, listLinkedAccounts } from '../../records/links.ts';
import type { NoticeArgs } from '../../records/notices.ts';
import { type AnsweredReading, updateAnsweredReadings, type ReadingResult } from '../../records/reading-answers.ts';
import { lockAllReadings, RESIDENT } from '../../records/readings.ts';
import { findResident } from '../../records/residents.ts';
import type { MessengerId } from '../caller.ts';
import { escalate } from '../escalations.ts';
import { type NoticeDoor, postNotice } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';

/** Staff are told of so many refused accounts one by one, of the rest in one sentence. */
const TOLD_ONE_BY_ONE = 10;

/**
 * Billing has answered: the state of each reading is what it says, who handed it in is told (by day), and staff are told of what was
 * refused. An answer that changes nothing makes no notice.
 */
export async function applyReadingAnswers(trx: Trx, now: Date): Promise<void> {
  await lockAllReadings(trx);
  const answered = (await updateAnsweredReadings(trx, now)).toSorted(byScale(METER_ZONES));
  const refused = groupBy(
    answered.filter(({ state }) => state === 'refused'),
    ({ account }) => account,
  );
  await tellStaff(trx, refused, now);

  const told = groupBy(answered, (reading) =>
    [reading.account, reading.submittedBy, reading.residentId, reading.state].join('/'),
  );
  // Of many accounts, a resident is told in one message.
  const byHolder = groupBy([...told.values()], ([first]) => `${first?.submittedBy}/${first?.residentId}/${first?.state}`);
  for (const accounts of byHolder.values()) {
    if (accounts[0]?.[0]?.submittedBy === RESIDENT && accounts.length >= MANY_ACCOUNTS)
      await tellHolderOfMany(trx, accounts, now);
    else for (const readings of accounts) await tellSubmitter(trx, readings, now);
  }
}

async function tellSubmitter(trx: Trx, readings: readonly AnsweredReading[], now: Date): Promise<void> {
  const [first] = readings;
  if (!first) return;
  if (first.submittedBy === RESIDENT) await tellHolder(trx, first, readings, now);
  else if (!first.submittedBy.startsWith('gone:')) await tellGuest(trx, first, readings, now);
}

/** The resident who handed them in for many accounts: those that are still theirs, in one message. */
async function tellHolderOfMany(trx: Trx, accounts: readonly (readonly AnsweredReading[])[], now: Date): Promise<void> {
  const first = accounts[0]?.[0];
  const residentId = first?.residentId ?? null;
  if (!first || residentId === null || !(await findResident(trx, residentId))?.phone) return;
  const linked = new Set((await listLinkedAccounts(trx, residentId)).map(({ account }) => account));
  const own = accounts
    .filter(([reading]) => reading !== undefined && linked.has(reading.account))
    .toSorted(([a], [b]) => ((a?.account ?? '') < (b?.account ?? '') ? -1 : 1));
  if (own.length === 0) return;
  const lines = own.slice(0, LISTED_ACCOUNTS).map((readings) => {
    const reasons = [...new Set(readings.flatMap(({ reason }) => reason ?? []))].join('; ');
    const words = {
      account: readings[0]?.account ?? '',
      count: readings.length,
      reasons,
      explained: reasons === '' ? 'no' : 'yes',
    };
    return { text: 'notice-readings-account', words };
  });
  const { state } = first;
  const numbers = own.map(([reading]) => reading?.account ?? '').join(',');
  const words = { accounts: numbers, lines, accountCount: own.length, more: own.length - lines.length };
  const again: NoticeDoor[] = state === 'refused' ? [{ label: 'button-readings', dialog: 'readings' }] : [];
  const doors: NoticeDoor[] = [...again, { label: 'button-my-readings', dialog: 'my-readings' }];
  const signedOut = { text: `notice-readings-${state}-signed-out`, doors: [LOGIN] };
  const key = `readings-${state}/many/${residentId}/${now.toISOString()}`;
  await tellResident(
    trx,
    residentId,
    { signedIn: { text: `notice-readings-${state}-many`, words, doors }, signedOut, key, daytime: true },
    now,
  );
}

/** The resident who handed them in, while the account is linked and the phone confirmed. */
async function tellHolder(trx: Trx, first: AnsweredReading, readings: readonly AnsweredReading[], now: Date): Promise<void> {
  const { account, residentId, state } = first;
  if (residentId === null) return;
  const link = await findLinkTo(trx, residentId, account);
  const resident = await findResident(trx, residentId);
  if (!link || !resident?.phone) return;
  const words = { account, lines: readings.map(line), count: readings.length };
  const doors = doorsOf(state, link.id);
  await tellResident(
    trx,
    residentId,
    {
      signedIn: { text: `notice-readings-${state}`, words, doors },
      signedOut: { text: `notice-readings-${state}-signed-out`, doors: [LOGIN] },
      key: keyOf(first, now),
      account,
      daytime: true,
    },
    now,
  );
}

/** A guest knows the account by its number and no more: neither its meters' numbers nor its link. */
async function tellGuest(trx: Trx, first: AnsweredReading, readings: readonly AnsweredReading[], now: Date): Promise<void> {
  const { account, submittedBy, state } = first;
  const words = { account, lines: readings.map(line), count: readings.length };
  const doors: NoticeDoor[] = state === 'refused' ? [{ label: 'button-readings', dialog: 'readings', ref: 'other' }] : [];
  const to = submittedBy as MessengerId;
  await postNotice(
    trx,
    { to, text: `notice-readings-${state}`, words, doors, key: `${keyOf(first, now)}/${to}`, daytime: true },
    now,
  );
}

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };

function doorsOf(state: ReadingResult, link: string): NoticeDoor[] {
  const seen: NoticeDoor = { label: 'button-my-readings', dialog: 'my-readings', ref: link };
  return state === 'refused' ? [{ label: 'button-readings', dialog: 'readings', ref: link }, seen] : [seen];
}

function line({ service, scale, reason }: AnsweredReading): { text: string; words: NoticeArgs } {
  const zoned = scale === '' ? 'no' : 'yes';
  return {
    text: 'notice-reading',
    words: { service, scale, zoned, explained: reason === null ? 'no' : 'yes', reason: reason ?? '' },
  };
}

/** Once an import: what billing says next of the same readings is news again. */
function keyOf({ account, state, id }: AnsweredReading, now: Date): string {
  return `readings-${state}/${account}/${id}/${now.toISOString()}`;
}

async function tellStaff(trx: Trx, refused: ReadonlyMap<string, readonly AnsweredReading[]>, now: Date): Promise<void> {
  const accounts = [...refused.entries()];
  for (const [account, readings] of accounts.slice(0, TOLD_ONE_BY_ONE)) {
    const reasons = [...new Set(readings.map(({ reason }) => reason).filter((reason) => reason !== null))];
    const why = reasons.join('; ') || 'причина не указана';
    await escalate(trx, { kind: 'reading-refused', key: account, account, readings: readings.length, reasons: why }, now);
  }
  const rest = accounts.length - TOLD_ONE_BY_ONE;
  if (rest > 0) await escalate(trx, { kind: 'readings-refused-more', accounts: rest }, now);
}
