import { Gauge, type Registry } from 'prom-client';
import type { WorkStanding } from '../../office/work-standing.ts';
import type { LineStanding } from '../../records/work-figures.ts';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';
import { OUTBOX_KINDS } from './metrics.ts';

/** What was looked at so lately is shown again: however many scrape, the database is asked no more often. */
const FRESH_MS = 10_000;
/** A scrape waits no longer; it shows what was found before. */
const LOOK_MS = 3_000;

const INBOX_STATES = ['waiting', 'failed', 'stuck'] as const;
const REGISTRIES = ['accounts', 'charges', 'payments', 'meters', 'reading_answers'] as const;

/**
 * Gauges of how the work stands, which all processes over one database show alike. `refresh` is called before a scrape and never throws:
 * where the database does not answer, `bot_work_known` is 0 and the others stay as they were. `close` takes them off the registry: the
 * next one to open them there may be of the same process.
 */
export function openWorkGauges(
  registry: Registry,
  look: () => Promise<WorkStanding>,
  { nowMs = () => Date.now(), lookMs = LOOK_MS }: { nowMs?: () => number; lookMs?: number } = {},
): { refresh: () => Promise<void>; close: () => void } {
  const names: string[] = [];
  const gauge = (name: string, help: string, labelNames: string[] = []) => {
    names.push(name);
    return new Gauge({ name, help, labelNames, registers: [registry] });
  };
  const known = gauge('bot_work_known', 'Whether the gauges of the work could be looked at');
  const outbox = gauge('bot_outbox_waiting', 'What is due in the outbox, by kind', ['kind']);
  const outboxAge = gauge('bot_outbox_oldest_seconds', 'How long ago the oldest of it was due', ['kind']);
  const inbox = gauge('bot_inbox_updates', 'Updates that wait for their turn, and dead letters (failed, stuck)', ['state']);
  const inboxAge = gauge('bot_inbox_oldest_seconds', 'How old the oldest of them is', ['state']);
  const requests = gauge('bot_requests_open', 'Open requests of residents, by state', ['state']);
  const waiting = gauge('bot_requests_waiting', 'Open requests in which the resident waits for an answer');
  const late = gauge('bot_requests_late', 'Of these, those that wait for longer than the norm');
  const oldestRequest = gauge('bot_requests_oldest_wait_seconds', 'How long the resident waits who waits longest');
  const escalations = gauge('bot_escalations_open', 'The bot’s own messages to staff that nobody has closed');
  const importAt = gauge('bot_last_import_timestamp_seconds', 'When the newest import of a kind ended; 0: there is none', [
    'kind',
  ]);
  const importAge = gauge('bot_last_import_age_seconds', 'How long ago that was; -1: there is none', ['kind']);
  const importRefused = gauge('bot_last_import_refused_rows', 'Rows that the newest import of a kind refused', ['kind']);
  const exports = gauge('bot_export_waiting', 'Rows that have not gone out to billing yet', ['kind']);
  const exportAge = gauge('bot_export_oldest_seconds', 'How old the oldest of them is', ['kind']);

  const exportLate = gauge('bot_export_late', 'Whether the oldest of them should have gone out by now', ['kind']);

  const secondsSince = (since: Date | null | undefined) => (since ? Math.max(0, (nowMs() - since.getTime()) / 1000) : 0);
  const NONE: LineStanding = { count: 0, since: null };

  function show({ outbox: out, inbox: inn, desk, oldest, imports, exports: unsent }: WorkStanding): void {
    for (const kind of OUTBOX_KINDS) {
      const { count, since } = out.find((line) => line.kind === kind) ?? NONE;
      outbox.set({ kind }, count);
      outboxAge.set({ kind }, secondsSince(since));
    }
    for (const state of INBOX_STATES) {
      const { count, since } = inn.find((line) => line.state === state) ?? NONE;
      inbox.set({ state }, count);
      inboxAge.set({ state }, secondsSince(since));
    }
    for (const state of ['new', 'taken', 'answered'] as const) requests.set({ state }, desk[state]);
    waiting.set(desk.waiting);
    late.set(desk.late);
    escalations.set(desk.troubles);
    oldestRequest.set(secondsSince(oldest.request));
    for (const kind of REGISTRIES) {
      const last = imports.find((each) => each.kind === kind);
      importAt.set({ kind }, last ? last.finishedAt.getTime() / 1000 : 0);
      importAge.set({ kind }, last ? secondsSince(last.finishedAt) : -1);
      importRefused.set({ kind }, last?.rowsRefused ?? 0);
    }
    for (const kind of ['readings', 'payments'] as const) {
      exports.set({ kind }, unsent[kind].count);
      exportAge.set({ kind }, secondsSince(unsent[kind].since));
      exportLate.set({ kind }, Number(unsent[kind].late));
    }
    known.set(1);
  }

  const limit = openTimeLimit(lookMs);
  let last: { at: number; done: Promise<void> } | undefined;
  return {
    refresh() {
      if (last && performance.now() - last.at < FRESH_MS) return last.done;
      const done = within(limit, look().then(show), () => known.set(0)).then(
        () => undefined,
        () => known.set(0),
      );
      last = { at: performance.now(), done };
      return done;
    },
    close() {
      for (const name of names) registry.removeSingleMetric(name);
    },
  };
}
