import type { AnnouncementLimits } from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { CorrectionDrafted, CorrectionOpened, CorrectionSent } from '../../office/staff/announcement-corrections.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { type Announced, askAnnouncement } from '../steps/announcement-words.ts';

/** «Исправить» under an announcement that is being sent or was; `ref` is the announcement. Its new words, a look at them as they will be read, «Отправить». */
export const announcementCorrect: Dialog<Office> = async (scene, ref) => {
  const found = await scene.office.announcementCorrections.open(ref);
  if (found.outcome !== 'open') return sayWhyNot(scene, found);
  const { id, number, limits } = found;
  const shown: Announced = { words: found.words, picture: found.picture };

  let announced = shown;
  for (;;) {
    const { words, picture } = announced;
    const typed = await askAnnouncement(scene, {
      question: () => 'announcement-correction-words',
      words: { number, words, pictured: picture !== null },
      buttons: picture === null ? [] : ['no-picture'],
      picture,
      limits,
      kept: words,
    });
    const seen = await preview(scene, { id, number, shown, limits }, 'pressed' in typed ? { words, picture: null } : typed);
    if (seen === 'done') return;
    announced = seen;
  }
};

/** As those will read it who have got the former words; «Исправить» gives it back. */
async function preview(
  scene: Scene<Office>,
  { id, number, shown, limits }: { id: string; number: number; shown: Announced; limits: AnnouncementLimits },
  announced: Announced,
): Promise<'done' | Announced> {
  const { say, hand, choose, office } = scene;
  const { words } = announced;
  let { picture } = announced;
  for (;;) {
    const drafted = await office.announcementCorrections.draft({ of: id, words, picture, shown });
    if (drafted.outcome === 'too-long-for-picture') {
      await say('announcement-too-long-for-picture', { most: limits.underPicture, length: words.length });
      picture = null;
      continue;
    }
    if (drafted.outcome === 'same') {
      await say('announcement-correction-same', { number });
      return { words, picture };
    }
    if (drafted.outcome !== 'drafted') {
      await sayWhyNot(scene, drafted);
      return 'done';
    }
    const { people, rest, waiting, lastAt } = drafted;
    const text = people === 0 ? 'notice-announcement' : 'notice-announcement-correction';
    const said = people === 0 ? { words } : { words, at: lastAt };
    if (picture === null) await say(text, said);
    else await hand({ kind: 'picture', data: { file: picture } }, text, said);
    const withPicture = picture === null ? ([] as const) : (['no-picture'] as const);
    const chosen = await choose('announcement-correction-preview', ['send', ...withPicture, 'correct'], {
      number,
      people,
      rest,
      waiting,
    });
    switch (chosen) {
      case 'correct':
        return { words, picture };
      case 'no-picture':
        picture = null;
        break;
      case 'send': {
        const sent = await office.announcementCorrections.send(drafted.id, shown);
        if (sent.outcome === 'sending')
          await say('announcement-correction-sending', { number: sent.number, corrects: sent.corrects });
        else if (sent.outcome === 'changed') await say('announcement-correction-changed', { number: sent.number });
        else await sayWhyNot(scene, sent);
        return 'done';
      }
    }
  }
}

type Refused = Exclude<
  CorrectionOpened | CorrectionDrafted | CorrectionSent,
  { outcome: 'open' | 'drafted' | 'sending' | 'changed' | 'same' | 'too-long-for-picture' }
>;

function sayWhyNot({ say }: Scene<Office>, refused: Refused): Promise<void> {
  switch (refused.outcome) {
    case 'not-staff':
    case 'none':
      return say('not-understood');
    case 'senior-needed':
      return say('announcement-senior-needed');
    case 'corrected':
      return say('announcement-correction-corrected', { number: refused.number, by: refused.by });
    case 'revised':
      return say('announcement-correction-revised', { number: refused.number }, [
        { label: 'button-correct-announcement', dialog: 'announcement-correct', ref: refused.id },
      ]);
    case 'nobody':
    case 'too-old':
    case 'not-ready':
      return say(`announcement-correction-${refused.outcome}`, { number: refused.number });
  }
}
