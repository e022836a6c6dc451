import { type LocalDay, localDay } from '../../domain/local-day.ts';
import { type MeterZone, sameScale } from '../../domain/meter-scale.ts';
import { judgeReading, type Thousandths, type TypedReading, writeThousandths } from '../../domain/reading.ts';
import { type WindowDays, windowBefore, windowOn } from '../../domain/readings-window.ts';
import type { Db, Trx } from '../../records/database.ts';
import { listReadingsBy, lockReadingsOf, saveReading, RESIDENT } from '../../records/readings.ts';
import { admitWithAccounts, admitAndLock, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { openGuestAccount } from '../accounts/guest-accounts.ts';
import { againUntil, readRefused, scalesAgain } from './handing-in-again.ts';
import { readGuestSheet, readMeterSheet, type SheetScale } from './meter-sheet.ts';
import { idempotent } from '../idempotent.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';

/** For which account, and by what right: as a resident who has it linked, or as a guest who looked it up. */
export type MeterAccount = { link: string } | { guestAccount: string };

/**
 * A reading that somebody hands in. `sure`: it was asked again and confirmed. `seen`: what was handed in before, as it was shown
 * (nothing, where it is not told).
 */
export type HandedIn = TypedReading & { number: string; scale: string; sure: boolean; seen?: Thousandths | null };

/** Why no readings are taken for an account now. */
export type NoReadings =
  | NotAdmitted
  | Gone
  | { outcome: 'account-closed' | 'no-meters'; title: AccountTitle }
  | ({ outcome: 'window-closed'; title: AccountTitle } & WindowDays);

/** What another resident handed in while this one was answering. */
export type GivenMeanwhile = { number: string; scale: string; service: string; value: Thousandths };

/** `reading`: its id, by which a photo is put to it. */
export type TakenReading = { reading: string; number: string; scale: string; service: string; value: Thousandths };

/** Who hands in, and for what, once the right to do so is checked. */
type Submitter = { title: AccountTitle; submittedBy: string; residentId: string | null };

export type Readings = ReturnType<typeof createReadings>;

/** Section 4, «Readings»: what the meters of an account show, handed in within the window of a month. */
export function createReadings(edges: Pick<OfficeEdges, 'db' | 'clock' | 'settings' | 'centre'>) {
  const { db, clock, settings, centre } = edges;
  const rules = { ...settings, refusedReadingDays: centre.refusedReadingDays };

  function now(): { at: Date; today: LocalDay; window: WindowDays & { open: boolean } } {
    const at = clock();
    const today = localDay(at, settings.timeZone);
    return { at, today, window: windowOn(today, settings.readingsWindow) };
  }

  /** What is to be read now: all within the window; after it what billing has refused, for some days. */
  async function sheetFor(
    from: Db | Trx,
    submittedBy: Submitter,
  ): Promise<NoReadings | { scales: SheetScale[]; window: WindowDays }> {
    const { today, window } = now();
    const { title } = submittedBy;
    if (title.closed) return { outcome: 'account-closed', title };
    if (window.open) {
      const scales = await scalesOf(from, submittedBy, centre.meterZones, { today, window });
      return scales.length === 0 ? { outcome: 'no-meters', title } : { scales, window };
    }
    const again = await againFor(from, submittedBy, today);
    return again.scales.length === 0 ? { outcome: 'window-closed', title, opens: window.opens, closes: window.closes } : again;
  }

  /** What billing has refused in the last window, while it may be handed in again: until the day on which the first of it ends. */
  async function againFor(
    from: Db | Trx,
    submittedBy: Submitter,
    today: LocalDay,
  ): Promise<{ scales: SheetScale[]; window: WindowDays }> {
    const { account } = submittedBy.title;
    const found = await readRefused(from, { account, submittedBy: submittedBy.submittedBy }, today, rules);
    const window = { opens: found.past.opens, closes: found.until };
    if (found.refused.length === 0) return { scales: [], window };
    const scales = await scalesOf(from, submittedBy, centre.meterZones, { today, window });
    return { scales: scalesAgain(scales, found), window };
  }

  async function hasRefusedAsGuest(messengerId: string, today: LocalDay): Promise<boolean> {
    const past = windowBefore(today, settings.readingsWindow);
    const own = await listReadingsBy(db, { residentId: null, messengerId }, new Date(`${past.opens}T00:00:00Z`));
    const refused = own.filter((reading) => againUntil(reading, past, today, rules) !== undefined);
    for (const account of new Set(refused.map((reading) => reading.account))) {
      const title = { account, name: null, closed: false };
      const again = await againFor(db, { title, submittedBy: messengerId, residentId: null }, today);
      if (again.scales.length > 0) return true;
    }
    return false;
  }

  return {
    /** Whether readings are taken now, before anybody is asked for which account; the window of today or the next one. */
    async window(_caller: Caller): Promise<WindowDays & { open: boolean }> {
      return now().window;
    },

    /**
     * After the window: the accounts of the caller with readings that billing has refused and that may be handed in again; whether there are
     * such of the caller as a guest, who is to say the account's number anew.
     */
    async again(caller: Caller): Promise<{ accounts: (AccountTitle & { link: string })[]; asGuest: boolean }> {
      const { at, today, window } = now();
      if (window.open) return { accounts: [], asGuest: false };
      const asGuest = await hasRefusedAsGuest(caller.messengerId, today);
      const admitted = await admitWithAccounts(db, caller, at);
      if ('outcome' in admitted) return { accounts: [], asGuest };
      const accounts: (AccountTitle & { link: string })[] = [];
      for (const linked of admitted.accounts) {
        if (linked.closed) continue;
        const title = titleOf(linked);
        const { scales } = await againFor(db, { title, submittedBy: RESIDENT, residentId: admitted.residentId }, today);
        if (scales.length > 0) accounts.push({ ...title, link: linked.id });
      }
      return { accounts, asGuest };
    },

    /** The meters to read, in the order in which they are asked for. A guest sees own values only. */
    async open(
      caller: Caller,
      account: MeterAccount,
    ): Promise<NoReadings | { outcome: 'open'; title: AccountTitle; closes: LocalDay; scales: SheetScale[] }> {
      const submittedBy = await submitterOf(db, caller, account, clock());
      if ('outcome' in submittedBy) return submittedBy;
      const sheet = await sheetFor(db, submittedBy);
      if ('outcome' in sheet) return sheet;
      return { outcome: 'open', title: submittedBy.title, closes: sheet.window.closes, scales: sheet.scales };
    },

    /** While no readings are taken: the meters all the same, for what is written to staff about them. `open`: they are taken now. */
    async late(
      caller: Caller,
      account: MeterAccount,
    ): Promise<
      NoReadings | { outcome: 'open' } | { outcome: 'late'; title: AccountTitle; opens: LocalDay; scales: SheetScale[] }
    > {
      const submittedBy = await submitterOf(db, caller, account, clock());
      if ('outcome' in submittedBy) return submittedBy;
      const sheet = await sheetFor(db, submittedBy);
      if (!('outcome' in sheet)) return { outcome: 'open' };
      if (sheet.outcome !== 'window-closed') return sheet;
      const { today, window } = now();
      const { title } = submittedBy;
      const scales = await scalesOf(db, submittedBy, centre.meterZones, { today, window });
      return scales.length === 0 ? { outcome: 'no-meters', title } : { outcome: 'late', title, opens: window.opens, scales };
    },

    /**
     * Takes readings: all of them or none. One a scale, window and submitter, however often it comes; another value corrects it and goes
     * out again. `changed`: a meter is gone, or a value no longer fits what billing knows: to be asked again.
     * `given-meanwhile`: another resident of the account has handed in since they were shown; that value is not replaced unseen.
     */
    async take(
      caller: Caller,
      account: MeterAccount,
      readings: readonly HandedIn[],
    ): Promise<
      | NoReadings
      | { outcome: 'changed' }
      | { outcome: 'given-meanwhile'; given: GivenMeanwhile[] }
      | { outcome: 'taken'; title: AccountTitle; closes: LocalDay; taken: TakenReading[] }
    > {
      return idempotent(edges, caller, 'readings.take', async (trx) => {
        const { at, today } = now();
        if ('link' in account) {
          const admitted = await admitAndLock(trx, caller, at);
          if ('outcome' in admitted) return admitted;
        }
        const submittedBy = await submitterOf(trx, caller, account, at);
        if ('outcome' in submittedBy) return submittedBy;
        const { title } = submittedBy;
        await lockReadingsOf(trx, title.account);
        const sheet = await sheetFor(trx, submittedBy);
        if ('outcome' in sheet) return sheet;
        const { scales, window } = sheet;

        const fitting = readings.map((reading) => ({ reading, scale: fits(reading, scales) }));
        const given = fitting.flatMap(({ reading, scale }) => (scale ? givenMeanwhile(reading, scale) : []));
        if (given.length > 0) return { outcome: 'given-meanwhile', given } as const;
        const taken: TakenReading[] = [];
        if (fitting.some(({ scale }) => !scale)) return { outcome: 'changed' } as const;
        for (const { reading, scale } of fitting) {
          if (!scale) continue;
          const { number, service } = scale;
          const id = await saveReading(trx, rowOf(reading, scale, submittedBy, { at, today, window }));
          taken.push({ reading: id, number, scale: scale.scale, service, value: reading.value });
        }
        return { outcome: 'taken', title, closes: window.closes, taken } as const;
      });
    },
  };
}

/** The caller's right to hand in for an account, as it is at this moment. */
async function submitterOf(
  db: Db | Trx,
  caller: Caller,
  account: MeterAccount,
  at: Date,
): Promise<NotAdmitted | Gone | Submitter> {
  if ('guestAccount' in account) {
    const opened = await openGuestAccount(db, caller, account.guestAccount, at);
    if (!opened) return { outcome: 'gone' };
    return {
      title: { account: opened.account, name: null, closed: opened.closed },
      submittedBy: caller.messengerId,
      residentId: null,
    };
  }
  const own = await ownAccount(db, caller, account.link, at);
  return 'outcome' in own ? own : { title: titleOf(own), submittedBy: RESIDENT, residentId: own.residentId };
}

function scalesOf(
  db: Db | Trx,
  { title, submittedBy, residentId }: Submitter,
  zones: readonly MeterZone[],
  { today, window }: { today: LocalDay; window: WindowDays },
): Promise<SheetScale[]> {
  const { account } = title;
  if (submittedBy !== RESIDENT) return readGuestSheet(db, { account, submittedBy, zones }, window);
  return readMeterSheet(db, { account, residentId, zones }, today, window);
}

/** What another resident handed in that is neither what was shown nor the same. */
function givenMeanwhile({ value, seen }: HandedIn, scale: SheetScale): GivenMeanwhile[] {
  const { given, givenByOther, number, service } = scale;
  if (given === null || !givenByOther || given === seen || given === value) return [];
  return [{ number, scale: scale.scale, service, value: given }];
}

/** The scale that a reading is of; undefined when there is none, or the reading may not be taken without asking. */
function fits(reading: HandedIn, sheet: readonly SheetScale[]): SheetScale | undefined {
  const scale = sheet.find((each) => sameScale(each, reading));
  if (!scale) return undefined;
  const { verdict } = judgeReading(reading, { ...scale, last: scale.last?.value ?? null });
  if (verdict === 'fits') return scale;
  return reading.sure && (verdict === 'high' || verdict === 'rollover') ? scale : undefined;
}

function rowOf(
  { value }: HandedIn,
  { number, scale, service, last }: SheetScale,
  { title, submittedBy, residentId }: Submitter,
  { at, today, window }: { at: Date; today: LocalDay; window: WindowDays },
) {
  return {
    account: title.account,
    number,
    scale,
    service,
    windowOpens: window.opens,
    submittedBy,
    residentId,
    value: writeThousandths(value),
    day: today,
    takenAt: at,
    previousValue: last && writeThousandths(last.value),
    previousDay: last && last.day,
  };
}
