import { createOwnReadings } from '../../../src/office/readings/own-readings.ts';
import type { HandedIn } from '../../../src/office/readings/readings.ts';
import { createReadings } from '../../../src/office/readings/readings.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** A reading as it was typed. */
export const typed = (number: string, value: number, more: Partial<HandedIn> = {}): HandedIn => ({
  number,
  scale: '',
  value: Math.round(value * 1000),
  digits: String(Math.floor(value)).length,
  whole: false,
  sure: false,
  ...more,
});

/** The town of linking on 20 November 2026, the first day of the window, with meters: person 1 has linked `0012345`. */
export async function openMeters() {
  const town = await openTown();
  const edges = { ...town.edges, settings: OFFICE_SETTINGS };
  const readings = createReadings(edges);
  const ownReadings = createOwnReadings(edges);
  await town.resident(1);
  await town.account('0012345', [['2026-10-12', 1_234_56]]);
  const link = await town.link(1, '0012345', { sum: 1_234_56 });
  const mine = { link };

  async function meter(
    number: string,
    more: Partial<{
      account: string;
      service: string;
      scale: string;
      digits: number | null;
      verificationDue: string;
      value: string | null;
      valueDay: string | null;
    }> = {},
  ): Promise<void> {
    const row = {
      account: '0012345',
      number,
      service: 'Холодное водоснабжение',
      digits: 5,
      value: '100.5',
      valueDay: '2026-10-21',
    };
    await make.meter(town.db, { ...row, ...more });
  }

  return {
    ...town,
    edges,
    readings,
    ownReadings,
    mine,
    meter,
    rows: () =>
      town.db
        .selectFrom('readings')
        .select(['number', 'scale', 'value', 'submittedBy', 'state'])
        .orderBy('number')
        .orderBy('scale')
        .orderBy('submittedBy')
        .execute(),
    /** The registry of meters brought a new value. */
    async billed(number: string, value: string, day: string): Promise<void> {
      await town.db.updateTable('meters').set({ value, valueDay: day }).where('number', '=', number).execute();
    },
    async scale(number: string, scale = '') {
      const opened = await readings.open(town.by(1), mine);
      if (opened.outcome !== 'open') throw new Error(opened.outcome);
      const found = opened.scales.find((each) => each.number === number && each.scale === scale);
      if (!found) throw new Error(`${number} is not on the sheet`);
      return found;
    },
    take: (...handed: HandedIn[]) => readings.take(town.by(1), mine, handed),
  };
}
