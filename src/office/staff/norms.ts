import { localDay } from '../../domain/local-day.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { tryLockLateRequests } from '../../records/request-figures.ts';
import { updateRequest, type Request } from '../../records/requests.ts';
import type { OfficeEdges } from '../edges.ts';
import { deskHours, lateText, normMs } from './hours.ts';
import { refresh } from './thread.ts';

/** So many in one transaction; the rest at the next call. */
const AT_ONCE = 50;

/** What waits for longer than the norm of the settings file is raised where staff talk about it. */
export function createNorms(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre' | 'settings'>) {
  const { db, clock, centre, settings } = edges;
  const hours = deskHours(edges);

  return {
    /** Raises each wait once, while the centre is at work; how many it raised. Several processes may call it at once. */
    async raise(): Promise<number> {
      const now = clock();
      if (!hours.isOpen(now)) return 0;
      const { text, basis } = lateText('desk-late', hours, localDay(now, settings.timeZone));
      return db.transaction().execute(async (trx) => {
        const late = await tryLockLateRequests(trx, hours.waitingSince(now, normMs(edges)), AT_ONCE);
        for (const request of late) {
          await updateRequest(trx, request.id, { raisedAt: now }, now);
          await refresh(trx, request, now);
          const since = request.waitingSince?.toISOString() ?? '';
          const botMessage = { text, words: { ...lateWords(request), since, ...basis }, doors: [] };
          const key = `late/${request.id}/${since}`;
          await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', requestId: request.id, botMessage, key }, now);
        }
        return late.length;
      });
    },
  };

  /** Who took it is called by name, and the colleagues of its topic by their names in the messenger. */
  function lateWords({ kind, number, topic, takenByName: takenBy }: Request): Record<string, string | number> {
    const mention = centre.requests.topics.find(({ key }) => key === topic)?.mention ?? [];
    return {
      kind,
      number,
      hours: centre.requests.answerWithinHours,
      taken: takenBy === null ? 'no' : 'yes',
      who: takenBy ?? '',
      mention: mention.map((name) => `@${name}`).join(' '),
    };
  }
}
