import { accessStart } from '../../domain/access-link.ts';
import type { Relative } from '../../office/accounts/relatives.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Phrase, Scene } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Дать доступ близкому»: who has an account by this resident, a one-time link for one more, and taking either back. `ref`: the link to the account. */
export const giveAccess: Dialog<Office> = async (scene, ref) => {
  const { say, choose, goTo, office, bot } = scene;
  const listed = await office.relatives.list(ref);
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const { title, given, openUntil } = listed;
  const accounts: Door[] = [{ label: 'button-accounts', dialog: 'accounts' }];
  if (!listed.mayGive) return say('give-access-not-allowed', accountWords(title), accounts);

  const words = {
    ...accountWords(title),
    count: given.length,
    lines: given.map(line),
    open: openUntil !== null,
    until: openUntil ?? '',
  };
  const buttons = [
    'make-access-link',
    ...(openUntil === null ? [] : (['withdraw-access-link'] as const)),
    ...(given.length === 0 ? [] : (['end-access'] as const)),
  ] as const;
  switch (await choose('give-access', buttons, words)) {
    case 'withdraw-access-link': {
      const { outcome } = await office.relatives.withdraw(ref);
      return outcome === 'withdrawn' ? say('give-access-withdrawn', {}, accounts) : turnAway(scene, outcome);
    }
    case 'end-access':
      return endOne(scene, given);
    case 'make-access-link': {
      const offered = await office.relatives.offer(ref);
      switch (offered.outcome) {
        case 'offered':
          await say('give-access-link', accountWords(title));
          // A message that is passed on as it stands.
          return say('give-access-pass-on', { link: bot.link(accessStart(offered.token)), until: offered.until });
        case 'enough':
          return say('give-access-enough', { most: offered.most }, accounts);
        case 'limit':
          return say('give-access-limit', { until: offered.until }, accounts);
        case 'not-allowed':
          return goTo('give-access', ref);
        case 'gone':
        case 'guest':
        case 'phone-to-confirm':
          return turnAway(scene, offered.outcome);
      }
    }
  }
};

/** Which of them; with one, it is not asked. */
async function endOne(scene: Scene<Office>, given: readonly Relative[]): Promise<void> {
  const { say, pick, choose, office } = scene;
  const options = given.map((relative) => ({
    key: relative.link,
    label: { text: 'give-access-label', words: wordsOf(relative) },
  }));
  const [only, second] = given;
  const chosen = second ? await pick('give-access-which', options) : only?.link;
  const relative = given.find(({ link }) => link === chosen);
  if (!relative) return;
  await choose('give-access-end', ['end-access-sure'], wordsOf(relative));
  const ended = await office.relatives.end(relative.link);
  return say(ended.outcome === 'ended' ? 'give-access-ended' : 'give-access-gone', wordsOf(relative), [
    { label: 'button-accounts', dialog: 'accounts' },
  ]);
}

function line(relative: Relative): Phrase {
  return { text: 'give-access-line', words: wordsOf(relative) };
}

function wordsOf({ login, linkedAt: at }: Relative): { login: string; at: string } {
  return { login, at };
}
