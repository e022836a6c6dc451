import type { MessagePart } from '../../office/staff/message-part.ts';
import { accountNamed } from '../../domain/account-named.ts';
import { wholeWordsOf } from '../kit/heading.ts';
import type { Office } from '../../office/office.ts';
import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Dialog, Option, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions } from '../steps/account-words.ts';
import { openRequest } from '../steps/open-request.ts';
import { sayRefused } from '../steps/request-refused.ts';

/**
 * «Обратная связь»: a new request. Its topic is chosen or guessed from the words, and the account is said by whom it matters to: one message
 * and «Отправить» are enough. Words that were written outside of any dialog may be brought here; `ref` is a topic's key where it is known.
 */
export const request: Dialog<Office> = async (scene, ref) => {
  const { brought, collect, pick, goTo, office } = scene;
  const written = await brought();
  const asked = await office.requests.topics();
  if (asked.outcome !== 'listed') return sayRefused(scene, asked);
  const { topics } = asked;

  // In the person's own words, with photos and files. Who writes at once has not written in vain.
  const begun = written.length > 0 ? { topic: ref, messageParts: written } : await firstWords(scene, asked);
  if (begun.topic === MY_REQUESTS) return goTo('my-requests');
  let { messageParts } = begun;
  let topic = begun.topic || (await office.requests.guessTopic(messageParts.map(wholeWordsOf))).topic;
  const listed = await office.links.list();
  const accounts = listed.outcome === 'listed' ? listed.accounts : [];
  let account = accounts.length > 1 ? namedIn(accounts, messageParts) : accounts[0];

  // What it is sent as; both may be changed.
  for (;;) {
    const chosen = await collect('request-ready', {
      words: {
        topic: topics.find(({ key }) => key === topic)?.label ?? '',
        account: account?.account ?? 'none',
        plain: ref === '' && written.length > 0,
      },
      buttons: [
        'send',
        ...(topics.length > 1 ? (['other-topic'] as const) : []),
        ...(accounts.length > 1 ? (['which-account'] as const) : []),
      ],
      brought: messageParts,
      more: 'request-more',
    });
    ({ messageParts } = chosen);
    const pressed = 'pressed' in chosen ? chosen.pressed : 'send';
    if (pressed === 'send') break;
    if (pressed === 'other-topic') topic = await pick('request-other-topic', topics);
    else account = await pickAccount(scene, accounts);
  }
  return openRequest(scene, { topic, link: account?.link ?? null, messageParts });
};

/** No topic's key, and no link's id. */
const MY_REQUESTS = '*';
const NO_ACCOUNT = '*';

/** The first message; a topic may be chosen before. With one topic in the settings file it is not asked. */
async function firstWords(
  { collect }: Scene<Office>,
  { topics, askedBefore }: { topics: readonly Option[]; askedBefore: boolean },
): Promise<{ topic: string; messageParts: MessagePart[] }> {
  const own = askedBefore ? [{ key: MY_REQUESTS, label: { text: 'button-my-requests' } }] : [];
  const options = topics.length > 1 || own.length > 0 ? [...topics, ...own] : [];
  const first = await collect('request-topic', { options, buttons: [], least: 0, untilFirst: true, more: 'request-more' });
  const topic = 'picked' in first ? first.picked : '';
  if (first.messageParts.length > 0 || topic === MY_REQUESTS) return { topic, messageParts: first.messageParts };
  const { messageParts } = await collect('request-words', { buttons: [], least: 0, untilFirst: true, more: 'request-more' });
  return { topic, messageParts };
}

/** The account that the words name. */
function namedIn(accounts: readonly CabinetAccount[], written: readonly MessagePart[]): CabinetAccount | undefined {
  return accountNamed(written.map(wholeWordsOf).join('\n'), accounts);
}

/** The account that it is about; a question need not be about any. */
async function pickAccount(scene: Scene<Office>, accounts: readonly CabinetAccount[]): Promise<CabinetAccount | undefined> {
  const none = { key: NO_ACCOUNT, label: { text: 'button-no-account' }, spoken: 'spoken-no-account' };
  const words = { count: accounts.length, accounts: accountLines(accounts) };
  const chosen = await scene.pick('request-which-account', [...accountOptions(accounts), none], words);
  return accounts.find(({ link }) => link === chosen);
}
