import { groupBy } from '../../domain/group-by.ts';
import { formatMeasured } from '../../domain/meter-unit.ts';
import { monthsMeant } from '../../domain/said-months.ts';
import type { Office } from '../../office/office.ts';
import type { OwnReading, ScaleUse } from '../../office/readings/own-readings.ts';
import type { Dialog, Door, Phrase } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { sayGuestAccountGone } from '../steps/guest-account.ts';
import { meterAccount, refOf } from '../steps/meter-account.ts';
import { meterWords, valueWords } from '../steps/meter-words.ts';
import { monthRef, readMonthRef, readSaidRef } from '../../domain/door-refs.ts';
import { monthOfNothing } from '../steps/month-of-nothing.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Мои показания»: what was handed in for an account, window by window from the newest, by whom, and how far each reading has come. */
export const myReadings: Dialog<Office> = async (scene, ref) => {
  const { show, office } = scene;
  const said = readSaidRef(ref);
  const { link, months } = readMonthRef(said ? '' : ref);
  const account = await meterAccount(scene, link, 'my-readings-which-account');
  if (!account) return;
  const handIn: Door = { label: 'button-readings', dialog: 'readings', ref: refOf(account) };
  let listed = await office.ownReadings.list(account, months[0]);
  const meant = said && listed.outcome === 'listed' ? monthsMeant(said, listed.month).from : undefined;
  if (meant !== undefined) listed = await office.ownReadings.list(account, meant);
  switch (listed.outcome) {
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, listed.outcome);
    case 'gone':
      return 'link' in account ? turnAway(scene, listed.outcome) : sayGuestAccountGone(scene, 'readings');
    case 'none':
      return show('my-readings-none', accountWords(listed.title), [handIn]);
    case 'listed': {
      const { title, month, earlier, later, readings, uses } = listed;
      const door = (label: string, to: typeof month | null): Door[] =>
        to === null ? [] : [{ label, dialog: 'my-readings', ref: monthRef(refOf(account), to), replaces: true }];
      const doors = [...door('button-earlier', earlier), ...door('button-later', later)];
      const words = {
        ...accountWords(title),
        ...monthOfNothing(meant, month),
        period: month,
        lines: linesOf(readings),
        used: uses.length,
        uses: uses.map(useLine),
      };
      return show('my-readings', words, [...(doors.length > 0 ? [doors] : []), handIn]);
    }
  }
};

/** Each reading a line; those that came the same way and as far are told of together, so that the way is told once. */
function linesOf(readings: readonly OwnReading[]): Phrase[] {
  const groups = groupBy(readings, ({ day, by, state, reason }) => JSON.stringify([day, by, state, reason]));
  return [...groups.values()].flatMap((group) => [...group.map(line), ...group.slice(0, 1).map((one) => way(one, group.length))]);
}

function line(reading: OwnReading): Phrase {
  const words = valueWords(reading, reading.value, reading.used);
  return { text: 'my-readings-line', words: { ...meterWords(reading), ...words } };
}

/** `7,048 м³ (11.2026) · 6,5 м³ (10.2026)`, as on a bill. */
function useLine(use: ScaleUse): Phrase {
  const months = use.months.map(
    ({ period, used }) => `${formatMeasured(used, use.service)} (${period.slice(5)}.${period.slice(0, 4)})`,
  );
  return { text: 'my-readings-use', words: { ...meterWords(use), months: months.join(' · ') } };
}

function way({ day, by, state, reason }: OwnReading, count: number): Phrase {
  const why = { explained: reason !== null, reason: reason ?? '' };
  return { text: 'my-readings-way', words: { day, by, state, count, ...why } };
}
