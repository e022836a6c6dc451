import { type AnnouncementLimits, PlaceTyped, SendTimeAlone, SendTimeTyped } from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { type Announced, askAnnouncement, captionOf } from '../steps/announcement-words.ts';

/** «Объявление»: to whom, the words, a look at them as residents will see them, «Отправить». */
export const staffAnnouncement: Dialog<Office> = async (scene) => {
  const { say, choose, goTo, office } = scene;
  const entered = await office.announcements.enter();
  if (entered.outcome === 'not-staff') return say('not-understood');
  if (entered.outcome === 'senior-needed') return say('announcement-senior-needed');

  // To whom: asked again, where nobody would read it or others were meant; what is written by then is kept.
  let written: Announced | undefined;
  for (;;) {
    const earlier = entered.sent && written === undefined ? (['sent-announcements'] as const) : ([] as const);
    const chosen = await choose('announcement-target', ['to-all', 'to-street', 'to-house', ...earlier]);
    if (chosen === 'sent-announcements') return goTo('sent-announcements');
    const target = TARGETS[chosen];
    const place = target === 'all' ? '' : await findPlace(scene, target);
    if (place === undefined) return;
    const end = await announceTo(scene, { target, place }, entered.limits, written);
    if (end === 'over') return;
    written = end.written;
  }
};

type Audience = { target: 'all' | 'street' | 'house'; place: string };

/** The words, until they are as they should be, or others are to read them; a picture may come with them. `kept`: what is written already. */
async function announceTo(
  scene: Scene<Office>,
  audience: Audience,
  limits: AnnouncementLimits,
  kept: Announced | undefined,
): Promise<'over' | { written: Announced | undefined }> {
  let written = kept;
  let asks = kept === undefined;
  for (;;) {
    if (asks || written === undefined) {
      const typed = await askAnnouncement(scene, {
        question: (pictured) => (pictured ? 'announcement-words-to-picture' : 'announcement-words'),
        words: audience,
        buttons: ['other-audience'],
        picture: written?.picture ?? null,
        limits,
      });
      if ('pressed' in typed) return { written };
      written = typed;
    }
    const seen = await preview(scene, audience, limits, written);
    if (seen === 'sent') return 'over';
    ({ written } = seen);
    if (seen.next === 'audience') return { written };
    asks = true;
  }
}

/**
 * As residents will see it, with a picture or without; «Отправить» now or at a time. What is sent there is its picture, what is typed the time.
 * `next`: what is to be asked for anew.
 */
async function preview(
  scene: Scene<Office>,
  audience: Audience,
  limits: AnnouncementLimits,
  { words: firstWords, picture: firstPicture }: Announced,
): Promise<'sent' | { next: 'words' | 'audience'; written: Announced }> {
  const { say, hand, askOrPhoto, askPhoto, office } = scene;
  let words = firstWords;
  let picture = firstPicture;
  for (;;) {
    const drafted = await office.announcements.draft({ ...audience, words, picture });
    if (drafted.outcome === 'too-long-for-picture') {
      await say('announcement-too-long-for-picture', { most: limits.underPicture, length: words.length });
      picture = null;
      continue;
    }
    if (drafted.outcome === 'nobody') {
      await say('announcement-nobody', audience);
      return { next: 'audience', written: { words, picture } };
    }
    if (drafted.outcome !== 'drafted') {
      await say('not-understood');
      return 'sent';
    }
    if (picture === null) await say('notice-announcement', { words });
    else await hand({ kind: 'picture', data: { file: picture } }, 'notice-announcement', { words });
    const { id, people } = drafted;
    const pictures = picture === null ? (['add-picture'] as const) : (['no-picture'] as const);
    const chosen = await askOrPhoto('announcement-preview', SendTimeAlone, {
      words: { ...audience, people },
      buttons: ['send', 'send-later', ...pictures, 'correct'],
    });
    if ('photo' in chosen) {
      picture = chosen.photo.file;
      words = captionOf(chosen.caption, limits)?.words || words;
      continue;
    }
    if ('answer' in chosen) return sendLater(scene, id, chosen.answer);
    switch (chosen.pressed) {
      case 'correct':
        return { next: 'words', written: { words, picture } };
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
      const words = { target, more: found.more };
      const answer = await pickOr('announcement-which', options, PlaceTyped, words);
      if ('picked' in answer) return found.places[Number(answer.picked)]?.title;
      typed = answer.answer;
    }
  }
}
