import { shortenTo } from '../../domain/cut.ts';
import type { Office } from '../../office/office.ts';
import type { ShownRequest } from '../../office/requests/shown.ts';
import type { SaidInRequest } from '../../office/requests/own-requests.ts';
import type { Dialog, Door, Doors, Phrase } from '../kit/scene.ts';
import { sayNoRequest } from '../steps/request-refused.ts';
import { requestWords } from '../steps/request-words.ts';

/** One of «Мои обращения»: how it stands, what was said last, and what can be done; `ref` is its number. */
export const requestPage: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const shown = await office.requests.show(Number(ref));
  if (shown.outcome === 'gone') return sayNoRequest(scene);
  const { request, said } = shown;
  const { account, openedAt, stateAt, reopenUntil, rating } = request;
  const words = {
    ...requestWords(request),
    account: account ?? 'none',
    openedAt,
    stateAt,
    until: reopenUntil ?? 'over',
    rating: rating ?? 0,
    said: said.map(saidPhrase),
    count: said.length,
  };
  return say('request-page', words, doorsOf(request));
};

/** More of a message is not repeated. */
const SHOWN_CHARACTERS = 300;

function saidPhrase({ side, kind, words, at }: SaidInRequest): Phrase {
  const start = shortenTo(words, SHOWN_CHARACTERS);
  return { text: 'request-said', words: { side, kind, words: start, empty: words === '', at } };
}

function doorsOf({ number, state, reopenUntil, rating, answered }: ShownRequest): Doors {
  const ref = String(number);
  const own: Door = { label: 'button-my-requests', dialog: 'my-requests' };
  if (state !== 'closed') return [{ label: 'button-add-to-request', dialog: 'add-to-request', ref }, own];
  const reopen: Door = { label: 'button-reopen-request', dialog: 'reopen-request', ref };
  const rate: Door = { label: 'button-rate-request', dialog: 'rate-request', ref };
  return [...(reopenUntil === null ? [] : [reopen]), ...(rating === null && answered ? [rate] : []), own];
}
