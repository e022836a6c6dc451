import {
  AnnouncementWords,
  LONGEST_ANNOUNCEMENT,
  LONGEST_UNDER_PICTURE,
  PlaceTyped,
  SendTimeTyped,
} from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';

/** «Объявление»: to whom, the words, a look at them as residents will see them, «Отправить». */
export const staffAnnouncement: Dialog<Office> = async (scene) => {
  const { say, choose, goTo, office } = scene;
  const entered = await office.announcements.enter();
  if (entered.outcome === 'not-staff') return say('not-understood');
  if (entered.outcome === 'senior-needed') return say('announcement-senior-needed');

  // To whom.
  const chosen = await choose('announcement-target', ['to-all', 'to-street', 'to-house']);
  const target = TARGETS[chosen];
  const place = target === 'all' ? '' : await findPlace(scene, target);
  if (place === undefined) return;

  // The words, until they are as they should be.
  let wasCut = false;
  for (;;) {
    const typed = await askWords(scene, { target, place }, wasCut);
    if (typed === 'other-audience') return goTo('staff-announcement');
    const { words, tooLong } = typed;
    // What a client cuts off too long words comes by itself, a moment later.
    const isTail =
      wasCut && !tooLong && (await choose('announcement-tail', ['whole-words', 'write-again'], { words })) === 'write-again';
    wasCut = tooLong;
    if (tooLong || isTail) continue;
    if ((await preview(scene, { target, place, words })) === 'sent') return;
  }
};

/** `wasCut`: those before were too long. */
async function askWords(
  { askOr }: Scene<Office>,
  audience: { target: string; place: string },
  wasCut: boolean,
): Promise<{ words: string; tooLong: boolean } | 'other-audience'> {
  const typed = await askOr('announcement-words', AnnouncementWords, {
    words: audience,
    buttons: ['other-audience'],
    // Longer words are refused by their own limit, which is told.
    longest: 2 * LONGEST_ANNOUNCEMENT,
    because: wasCut ? { text: 'announcement-long' } : undefined,
  });
  return 'pressed' in typed ? typed.pressed : typed.answer;
}

type Announced = { target: 'all' | 'street' | 'house'; place: string; words: string };

/** As residents will see it, with a picture or without; «Отправить» now or at a time. */
async function preview(scene: Scene<Office>, announced: Announced): Promise<'sent' | 'again'> {
  const { say, hand, choose, askPhoto, office } = scene;
  const { target, place, words } = announced;
  let picture: string | null = null;
  for (;;) {
    const drafted = await office.announcements.draft({ ...announced, picture });
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
    const chosen = await choose('announcement-preview', ['send', 'send-later', ...pictures, 'correct'], {
      target,
      place,
      people,
    });
    switch (chosen) {
      case 'correct':
        return 'again';
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

async function sendLater({ say, ask, office }: Scene<Office>, id: string): Promise<'sent'> {
  let typed = await ask('announcement-when', SendTimeTyped);
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
