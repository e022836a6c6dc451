import type { Metrics } from '../adapters/http/metrics.ts';
import type { OnAct } from '../office/count-acts.ts';
import type { CodeSent } from '../office/edges.ts';

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

/** Codes, by how they ended. */
export function sentCodesOf(metrics: Metrics): (sent: CodeSent) => void {
  return (sent) => metrics.codes.inc({ outcome: sent.outcome, provider: 'provider' in sent ? sent.provider : 'none' });
}
