import { DAY_MS, later } from '../../domain/durations.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { byScale, maskMeterNumber, sameScale } from '../../domain/meter-scale.ts';
import { type Period, periodOf } from '../../domain/period.ts';
import { readDecimal, type Thousandths } from '../../domain/reading.ts';
import { usesByMonth } from '../../domain/usual-use.ts';
import type { Db, Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { listMeterValues } from '../../records/meter-values.ts';
import { listMeters } from '../../records/meters.ts';
import { insertReadingPhoto, countReadingPhotos, deletePhotosOf, listReadingsOfPhoto } from '../../records/reading-photos.ts';
import {
  updateReadingsSubmitterGone,
  listReadings,
  listReadingsBy,
  RESIDENT,
  type Reading,
  type ReadingState,
} from '../../records/readings.ts';
import { updatePhotosForgotten } from '../../records/request-wiping.ts';
import { admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OnConsentWithdrawn } from '../identity/consents.ts';
import type { OfficeEdges } from '../edges.ts';
import { openGuestAccount } from '../accounts/guest-accounts.ts';
import { idempotent } from '../idempotent.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';
import { countPhoto, type EnoughToday, isPhotoCounted, refusesPhoto, type Silenced } from '../requests/refusals.ts';
import { lockPerson, type Person } from '../requests/requester.ts';
import type { MeterAccount } from './readings.ts';

/** A reading that was handed in, with its way: by whom, and how far it has come. */
export type OwnReading = {
  number: string;
  scale: string;
  service: string;
  value: Thousandths;
  /** Since the value that it was held against; null where none was known, or it was higher. */
  used: Thousandths | null;
  day: LocalDay;
  /** `you-as-guest`: this messenger account, before the account was linked. */
  by: 'you' | 'resident' | 'you-as-guest' | 'guest';
  /** `unchecked`: a guest's that waits; `not-needed`: a guest's beside which a resident of the account handed in. */
  state: ReadingState | 'unchecked' | 'not-needed';
  reason: string | null;
};

/** How much one scale used, month by month from the newest. */
export type ScaleUse = { number: string; scale: string; service: string; months: { period: Period; used: Thousandths }[] };

/** A reading to which a photo may be attached. */
export type RecentReading = {
  reading: string;
  account: string;
  number: string;
  scale: string;
  service: string;
  value: Thousandths;
};

/** `unique`: the same for the same picture, whoever asks. */
type SentPhoto = { file: string; unique: string };
type PhotoKept = { outcome: 'added' } | { outcome: 'enough' } | Silenced | EnoughToday;

/** Two years of windows can be turned through. */
const SHOWN_DAYS = 2 * 366;
/** So many months of what was used are shown. */
const USE_MONTHS = 6;
/** For so long after it was handed in a photo may be attached. */
const PHOTO_MS = 7 * DAY_MS;
const MOST_PHOTOS = 5;

export type OwnReadings = ReturnType<typeof createOwnReadings>;

/** «Мои показания»: what was handed in for an account, and photographs of its meters. */
export function createOwnReadings(edges: Pick<OfficeEdges, 'db' | 'clock' | 'settings' | 'centre'>) {
  const { db, clock, settings, centre } = edges;

  async function readingsOf(
    caller: Caller,
    account: MeterAccount,
  ): Promise<NotAdmitted | Gone | { title: AccountTitle; rows: Reading[]; residentId: string | null }> {
    const since = addDays(localDay(clock(), settings.timeZone), -SHOWN_DAYS);
    if ('guestAccount' in account) {
      const opened = await openGuestAccount(db, caller, account.guestAccount, clock());
      if (!opened) return { outcome: 'gone' };
      const rows = await listReadings(db, opened.account, since);
      const title = { account: opened.account, name: null, closed: opened.closed };
      return { title, rows: rows.filter(({ submittedBy }) => submittedBy === caller.messengerId), residentId: null };
    }
    const own = await ownAccount(db, caller, account.link, clock());
    if ('outcome' in own) return own;
    return { title: titleOf(own), rows: await listReadings(db, own.account, since), residentId: own.residentId };
  }

  /** The newest months of each scale that the account has now, by what billing had and what residents handed in. */
  async function usesOf(account: string, rows: readonly Reading[]): Promise<ScaleUse[]> {
    const values = await listMeterValues(db, account, addDays(localDay(clock(), settings.timeZone), -SHOWN_DAYS));
    const known = rows.filter(({ submittedBy, state }) => submittedBy === RESIDENT && state !== 'refused');
    return (await listMeters(db, account)).toSorted(byScale(centre.meterZones)).flatMap(({ number, scale, service }) => {
      const past = [...values, ...known].filter((row) => sameScale(row, { number, scale }));
      const months = usesByMonth(past.map(({ day, value }) => ({ day, value: readDecimal(value) }))).slice(0, USE_MONTHS);
      // Of one month its reading says it.
      return months.length < 2 ? [] : [{ number, scale, service, months }];
    });
  }

  return {
    /**
     * What was handed in within the window of one month: the newest that has any, or the one that was asked for; and the months with
     * readings before and after it. Residents of the account see all that was handed in for it, a guest only own ones.
     */
    async list(
      caller: Caller,
      account: MeterAccount,
      month?: Period,
    ): Promise<
      | NotAdmitted
      | Gone
      | { outcome: 'none'; title: AccountTitle }
      | {
          outcome: 'listed';
          title: AccountTitle;
          month: Period;
          earlier: Period | null;
          later: Period | null;
          readings: OwnReading[];
          uses: ScaleUse[];
        }
    > {
      const found = await readingsOf(caller, account);
      if ('outcome' in found) return found;
      const { title, rows, residentId } = found;
      const months = [...new Set(rows.map(monthOf))];
      const at = Math.max(0, month === undefined ? 0 : months.indexOf(month));
      const shown = months[at];
      if (shown === undefined) return { outcome: 'none', title };
      const inWindow = rows.filter((row) => monthOf(row) === shown);
      return {
        outcome: 'listed',
        title,
        month: shown,
        earlier: months[at + 1] ?? null,
        later: months[at - 1] ?? null,
        readings: inWindow
          .toSorted(byScale(centre.meterZones))
          .map((row) => shownReading(row, inWindow, residentId, caller))
          .map((reading) => ('link' in account ? reading : { ...reading, number: maskMeterNumber(reading.number) })),
        // A guest reads nothing of what billing knows.
        uses: 'link' in account ? await usesOf(title.account, rows) : [],
      };
    },

    /** What the caller handed in lately, newest first: to these a photo may be attached. */
    async recent(caller: Caller): Promise<RecentReading[]> {
      return (await recentOf(db, caller)).map(({ id, account, number, scale, service, value, submittedBy }) => ({
        reading: id,
        account,
        number: submittedBy === RESIDENT ? number : maskMeterNumber(number),
        scale,
        service,
        value: readDecimal(value),
      }));
    },

    /** Keeps a photo with a reading, for staff, who hear of it as of any message; the same picture once. The reading stands without it, too. */
    async addPhoto(caller: Caller, reading: string, photo: SentPhoto): Promise<PhotoKept | Gone> {
      return idempotent(edges, caller, 'ownReadings.addPhoto', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const own = (await recentOf(trx, caller)).find(({ id }) => id === reading);
        if (!own) return { outcome: 'gone' } as const;
        return keepPhoto(trx, person, own.id, photo, now);
      });
    },

    /**
     * Keeps a photo where the first one of its album stands, of which `first` is the picture's name: with each of these readings that has room.
     * `gone`: it stands with none of the caller's of late.
     */
    async addToAlbum(caller: Caller, first: string, photo: SentPhoto): Promise<PhotoKept | Gone> {
      return idempotent(edges, caller, 'ownReadings.addToAlbum', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const readings = new Set(await listReadingsOfPhoto(trx, { messengerId: caller.messengerId, uniqueFile: first }));
        const own = (await recentOf(trx, caller)).filter(({ id }) => readings.has(id));
        const kept: PhotoKept[] = [];
        for (const { id } of own) kept.push(await keepPhoto(trx, person, id, photo, now));
        return kept.find(({ outcome }) => outcome === 'added') ?? kept[0] ?? ({ outcome: 'gone' } as const);
      });
    },
  };

  async function keepPhoto(
    trx: Trx,
    person: Person,
    readingId: string,
    { file, unique }: SentPhoto,
    now: Date,
  ): Promise<PhotoKept> {
    if ((await countReadingPhotos(trx, readingId)) >= MOST_PHOTOS) return { outcome: 'enough' };
    const counted = await isPhotoCounted(trx, person, unique, now);
    const refused = await refusesPhoto(trx, person, counted, now);
    if (refused) return refused;
    const { messengerId } = person;
    const added = await insertReadingPhoto(trx, { readingId, file, uniqueFile: unique, messengerId, addedAt: now });
    if (added && !counted) await countPhoto(trx, person, now);
    return { outcome: 'added' };
  }

  async function recentOf(from: Db | Trx, caller: Caller): Promise<Reading[]> {
    const now = clock();
    const admitted = await admitWithAccounts(from, caller, now);
    const [residentId, linked] = 'outcome' in admitted ? [null, []] : [admitted.residentId, admitted.accounts];
    const recent = await listReadingsBy(from, { residentId, messengerId: caller.messengerId }, later(now, -PHOTO_MS));
    // Readings for an account that is no longer linked are not shown any more.
    return recent.filter(
      ({ submittedBy, account }) => submittedBy !== RESIDENT || linked.some((each) => each.account === account),
    );
  }
}

const monthOf = ({ windowOpens }: Reading): Period => periodOf(windowOpens);

function shownReading(row: Reading, inWindow: readonly Reading[], residentId: string | null, caller: Caller): OwnReading {
  const { number, scale, service, value, previousValue, day, submittedBy, state, reason } = row;
  const used = previousValue === null ? null : readDecimal(value) - readDecimal(previousValue);
  const guest = submittedBy !== RESIDENT;
  const beside = inWindow.some((other) => other.submittedBy === RESIDENT && sameScale(other, row));
  const waiting = beside ? 'not-needed' : 'unchecked';
  const mine = guest ? submittedBy === caller.messengerId : residentId !== null && row.residentId === residentId;
  return {
    number,
    scale,
    service,
    value: readDecimal(value),
    used: used !== null && used < 0 ? null : used,
    day,
    by: guest ? (mine ? 'you-as-guest' : 'guest') : mine ? 'you' : 'resident',
    state: guest && state === 'taken' ? waiting : state,
    reason,
  };
}

/**
 * What goes with a resident who withdraws the consent: the photographs, and who handed the readings in. The readings themselves stay with the
 * account: they are what its charges are reckoned from.
 */
export const forgetReadingsOfSubmitter: OnConsentWithdrawn = async (trx, { residentId, messengerIds, now }) => {
  for (const { id, requestId } of await updatePhotosForgotten(trx, messengerIds, now))
    await insertDelivery(trx, { to: { staff: requestId }, kind: 'withdraw', messageId: id }, now);
  await deletePhotosOf(trx, residentId, messengerIds);
  await updateReadingsSubmitterGone(trx, messengerIds);
};
