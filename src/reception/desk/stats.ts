import { readStatsSpan } from '../../domain/staff-words.ts';
import type { Stats } from '../../office/staff/stats.ts';
import type { Command } from './commands.ts';
import type { Press } from './presses.ts';

/** `/stats`, of thirty days where nothing else is said: the picture is in line with all that goes to the group. */
export function statsCommand({ stats }: { stats: Stats }): Command {
  return async ({ staff, threadRef, rest }) => {
    const span = readStatsSpan(rest.trim() || '30');
    if (span === undefined) return { text: 'desk-stats-how' };
    const { outcome } = await stats.show(staff, span);
    // It comes to where the whole group talks.
    return outcome === 'posted' && threadRef.thread !== null ? { text: 'desk-stats-at-large' } : undefined;
  };
}

/** The buttons under it: another span, the spreadsheet of this one. */
export function statsPresses({ stats }: { stats: Stats }): Readonly<Record<'stats' | 'stats-sheet', Press>> {
  const pressOf = (work: Stats['show']): Press => {
    return async ({ staff, number }) => {
      const span = readStatsSpan(String(number));
      const posted = span && (await work(staff, span));
      return posted?.outcome === 'posted' ? { shown: { text: 'desk-press-stats', seen: true } } : {};
    };
  };
  return { stats: pressOf(stats.show), 'stats-sheet': pressOf(stats.sheet) };
}
