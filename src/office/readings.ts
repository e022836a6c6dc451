import { type LocalDay, localDay } from '../domain/local-day.ts';
import { sameScale } from '../domain/meter-scale.ts';
import { judgeReading, type Thousandths, type TypedReading, writeDecimal } from '../domain/reading.ts';
import { type WindowDays, windowOn } from '../domain/readings-window.ts';
import type { Db, Trx } from '../records/database.ts';
import { lockReadingsOf, putReading, RESIDENT } from '../records/readings.ts';
import { admitAndKeep, type NotAdmitted } from './admission.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';
import { openGuestAccount } from './guest-accounts.ts';
import { readGuestSheet, readMeterSheet, type SheetScale } from './meter-sheet.ts';
import { once } from './once.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from './own-account.ts';

/** For which account, and by what right: as a resident who has it linked, or as a guest who looked it up. */
export type MeterAccount = { link: string } | { guestAccount: string };

/** A reading that somebody hands in. `sure`: he was asked again and said that it is right. */
export type HandedIn = TypedReading & { number: string; scale: string; sure: boolean };

/** Why no readings are taken for an account now. */
export type NoReadings =
  | NotAdmitted
  | Gone
  | { outcome: 'account-closed' | 'no-meters'; title: AccountTitle }
  | ({ outcome: 'window-closed'; title: AccountTitle } & WindowDays);

export type TakenReading = { number: string; scale: string; service: string; value: Thousandths };

/** Who hands in, and for what, once his right to it is checked. */
type Giver = { title: AccountTitle; giver: string; residentId: string | null };

export type Readings = ReturnType<typeof createReadings>;

/** Section 4, «Readings»: what the meters of an account show, handed in within the window of a month. */
export function createReadings(edges: Pick<OfficeEdges, 'db' | 'clock' | 'settings'>) {
  const { db, clock, settings } = edges;

  function now(): { at: Date; today: LocalDay; window: WindowDays & { open: boolean } } {
    const at = clock();
    const today = localDay(at, settings.timeZone);
    return { at, today, window: windowOn(today, settings.readingsWindow) };
  }

  return {
    /** Whether readings are taken now, before anybody is asked for which account; the window of today or the next one. */
    async window(_caller: Caller): Promise<WindowDays & { open: boolean }> {
      return now().window;
    },

    /** The meters to read, in the order in which they are asked for. A guest sees no values but his own. */
    async open(
      caller: Caller,
      account: MeterAccount,
    ): Promise<NoReadings | { outcome: 'open'; title: AccountTitle; closes: LocalDay; scales: SheetScale[] }> {
      const { at, today, window } = now();
      const giver = await giverOf(db, caller, account, at);
      if ('outcome' in giver) return giver;
      const sheet = await sheetFor(db, giver, today, window);
      return 'outcome' in sheet ? sheet : { outcome: 'open', title: giver.title, closes: window.closes, scales: sheet };
    },

    /**
     * Takes readings: all of them or none. One a scale, window and giver, however often it comes; another value corrects it and goes
     * out anew. `changed`: a meter is not there any more, or a value does not fit what billing knows by now: to be asked anew.
     */
    async take(
      caller: Caller,
      account: MeterAccount,
      readings: readonly HandedIn[],
    ): Promise<
      NoReadings | { outcome: 'changed' } | { outcome: 'taken'; title: AccountTitle; closes: LocalDay; taken: TakenReading[] }
    > {
      return once(edges, caller, 'readings.take', async (trx) => {
        const { at, today, window } = now();
        if ('link' in account) {
          const admitted = await admitAndKeep(trx, caller, at);
          if ('outcome' in admitted) return admitted;
        }
        const giver = await giverOf(trx, caller, account, at);
        if ('outcome' in giver) return giver;
        const { title } = giver;
        await lockReadingsOf(trx, title.account);
        const sheet = await sheetFor(trx, giver, today, window);
        if ('outcome' in sheet) return sheet;

        const fitting = readings.map((reading) => ({ reading, scale: fits(reading, sheet) }));
        const taken: TakenReading[] = [];
        for (const { reading, scale } of fitting) {
          if (!scale) return { outcome: 'changed' } as const;
          const { number, service } = scale;
          taken.push({ number, scale: scale.scale, service, value: reading.value });
        }
        for (const { reading, scale } of fitting) {
          if (scale) await putReading(trx, rowOf(reading, scale, giver, { at, today, window }));
        }
        return { outcome: 'taken', title, closes: window.closes, taken } as const;
      });
    },
  };
}

/** The caller's right to hand in for an account, as it is at this moment. */
async function giverOf(db: Db | Trx, caller: Caller, account: MeterAccount, at: Date): Promise<NotAdmitted | Gone | Giver> {
  if ('guestAccount' in account) {
    const opened = await openGuestAccount(db, caller, account.guestAccount, at);
    if (!opened) return { outcome: 'gone' };
    return { title: { account: opened.account, name: null, closed: opened.closed }, giver: caller.messengerId, residentId: null };
  }
  const own = await ownAccount(db, caller, account.link, at);
  return 'outcome' in own ? own : { title: titleOf(own), giver: RESIDENT, residentId: own.resident_id };
}

async function sheetFor(
  db: Db | Trx,
  { title, giver }: Giver,
  today: LocalDay,
  window: WindowDays & { open: boolean },
): Promise<SheetScale[] | NoReadings> {
  if (title.closed) return { outcome: 'account-closed', title };
  if (!window.open) return { outcome: 'window-closed', title, opens: window.opens, closes: window.closes };
  const sheet =
    giver === RESIDENT
      ? await readMeterSheet(db, title.account, today, window)
      : await readGuestSheet(db, title.account, giver, window);
  return sheet.length === 0 ? { outcome: 'no-meters', title } : sheet;
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
  { title, giver, residentId }: Giver,
  { at, today, window }: { at: Date; today: LocalDay; window: WindowDays },
) {
  return {
    account: title.account,
    number,
    scale,
    service,
    window_opens: window.opens,
    giver,
    resident_id: residentId,
    value: writeDecimal(value),
    day: today,
    taken_at: at,
    previous_value: last && writeDecimal(last.value),
    previous_day: last && last.day,
  };
}
