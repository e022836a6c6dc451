import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Option, Scene, TextArgs } from '../kit/scene.ts';
import { accountLines, accountOptions } from '../steps/account-words.ts';
import { sayRefused } from '../steps/request-refused.ts';

/** «Обратная связь»: a new request. Words that were written outside of any dialog may be brought here. */
export const request: Dialog<Office> = async (scene) => {
  const { brought, say, collect, goTo, office } = scene;
  const words = await brought();
  const asked = await office.requests.topics();
  if (asked.outcome !== 'listed') return sayRefused(scene, asked);

  // What it is about. Who writes at once has not written in vain.
  const topic = await pickTopic(scene, asked, words);
  if (topic.picked === MY_REQUESTS) return goTo('my-requests');
  const link = await pickAccount(scene, topic.messageParts);

  // In the person's own words, with photos and files.
  const { messageParts } =
    link.messageParts.length > 0 ? link : await collect('request-words', { buttons: ['send'], more: 'request-more' });
  const opened = await office.requests.open({ topic: topic.picked, link: link.picked, messageParts });
  if (opened.outcome === 'gone') {
    await say('request-changed');
    return goTo('request', '', messageParts);
  }
  if (opened.outcome !== 'opened') return sayRefused(scene, opened);
  const { number } = opened;
  return say('request-opened', { number, topic: opened.topic }, [
    { label: 'button-add-to-request', dialog: 'add-to-request', ref: String(number) },
    { label: 'button-my-requests', dialog: 'my-requests' },
  ]);
};

/** No topic's key, and no link's id. */
const MY_REQUESTS = '*';
const NO_ACCOUNT = '*';
const MOST_BUTTONS = 20;

/** With one topic in the settings file, it is not asked. */
async function pickTopic(
  scene: Scene<Office>,
  { topics, askedBefore }: { topics: readonly Option[]; askedBefore: boolean },
  written: readonly MessagePart[],
): Promise<{ picked: string; messageParts: readonly MessagePart[] }> {
  const [only, second] = topics;
  const own = askedBefore && written.length === 0 ? [{ key: MY_REQUESTS, label: { text: 'button-my-requests' } }] : [];
  if (only && !second && own.length === 0) return { picked: only.key, messageParts: written };
  return pickMeanwhile(scene, 'request-topic', { options: [...topics, ...own], written });
}

/** The link to the account that it is about: with one it is taken, a guest may not name any, and with several «none» is an answer, too. */
async function pickAccount(
  scene: Scene<Office>,
  written: readonly MessagePart[],
): Promise<{ picked: string | null; messageParts: readonly MessagePart[] }> {
  const listed = await scene.office.links.list();
  const accounts = listed.outcome === 'listed' ? listed.accounts : [];
  const [only, second] = accounts;
  if (!second) return { picked: only?.link ?? null, messageParts: written };
  const options = accountOptions(accounts);
  const none = { key: NO_ACCOUNT, label: { text: 'button-no-account' } };
  const words = { count: accounts.length, accounts: accountLines(accounts) };
  // A keyboard has a hundred buttons at most: of more accounts, one is chosen page by page.
  if (accounts.length > MOST_BUTTONS) {
    const chosen = await scene.pick('request-which-account', [none, ...options], words);
    return { picked: chosen === NO_ACCOUNT ? null : chosen, messageParts: written };
  }
  const { picked, messageParts } = await pickMeanwhile(scene, 'request-which-account', {
    options: [...options, none],
    words,
    written,
  });
  return { picked: picked === NO_ACCOUNT ? null : picked, messageParts };
}

/** One of some options; what is written instead of a press is kept for the request. */
async function pickMeanwhile(
  { collect }: Scene<Office>,
  question: string,
  { options, words = {}, written }: { options: readonly Option[]; words?: TextArgs; written: readonly MessagePart[] },
): Promise<{ picked: string; messageParts: readonly MessagePart[] }> {
  return collect(question, { words, options, buttons: [], brought: written, least: 0, more: 'request-kept' });
}
