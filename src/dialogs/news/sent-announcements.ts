import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Отправленные»: what was announced lately, each with its words, how far it has come, «Исправить» and «Остановить». */
export const sentAnnouncements: Dialog<Office> = async ({ say, pick, office }) => {
  const listed = await office.sentAnnouncements.list();
  if (listed.outcome === 'not-staff') return say('not-understood');
  if (listed.outcome === 'senior-needed') return say('announcement-senior-needed');
  if (listed.announcements.length === 0) return say('announcement-sent-none');

  const options = listed.announcements.map(({ at, title }, i) => ({
    key: String(i),
    label: { text: 'announcement-sent-label', words: { ...title, at } },
    also: [String(title.number)],
  }));
  const picked = await pick('announcement-sent-which', options);
  const found = await office.sentAnnouncements.look(listed.announcements[Number(picked)]?.id ?? '');
  if (found.outcome !== 'found') return say('not-understood');
  const { id, said, words, correctable, stoppable } = found;
  await say('announcement-sent-page', { ...words, words: said }, [
    ...(correctable ? [{ label: 'button-correct-announcement', dialog: 'announcement-correct' as const, ref: id }] : []),
    ...(stoppable ? [{ label: 'button-stop-announcement', dialog: 'announcement-stop' as const, ref: id }] : []),
  ]);
};
