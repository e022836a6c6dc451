import type { OutboxKind } from '../../records/outbox.ts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The figures of one messenger. */
export type MessengerMetrics = ReturnType<Metrics['ofMessenger']>;

/** Everything that stands in the outbox, by kind; a kind that is missing here does not compile. */
export const OUTBOX_KINDS = Object.keys({
  notice: true,
  deletion: true,
  relay: true,
  edit: true,
  withdraw: true,
  refresh: true,
  say: true,
  board: true,
} satisfies Readonly<Record<OutboxKind, true>>);

/** Values of labels that are there from the start on, at 0: an alert on what never happened would else be blind to its first time. */
const KNOWN = {
  end: ['taken', 'rejected', 'failed', 'stuck', 'outage'],
  outcome: ['sent', 'unknown', 'bad-number', 'failed'],
  level: ['warn', 'error', 'fatal'],
  code: ['409', '401', '502', 'none'],
  who: ['resident', 'guest'],
  payment: ['credited', 'kept'],
} as const;

/** Prometheus' figures of one process; labels hold no person. `about`: what runs. The scheduled jobs (`scheduled_job`) are named when they are started. */
export function createMetrics(about: { version: string; role: string } = { version: '', role: 'all' }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges, whose names are a counter's: `promtool check metrics` stumbles over them, and the same stands there by kind.
  for (const what of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${what}_total`);
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  /** With the values of its label that are known before. */
  const counterOf = (name: string, help: string, label: string, known: readonly string[]) => {
    const made = counter(name, help, [label]);
    for (const value of known) made.inc({ [label]: value }, 0);
    return made;
  };
  const info = new Gauge({ name: 'bot_info', help: 'What runs', labelNames: ['version', 'role', 'node'], registers: [registry] });
  info.set({ ...about, node: process.versions.node }, 1);
  const codes = counter('bot_codes_total', 'Confirmation codes, by what the providers said', ['outcome', 'provider']);
  for (const outcome of KNOWN.outcome) codes.inc({ outcome, provider: 'none' }, 0);
  const updates = counter('bot_updates_total', 'Updates taken, by messenger and how they ended', ['messenger', 'end']);
  const unsaid = counter('bot_unsaid_total', 'Calls that failed, by messenger, method and code', ['messenger', 'method', 'code']);
  const floodWaits = counter('bot_flood_waits_total', 'Times that a messenger made us wait', ['messenger', 'method']);
  const fetchFailures = counter(
    'bot_update_fetch_failures_total',
    'Questions for updates that a messenger refused, by its code: 409, somebody else has them',
    ['messenger', 'code'],
  );
  const updateSeconds = new Histogram({
    name: 'bot_update_seconds',
    help: 'From an update to its end',
    labelNames: ['messenger'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const ofMessengers = new Map<string, ReturnType<typeof openMessenger>>();
  function openMessenger(messenger: string) {
    for (const end of KNOWN.end) updates.inc({ messenger, end }, 0);
    for (const code of KNOWN.code) fetchFailures.inc({ messenger, code }, 0);
    updateSeconds.zero({ messenger });
    return {
      taken: (end: string) => updates.inc({ messenger, end }),
      startUpdate: () => updateSeconds.startTimer({ messenger }),
      unsaid: (method: string, code: number | undefined) => unsaid.inc({ messenger, method, code: code ?? 'none' }),
      floodWait: (method: string) => floodWaits.inc({ messenger, method }),
      fetchRefused: (code: string) => fetchFailures.inc({ messenger, code }),
    };
  }
  return {
    registry,
    /** The figures of a messenger, by its word in ids; the same whoever asks. */
    ofMessenger(messenger: string) {
      const known = ofMessengers.get(messenger) ?? openMessenger(messenger);
      ofMessengers.set(messenger, known);
      return known;
    },
    codes,
    givenUp: counterOf('bot_outbox_given_up_total', 'What was in line and was given up, by kind', 'kind', OUTBOX_KINDS),
    jobFailures: counter('bot_scheduled_job_failures_total', 'What is due again and again and failed', ['scheduled_job']),
    logLines: counterOf('bot_log_lines_total', 'Lines of the log from warn on, by level', 'level', KNOWN.level),
    signIns: counter('bot_sign_ins_total', 'Sign-ins that came to their end'),
    registrations: counter('bot_registrations_total', 'Logins that were registered'),
    links: counter('bot_links_total', 'Accounts that were linked'),
    readings: counterOf('bot_readings_total', 'Readings that were taken, a scale each, by who handed them in', 'who', KNOWN.who),
    requests: counter('bot_requests_total', 'Requests that were opened'),
    payments: counterOf('bot_card_payments_total', 'Payments by card, by what became of them', 'outcome', KNOWN.payment),
    paidKopecks: counter('bot_card_payments_kopecks_total', 'Money that was taken by card, in kopecks'),
    leads: new Gauge({
      name: 'bot_leads',
      help: 'Whether this process leads in a part of the worker’s work',
      labelNames: ['part'],
      registers: [registry],
    }),
  };
}
