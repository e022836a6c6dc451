import { MARKS, type Mark, RatingWords } from '../../domain/request.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/** «Оценить ответ»: 1 to 5 for how a closed request was answered, and a word; `ref` is its number. */
export const rateRequest: Dialog<Office> = async (scene, ref) => {
  const { say, pick, askOr, office } = scene;
  const number = Number(ref);
  const found = await office.requests.find(number);
  if (found.outcome === 'gone') return sayNoRequest(scene);
  const add: Door[] = [{ label: 'button-add-to-request', dialog: 'add-to-request', ref }];
  if (found.request.state !== 'closed') return say('request-not-closed', { number }, add);

  // The mark counts at once, whether a word follows or not.
  const options = MARKS.toReversed().map((mark) => ({ key: String(mark), label: { text: 'request-mark', words: { mark } } }));
  const mark = Number(await pick('request-rate', options, { number })) as Mark;
  const rated = await office.requests.rate(number, mark);
  if (rated.outcome === 'gone') return sayNoRequest(scene);
  if (rated.outcome === 'open') return say('request-not-closed', { number }, add);
  if (rated.outcome === 'silenced') return sayRefused(scene, rated);

  if (!rated.explained) {
    const word = await askOr('request-rate-words', RatingWords, { words: { mark }, buttons: ['no-rating-words'] });
    const said = 'answer' in word ? await office.requests.rateWords(number, word.answer) : undefined;
    if (said?.outcome === 'silenced' || said?.outcome === 'enough-today') return sayRefused(scene, said);
  }
  const until = found.request.reopenUntil;
  const reopen = mark <= 3 && until !== null;
  return say(
    'request-rated',
    { reopen: reopen ? 'yes' : 'no' },
    reopen ? [{ label: 'button-reopen-request', dialog: 'reopen-request', ref }] : [],
  );
};
