import { type AnnouncementLimits, announcementLimits, readSendTime } from '../../domain/announcement.ts';
import { placeKey, streetAndHouseOf, placeSearch } from '../../domain/address.ts';
import { isUuid } from '../../domain/uuid.ts';
import {
  type AnnouncementTarget,
  countAnnouncementFigures,
  insertAnnouncement,
  lockAnnouncement,
  listAddressesWith,
  listSentAnnouncements,
  updateAnnouncement,
  lockNextAnnouncementNumber,
  markNoticesStopped,
} from '../../records/announcements.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { countReaders } from '../news/announcing.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { admitSender, admitSenior, type NotAllowed } from './admission.ts';
import { sentSince } from './sent-announcements.ts';
import type { StaffCaller } from './staff.ts';

export type PlaceFound = { title: string; accounts: number };

const MOST_PLACES = 20;

export type Announcements = ReturnType<typeof createAnnouncements>;

/** Section 5: a senior announces something to all residents, or to those of a street or a house. */
export function createAnnouncements(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'> & {
    settings: Pick<OfficeEdges['settings'], 'timeZone' | 'textLimits'>;
  },
) {
  const { db, clock, staff, settings } = edges;
  const limits = announcementLimits(settings.textLimits);

  return {
    /** Whether the caller may announce; `sent`: there are announcements of late to be looked at. */
    async enter(caller: StaffCaller): Promise<NotAllowed | { outcome: 'open'; sent: boolean; limits: AnnouncementLimits }> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      return { outcome: 'open', sent: (await listSentAnnouncements(db, sentSince(clock()), 1)).length > 0, limits };
    },

    /** Streets or houses where accounts are, by what was typed; `more`: there are others besides. */
    async places(
      caller: StaffCaller,
      target: Exclude<AnnouncementTarget, 'all'>,
      typed: string,
    ): Promise<NotAllowed | { outcome: 'found'; places: PlaceFound[]; more: boolean }> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      const { parts, fits } = placeSearch(typed);
      if (parts.length === 0) return { outcome: 'found', places: [], more: false };
      const found = new Map<string, PlaceFound>();
      for (const address of await listAddressesWith(db, parts)) {
        const title = streetAndHouseOf(address)[target];
        if (title === null || !fits(title)) continue;
        const key = placeKey(title);
        const known = found.get(key) ?? { title, accounts: 0 };
        found.set(key, { ...known, accounts: known.accounts + 1 });
      }
      const places = [...found.values()].sort((a, b) => a.title.localeCompare(b.title, 'ru', { numeric: true }));
      return { outcome: 'found', places: places.slice(0, MOST_PLACES), more: places.length > MOST_PLACES };
    },

    /** Keeps the words, and counts who would read them; nothing is sent. */
    async draft(
      caller: StaffCaller,
      { target, place, words, picture }: { target: AnnouncementTarget; place: string; words: string; picture: string | null },
    ): Promise<NotAllowed | { outcome: 'nobody' | 'too-long-for-picture' } | { outcome: 'drafted'; id: string; people: number }> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      if (picture !== null && words.length > limits.underPicture) return { outcome: 'too-long-for-picture' };
      const people = await countReaders(db, { target, place }, clock());
      if (people === 0) return { outcome: 'nobody' };
      return idempotent(edges, caller, 'announcements.draft', async (trx) => {
        const draft = { messengerId: caller.messengerId, byName: caller.name, target, place, words, picture };
        return { outcome: 'drafted', id: await insertAnnouncement(trx, draft, clock()), people } as const;
      });
    },

    /** «Отправить»: one's own draft; once. `when`: not before the time that is typed there. */
    async send(
      caller: StaffCaller,
      id: string,
      when: string | null,
    ): Promise<
      | NotAllowed
      | { outcome: 'none' }
      | { outcome: 'unclear' | 'past' | 'far' }
      | { outcome: 'sending'; number: number }
      | { outcome: 'planned'; number: number; at: string }
    > {
      const admitted = await admitSender(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      if (!isUuid(id)) return { outcome: 'none' };
      const time = when === null ? undefined : readSendTime(when, clock(), settings.timeZone);
      if (time && 'wrong' in time) return { outcome: time.wrong };
      return idempotent(edges, caller, 'announcements.send', async (trx) => {
        const announcement = await lockAnnouncement(trx, id);
        if (announcement?.messengerId !== caller.messengerId) return { outcome: 'none' } as const;
        const { target, place } = announcement;
        if (announcement.number !== null) return { outcome: 'sending', number: announcement.number } as const;
        const number = await lockNextAnnouncementNumber(trx);
        const sendAt = time?.at ?? null;
        await updateAnnouncement(trx, id, { state: 'sending', number, sendAt }, clock());
        const details = { number, target, place, ...(sendAt && { sendAt: sendAt.toISOString() }) };
        await insertAuditEntry(trx, { who: caller.messengerId, name: caller.name, what: 'announcements.send', details }, clock());
        return sendAt ? { outcome: 'planned', number, at: sendAt.toISOString() } : { outcome: 'sending', number };
      });
    },

    /** «Остановить»: what is in line is not sent. Any senior may. */
    async stop(
      caller: StaffCaller,
      id: string,
    ): Promise<NotAllowed | { outcome: 'none' } | { outcome: 'stopped' | 'over'; number: number }> {
      const admitted = await admitSender(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      if (!isUuid(id)) return { outcome: 'none' };
      return idempotent(edges, caller, 'announcements.stop', async (trx) => {
        const announcement = await lockAnnouncement(trx, id);
        if (!announcement || announcement.number === null) return { outcome: 'none' } as const;
        const { number, state } = announcement;
        if (state === 'over') return { outcome: 'over', number } as const;
        if (state === 'sending') {
          const { delivered, waiting } = await countAnnouncementFigures(trx, id);
          await updateAnnouncement(trx, id, { state: 'stopped', inLine: true, stoppedAt: clock() }, clock());
          await markNoticesStopped(trx, id, clock());
          const details = { number, delivered, waiting };
          await insertAuditEntry(
            trx,
            { who: caller.messengerId, name: caller.name, what: 'announcements.stop', details },
            clock(),
          );
        }
        return { outcome: 'stopped', number } as const;
      });
    },
  };
}
