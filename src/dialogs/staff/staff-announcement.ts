import { LONGEST_UNDER_PICTURE, PlaceTyped, SendTimeAlone, SendTimeTyped } from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { askAnnouncement, captionOf } from '../steps/announcement-words.ts';

/** «Объявление»: to whom, the words, a look at them as residents will see them, «Отправить». */
export const staffAnnouncement: Dialog<Office> = async (scene) => {
  const { say, choose, goTo, office } = scene;
  const entered = await office.announcements.enter();
  if (entered.outcome === 'not-staff') return say('not-understood');
  if (entered.outcome === 'senior-needed') return say('announcement-senior-needed');

  // To whom.
  const earlier = entered.sent ? (['sent-announcements'] as const) : ([] as const);
  const chosen = await choose('announcement-target', ['to-all', 'to-street', 'to-house', ...earlier]);
  if (chosen === 'sent-announcements') return goTo('sent-announcements');
  const target = TARGETS[chosen];
  const place = target === 'all' ? '' : await findPlace(scene, target);
  if (place === undefined) return;

  // The words, until they are as they should be; a picture may come with them.
  let picture: string | null = null;
  for (;;) {
    const typed = await askAnnouncement(scene, {
      question: (pictured) => (pictured ? 'announcement-words-to-picture' : 'announcement-words'),
      words: { target, place },
      buttons: ['other-audience'],
      picture,
    });
    if ('pressed' in typed) return goTo('staff-announcement');
    const seen = await preview(scene, { target, place, words: typed.words }, typed.picture);
    if (seen === 'sent') return;
    ({ picture } = seen);
  }
};

type Addressed = { target: 'all' | 'street' | 'house'; place: string; words: string };

/** As residents will see it, with a picture or without; «Отправить» now or at a time. What is sent there is its picture, what is typed the time. */
async function preview(
  scene: Scene<Office>,
  announced: Addressed,
  firstPicture: string | null,
): Promise<'sent' | { picture: string | null }> {
  const { say, hand, askOrPhoto, askPhoto, office } = scene;
  const { target, place } = announced;
  let { words } = announced;
  let picture = firstPicture;
  for (;;) {
    const drafted = await office.announcements.draft({ target, place, words, picture });
    if (drafted.outcome === 'too-long-for-picture') {
      await say('announcement-too-long-for-picture', { most: LONGEST_UNDER_PICTURE, length: words.length });
      picture = null;
      continue;
    }
    if (drafted.outcome !== 'drafted') {
      await (drafted.outcome === 'nobody' ? say('announcement-nobody', { target, place }) : say('not-understood'));
      return 'sent';
    }
    if (picture === null) await say('notice-announcement', { words });
    else await hand({ kind: 'picture', data: { file: picture } }, 'notice-announcement', { words });
    const { id, people } = drafted;
    const pictures = picture === null ? (['add-picture'] as const) : (['no-picture'] as const);
    const chosen = await askOrPhoto('announcement-preview', SendTimeAlone, {
      words: { target, place, people },
      buttons: ['send', 'send-later', ...pictures, 'correct'],
    });
    if ('photo' in chosen) {
      picture = chosen.photo.file;
      words = captionOf(chosen.caption)?.words || words;
      continue;
    }
    if ('answer' in chosen) return sendLater(scene, id, chosen.answer);
    switch (chosen.pressed) {
      case 'correct':
        return { picture };
      case 'no-picture':
        picture = null;
        break;
      case 'add-picture': {
        const sent = await askPhoto('announcement-picture', { buttons: ['no-picture'] });
        picture = 'photo' in sent ? sent.photo.file : null;
        break;
      }
      case 'send-later':
        return sendLater(scene, id);
      case 'send': {
        const sent = await office.announcements.send(id, null);
        await (sent.outcome === 'sending' ? say('announcement-sending', { number: sent.number }) : say('not-understood'));
        return 'sent';
      }
    }
  }
}

async function sendLater({ say, ask, office }: Scene<Office>, id: string, at?: string): Promise<'sent'> {
  let typed = at ?? (await ask('announcement-when', SendTimeTyped));
  for (;;) {
    const sent = await office.announcements.send(id, typed);
    switch (sent.outcome) {
      case 'unclear':
      case 'past':
      case 'far':
        typed = await ask(`announcement-when-${sent.outcome}`, SendTimeTyped);
        break;
      case 'planned':
        await say('announcement-planned', { number: sent.number, at: sent.at });
        return 'sent';
      case 'sending':
        await say('announcement-sending', { number: sent.number });
        return 'sent';
      case 'none':
      case 'not-staff':
      case 'senior-needed':
        await say('not-understood');
        return 'sent';
    }
  }
}

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
