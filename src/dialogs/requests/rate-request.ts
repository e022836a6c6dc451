import { readRatingRef } from '../../domain/door-refs.ts';
import { isMark, MARKS, type Mark, RatingWords } from '../../domain/request.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Scene } from '../kit/scene.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/**
 * «Оценить ответ»: 1 to 5 for how a closed request was answered. `ref` (`readRatingRef`): its number, and what was pressed under the
 * notice.
 */
export const rateRequest: Dialog<Office> = async (scene, ref) => {
  const { say, pick, office } = scene;
  const { digits, pressed } = readRatingRef(ref);
  const number = Number(digits);
  const found = await office.requests.find(number);
  if (found.outcome === 'gone') return sayNoRequest(scene);
  const { state, rating, reopenUntil } = found.request;
  const add: Door[] = [{ label: 'button-add-to-request', dialog: 'add-to-request', ref: digits }];
  if (state !== 'closed') return say('request-not-closed', { number }, add);
  if (pressed === 'words' && rating !== null) return explain(scene, number, rating);

  // The mark counts at once, whether a word follows or not.
  const options = MARKS.toReversed().map((mark) => ({
    key: String(mark),
    label: { text: 'request-mark', words: { mark } },
    also: [String(mark)],
    spoken: `spoken-mark-${mark}`,
  }));
  const given = Number(pressed);
  const mark = isMark(given) ? given : (Number(await pick('request-rate', options, { number }, { left: null })) as Mark);
  const rated = await office.requests.rate(number, mark);
  if (rated.outcome === 'gone') return sayNoRequest(scene);
  if (rated.outcome === 'open') return say('request-not-closed', { number }, add);
  if (rated.outcome === 'silenced') return sayRefused(scene, rated);

  const reopen = mark <= 3 && reopenUntil !== null;
  if (!rated.explained) return explain(scene, number, mark, { first: true, reopen });
  const door: Door[] = reopen ? [{ label: 'button-reopen-request', dialog: 'reopen-request', ref: digits }] : [];
  return say('request-rated', { mark, reopen }, door);
};

/** Why this mark: the words that are written next. `first`: the mark was given just now. */
async function explain(
  scene: Scene<Office>,
  number: number,
  mark: number,
  { first = false, reopen = false } = {},
): Promise<unknown> {
  const word = await scene.askOr(first ? 'request-rated-ask' : 'request-rate-words', RatingWords, {
    words: { mark, reopen },
    buttons: [...(reopen ? (['reopen-request'] as const) : []), 'no-rating-words'],
    sectionsToo: true,
    left: 'request-rated-cancelled',
  });
  if ('pressed' in word && word.pressed === 'reopen-request') return scene.goTo('reopen-request', String(number));
  const said = 'answer' in word ? await scene.office.requests.rateWords(number, word.answer) : undefined;
  switch (said?.outcome) {
    case 'silenced':
    case 'enough-today':
      return sayRefused(scene, said);
    case 'gone':
      return sayNoRequest(scene);
    // From another messenger account of the login: these words go nowhere.
    case 'explained':
      return scene.say('request-rating-explained-before', {}, [
        { label: 'button-add-to-request', dialog: 'add-to-request', ref: String(number) },
      ]);
    case 'rated':
      return scene.say('request-rating-explained');
    case undefined:
      return scene.say('request-rated-already');
  }
}
