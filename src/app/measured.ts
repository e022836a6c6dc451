import type { Metrics } from '../adapters/http/metrics.ts';
import type { OnAct } from '../office/count-acts.ts';
import type { CodeSender } from '../office/edges.ts';

/** What residents did, as figures. */
export function actsOf(metrics: Metrics): OnAct {
  return {
    signedIn: () => metrics.signIns.inc(),
    registered: () => metrics.registrations.inc(),
    linked: () => metrics.links.inc(),
    readings: (who, scales) => metrics.readings.inc({ who }, scales),
    requested: () => metrics.requests.inc(),
    paid(outcome, totalKopecks) {
      metrics.payments.inc({ outcome });
      metrics.paidKopecks.inc(totalKopecks);
    },
  };
}

/** The same sender, its codes counted by how they ended. */
export function countCodes(send: CodeSender, metrics: Metrics): CodeSender {
  return async (message) => {
    const sent = await send(message);
    metrics.codes.inc({ outcome: sent.outcome, provider: 'provider' in sent ? sent.provider : 'none' });
    return sent;
  };
}
