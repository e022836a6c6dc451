import { AnnouncementWords, LONGEST_ANNOUNCEMENT, PlaceTyped } from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';

/** «Объявление»: to whom, the words, a look at them as residents will see them, «Отправить». */
export const staffAnnouncement: Dialog<Office> = async (scene) => {
  const { say, choose, askOr, goTo, office } = scene;
  const entered = await office.announcements.enter();
  if (entered.outcome === 'not-staff') return say('not-understood');
  if (entered.outcome === 'senior-needed') return say('announcement-senior-needed');

  // To whom.
  const chosen = await choose('announcement-target', ['to-all', 'to-street', 'to-house']);
  const target = TARGETS[chosen];
  const place = target === 'all' ? '' : await findPlace(scene, target);
  if (place === undefined) return;

  // The words, until they are as they should be.
  for (;;) {
    const typed = await askOr('announcement-words', AnnouncementWords, {
      words: { target, place },
      buttons: ['other-audience'],
      longest: LONGEST_ANNOUNCEMENT,
    });
    if ('pressed' in typed) return goTo('staff-announcement');
    const words = typed.answer;
    const drafted = await office.announcements.draft({ target, place, words });
    if (drafted.outcome === 'nobody') return say('announcement-nobody', { target, place });
    if (drafted.outcome !== 'drafted') return say('not-understood');

    await say('notice-announcement', { words });
    const { id, people } = drafted;
    if ((await choose('announcement-preview', ['send', 'correct'], { target, place, people })) === 'correct') continue;
    const sent = await office.announcements.send(id);
    if (sent.outcome !== 'sending') return say('not-understood');
    return say('announcement-sending', { number: sent.number });
  }
};

const TARGETS = { 'to-all': 'all', 'to-street': 'street', 'to-house': 'house' } as const;

/** The street or the house, as the registry writes it; undefined when the caller may not announce any more. */
async function findPlace({ say, ask, pickOr, office }: Scene<Office>, target: 'street' | 'house'): Promise<string | undefined> {
  let typed = await ask('announcement-place', PlaceTyped, { target });
  for (;;) {
    const found = await office.announcements.places(target, typed);
    if (found.outcome !== 'found') {
      await say('not-understood');
      return undefined;
    }
    if (found.places.length === 0) typed = await ask('announcement-no-place', PlaceTyped, { target });
    else {
      const options = found.places.map(({ title }, i) => ({ key: String(i), label: title }));
      const words = { target, more: found.more ? 'yes' : 'no' };
      const answer = await pickOr('announcement-which', options, PlaceTyped, words);
      if ('picked' in answer) return found.places[Number(answer.picked)]?.title;
      typed = answer.answer;
    }
  }
}
