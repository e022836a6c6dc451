import { noticeKey } from '../../domain/notice-key.ts';
import { groupBy } from '../../domain/group-by.ts';
import { byScale, METER_ZONES, type MeterZone } from '../../domain/meter-scale.ts';
import { formatReading, readDecimal } from '../../domain/reading.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { listLinksTo } from '../../records/links.ts';
import { deleteNoticesAbout, type NoticeArgs } from '../../records/notices.ts';
import {
  type AnsweredReading,
  deleteToldAnswers,
  listAnsweredReadings,
  type ReadingResult,
  updateAnsweredReadings,
} from '../../records/reading-answers.ts';
import { listPhotosOfReadings } from '../../records/reading-photos.ts';
import { lockAllReadings, RESIDENT } from '../../records/readings.ts';
import { insertRequestMessage } from '../../records/request-messages.ts';
import { findResident } from '../../records/residents.ts';
import type { MessengerId } from '../caller.ts';
import { escalate } from '../escalations.ts';
import { type NoticeDoor, postNotice } from '../notices.ts';
import { silenceOf } from '../requests/refusals.ts';
import { tellResident } from '../tell-resident.ts';
import { type AgainRules, mayComeAgain, USUAL_AGAIN_RULES } from './handing-in-again.ts';

/** By what people are told of readings: whether a refused one may come again, and in which order zones stand. */
export type ReadingRules = AgainRules & { meterZones: readonly MeterZone[] };

/** Where nobody says otherwise: what the settings and `CENTRE_FILE` are without a word. */
export const USUAL_READING_RULES = { ...USUAL_AGAIN_RULES, meterZones: METER_ZONES } as const;

/** Staff are told of so many refused accounts one by one, of the rest in one sentence. */
const TOLD_ONE_BY_ONE = 10;

/**
 * What billing said of readings of one account that one submitter handed in. `again`: what it refused may be handed in again; `only`: the residents
 * and guests who are told, where the others were already.
 */
type Answered = { readings: readonly AnsweredReading[]; again: boolean; only: readonly string[] | undefined };

/**
 * Billing has answered: the state of each reading is what it says, those who have the account are told (by day; a guest of what was the guest's), and
 * staff are told of what was refused. An answer that changes nothing makes no notice, nor one
 * that comes again after an import that was undone, but to whoever was not told of it. What waits for the morning is judged as it is by then: an answer
 * that another one has overtaken is told to nobody.
 */
export async function applyReadingAnswers(trx: Trx, now: Date, rules: ReadingRules): Promise<void> {
  await lockAllReadings(trx);
  const changed = await updateAnsweredReadings(trx, now);
  const known = await deleteToldAnswers(trx, changed);
  const answered = changed.filter(({ id }) => !known.has(id)).toSorted(byScale(rules.meterZones));
  const refused = groupBy(
    answered.filter(({ state }) => state === 'refused'),
    ({ account }) => account,
  );
  await tellStaff(trx, refused, now);

  const untold = await withdrawAnswers(
    trx,
    changed.map(({ id }) => id),
  );
  for (const { id } of changed) untold.delete(id);
  const toTell = changed.filter(({ id }) => known.get(id)?.length !== 0);
  const others = await listAnsweredReadings(trx, [...untold.keys()]);
  await tell(trx, [...toTell, ...others], new Map([...known, ...untold]), now, rules);
}

/** By reading: the residents and guests who are to be told what billing said of it. */
type Untold = Map<string, readonly string[]>;

/**
 * Takes out of the line what waits to be told of these readings; of each of them, and of what one message told besides, those who have not heard it in
 * another messenger account either.
 */
export async function withdrawAnswers(trx: Trx, readings: readonly string[]): Promise<Untold> {
  const untold: Untold = new Map();
  for (const { isHeard, residentId, addressee, readings: ids } of await deleteNoticesAbout(trx, { readings }))
    if (!isHeard)
      for (const id of ids) untold.set(id, [...new Set([...(untold.get(id) ?? []), residentId ?? addressee])].toSorted());
  return untold;
}

/** Of readings whose notices were withdrawn as an import was undone: what was said of them before it, or what stays as it was, is told in their place. */
export async function tellAnswersAgain(trx: Trx, untold: Untold, now: Date, rules: ReadingRules): Promise<void> {
  await tell(trx, await listAnsweredReadings(trx, [...untold.keys()]), untold, now, rules);
}

/** To all who have the account, or to the guest who handed in; where `only` has the reading, to those alone. */
async function tell(
  trx: Trx,
  readingsToTell: readonly AnsweredReading[],
  only: ReadonlyMap<string, readonly string[]>,
  now: Date,
  rules: ReadingRules,
): Promise<void> {
  const told: Answered[] = [];
  const toTell = readingsToTell.toSorted(byScale(rules.meterZones));
  for (const readings of groupBy(toTell, ({ id, account, submittedBy, state }) =>
    [account, submittedBy, state, ...(only.get(id) ?? [])].join('/'),
  ).values()) {
    const [first] = readings;
    if (!first || first.submittedBy.startsWith('gone:')) continue;
    const again = first.state === 'refused' && (await mayComeAgain(trx, first.account, readings, now, rules));
    told.push({ readings, again, only: only.get(first.id) });
  }
  const isOfResidents = ({ readings: [first] }: Answered) => first?.submittedBy === RESIDENT;
  await tellHolders(trx, told.filter(isOfResidents), now);
  for (const each of told) if (!isOfResidents(each)) await tellGuest(trx, each, now);
}

/** What billing says of an account's readings is told to all who have it, whoever handed them in. */
async function tellHolders(trx: Trx, told: readonly Answered[], now: Date): Promise<void> {
  const accounts = [...new Set(told.map(({ readings: [first] }) => first?.account ?? ''))];
  const byResident = groupBy(await listLinksTo(trx, accounts), ({ residentId }) => residentId);
  for (const [residentId, links] of byResident) {
    if (!(await findResident(trx, residentId))?.phone) continue;
    for (const each of told) {
      const link = links.find(({ account }) => account === each.readings[0]?.account);
      if (link && isToTell(each, residentId)) await tellHolder(trx, residentId, { ...each, link: link.id }, now);
    }
  }
}

const isToTell = ({ only }: Answered, who: string): boolean => only === undefined || only.includes(who);

type OfAccount = Answered & { link: string };

async function tellHolder(trx: Trx, residentId: string, { link, readings, again }: OfAccount, now: Date): Promise<void> {
  const [first] = readings;
  if (!first) return;
  const { account, state } = first;
  const unseen = idsOf(readings);
  const words = { account, lines: readings.map(line), count: readings.length, ...unseen };
  await tellResident(
    trx,
    residentId,
    {
      signedIn: {
        text: textOf(state, again),
        words,
        doors: [
          ...nextAfter(state, again, { label: 'button-readings', dialog: 'readings', ref: link }),
          { label: 'button-my-readings', dialog: 'my-readings', ref: link },
        ],
      },
      signedOut: { text: `notice-readings-${state}-signed-out`, words: unseen, doors: [LOGIN] },
      key: keyOf(first, now),
      account,
      daytime: true,
    },
    now,
  );
}

/** A guest knows the account by its number and no more: neither its meters' numbers nor its link. */
async function tellGuest(trx: Trx, answered: Answered, now: Date): Promise<void> {
  const { readings, again } = answered;
  const [first] = readings;
  if (!first || !isToTell(answered, first.submittedBy)) return;
  const { account, submittedBy, state } = first;
  const words = { account, lines: readings.map(line), count: readings.length, ...idsOf(readings) };
  const doors = nextAfter(state, again, { label: 'button-readings', dialog: 'readings', ref: 'other' });
  const to = submittedBy as MessengerId;
  await postNotice(trx, { to, text: textOf(state, again), words, doors, key: `${keyOf(first, now)}/${to}`, daytime: true }, now);
}

/** Unseen: by these a notice is found while it waits, should billing say something else meanwhile. */
const idsOf = (readings: readonly AnsweredReading[]) => ({ readings: readings.map(({ id }) => id).join(',') });

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };

const textOf = (state: ReadingResult, again: boolean): string =>
  state === 'refused' && !again ? 'notice-readings-refused-late' : `notice-readings-${state}`;

/** What may be done about a refusal: handed in again by `door`, or, where that is not possible, written about. */
function nextAfter(state: ReadingResult, again: boolean, door: NoticeDoor): NoticeDoor[] {
  if (state !== 'refused') return [];
  return [again ? door : { label: 'button-write-us', dialog: 'request' }];
}

function line({ service, scale, reason }: AnsweredReading): { text: string; words: NoticeArgs } {
  const zoned = scale !== '';
  return {
    text: 'notice-reading',
    words: { service, scale, zoned, explained: reason !== null, reason: reason ?? '' },
  };
}

/** Once an import: what billing says next of the same readings is news again. */
function keyOf({ account, state, id }: AnsweredReading, now: Date): string {
  return noticeKey(`readings-${state}`, account, id, now.toISOString());
}

/** What residents sent of the meters stands below the card; of an escalation that goes on, each picture once. Of whom staff do not listen to, none. */
async function showPhotos(trx: Trx, requestId: string, readings: readonly AnsweredReading[], now: Date): Promise<void> {
  const photos = await listPhotosOfReadings(
    trx,
    readings.map(({ id }) => id),
  );
  for (const { id, file, uniqueFile, messengerId, residentId, number, value } of photos) {
    if (await silenceOf(trx, { messengerId: messengerId as MessengerId, residentId: residentId ?? undefined }, now)) continue;
    const messageId = await insertRequestMessage(trx, {
      requestId,
      side: 'resident',
      author: messengerId,
      authorName: null,
      source: `${messengerId}/photo-${id}`,
      album: null,
      repliesTo: null,
      kind: 'photo',
      words: `№ ${number}: ${formatReading(readDecimal(value))}`,
      file,
      fileName: null,
      fileKey: uniqueFile,
      at: now,
    });
    if (messageId !== undefined) await insertDelivery(trx, { to: { staff: requestId }, kind: 'relay', messageId }, now);
  }
}

async function tellStaff(trx: Trx, refused: ReadonlyMap<string, readonly AnsweredReading[]>, now: Date): Promise<void> {
  const accounts = [...refused.entries()];
  for (const [account, readings] of accounts.slice(0, TOLD_ONE_BY_ONE)) {
    const reasons = [...new Set(readings.map(({ reason }) => reason).filter((reason) => reason !== null))];
    const why = reasons.join('; ') || 'причина не указана';
    const asked = { kind: 'reading-refused', key: account, account, readings: readings.length, reasons: why } as const;
    const requestId = await escalate(trx, asked, now);
    await showPhotos(trx, requestId, readings, now);
  }
  const rest = accounts.length - TOLD_ONE_BY_ONE;
  if (rest > 0) await escalate(trx, { kind: 'readings-refused-more', accounts: rest }, now);
}
