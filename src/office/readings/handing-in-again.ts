import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { sameScale } from '../../domain/meter-scale.ts';
import { type ReadingsWindow, type WindowDays, windowBefore, windowOn } from '../../domain/readings-window.ts';
import { findAccount } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';
import { listMeters } from '../../records/meters.ts';
import { listReadings, type Reading } from '../../records/readings.ts';

/** What billing refused may be handed in again: within a window like any other, and for so many days after the refusal. */
export type AgainRules = { timeZone: string; readingsWindow: ReadingsWindow; refusedReadingDays: number };

/** Where nobody says otherwise: what the settings and `CENTRE_FILE` are without a word. */
export const USUAL_AGAIN_RULES = { readingsWindow: { from: 20, to: 25 }, refusedReadingDays: 5 } as const;

/** Readings of the last year tell which meters were there. */
const PAST_DAYS = 366;

/** The last window with what was refused in it and may be handed in again, or was and may be corrected; `until`: on which day the first of these ends. */
export type RefusedReadings = { past: WindowDays; until: LocalDay; refused: Reading[]; all: Reading[] };

/** Of one submitter (residents speak as one), after the window. */
export async function readRefused(
  db: Db,
  { account, submittedBy }: { account: string; submittedBy: string },
  today: LocalDay,
  rules: AgainRules,
): Promise<RefusedReadings> {
  const past = windowBefore(today, rules.readingsWindow);
  const all = await listReadings(db, account, addDays(past.opens, -PAST_DAYS));
  const found = all.flatMap((reading) => {
    const until = reading.submittedBy === submittedBy ? againUntil(reading, past, today, rules) : undefined;
    return until === undefined ? [] : [{ reading, until }];
  });
  const until = found.map((each) => each.until).toSorted()[0] ?? past.closes;
  return { past, until, refused: found.map(({ reading }) => reading), all };
}

/** Until which day a reading may be handed in again after its window, or corrected where it was; undefined: it may not. */
export function againUntil(
  { refusedAt, state, windowOpens, day }: Reading,
  past: WindowDays,
  today: LocalDay,
  { timeZone, refusedReadingDays }: AgainRules,
): LocalDay | undefined {
  if (windowOpens !== past.opens || refusedAt === null) return undefined;
  if (state !== 'refused' && day <= past.closes) return undefined;
  const until = addDays(localDay(refusedAt, timeZone), refusedReadingDays);
  return until >= today ? until : undefined;
}

type HandedInScale = { number: string; scale: string; service: string };

/**
 * Of these scales those that were refused; where one is there no more, its meter was replaced, and those of the same service take its place of which
 * nobody had handed in by the end of that window.
 */
export function scalesAgain<S extends HandedInScale>(scales: readonly S[], { refused, past, all }: RefusedReadings): S[] {
  const gone = refused.filter((reading) => !scales.some((scale) => sameScale(reading, scale)));
  const isNew = (scale: HandedInScale) => !all.some((reading) => sameScale(reading, scale) && reading.day <= past.closes);
  return scales.filter(
    (scale) =>
      refused.some((reading) => sameScale(reading, scale)) ||
      (gone.some(({ service }) => service === scale.service) && isNew(scale)),
  );
}

/** Whether any of these, which billing has just refused, may come again at this moment, as they are or by the meter that is there instead. */
export async function mayComeAgain(
  db: Db,
  account: string,
  refused: readonly (HandedInScale & { submittedBy: string })[],
  now: Date,
  rules: AgainRules,
): Promise<boolean> {
  if ((await findAccount(db, account))?.closed !== false) return false;
  const scales = await listMeters(db, account);
  const today = localDay(now, rules.timeZone);
  if (windowOn(today, rules.readingsWindow).open)
    return scales.some((scale) => refused.some((reading) => sameScale(reading, scale) || reading.service === scale.service));
  const submittedBy = refused[0]?.submittedBy ?? '';
  return scalesAgain(scales, await readRefused(db, { account, submittedBy }, today, rules)).length > 0;
}
