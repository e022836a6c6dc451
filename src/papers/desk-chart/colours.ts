import type { Fate } from '../../domain/desk-chart.ts';
import { COLOURS } from '../chart/look.ts';

/** Distinct for colour-blind readers (red and green), too. */
export const FATE_COLOURS: Readonly<Record<Fate, string>> = {
  'in-time': COLOURS.groups[0],
  late: COLOURS.groups[1],
  unanswered: COLOURS.groups[3],
  waiting: COLOURS.others,
};
