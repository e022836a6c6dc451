import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** Prometheus' figures of one process; labels hold no person. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  return {
    registry,
    updates: counter('bot_updates_total', 'Updates taken, by how they ended', ['end']),
    unsaid: counter('bot_unsaid_total', 'Calls to Telegram that failed, by method and code', ['method', 'code']),
    floodWaits: counter('bot_flood_waits_total', 'Times that Telegram made us wait', ['method']),
    codes: counter('bot_codes_total', 'Confirmation codes, by what the providers said', ['outcome', 'provider']),
    updateSeconds: new Histogram({
      name: 'bot_update_seconds',
      help: 'From an update to its end',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
      registers: [registry],
    }),
  };
}
