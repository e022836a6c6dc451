import type { Office } from '../office/office.ts';
import type { Dialog, Option, Scene } from './kit/scene.ts';
import { accountLabel, accountLines } from './steps/account-words.ts';
import { sayRefused } from './steps/request-refused.ts';

/** «Обратная связь»: a new request. Words that were written outside of any dialog may be brought here. */
export const request: Dialog<Office> = async (scene) => {
  const { brought, say, collect, goTo, office } = scene;
  const words = await brought();
  const asked = await office.requests.topics();
  if (asked.outcome !== 'listed') return sayRefused(scene, asked);

  // What it is about.
  const topic = await pickTopic(scene, asked.topics, asked.askedBefore && words.length === 0);
  if (topic === MY_REQUESTS) return goTo('my-requests');
  const link = await whichAccount(scene);

  // In the person's own words, with photos and files.
  const pieces = words.length > 0 ? words : (await collect('request-words', { buttons: ['send'], more: 'request-more' })).pieces;
  const opened = await office.requests.open({ topic, link, pieces });
  if (opened.outcome === 'gone') {
    await say('request-changed');
    return goTo('request', '', pieces);
  }
  if (opened.outcome !== 'opened') return sayRefused(scene, opened);
  const { number } = opened;
  return say('request-opened', { number, topic: opened.topic }, [
    { label: 'button-add-to-request', dialog: 'add-to-request', ref: String(number) },
    { label: 'button-my-requests', dialog: 'my-requests' },
  ]);
};

/** No topic's key. */
const MY_REQUESTS = '*';
const NO_ACCOUNT = '*';

/** With one topic in the settings file, it is not asked. */
async function pickTopic({ pick }: Scene<Office>, topics: readonly Option[], askedBefore: boolean): Promise<string> {
  const [only, second] = topics;
  if (only && !second && !askedBefore) return only.key;
  const own = { key: MY_REQUESTS, label: { text: 'button-my-requests' } };
  return pick('request-topic', askedBefore ? [...topics, own] : topics);
}

/** The link to the account that it is about: with one it is taken, a guest may not name any, and with several «none» is an answer, too. */
async function whichAccount({ pick, office }: Scene<Office>): Promise<string | null> {
  const listed = await office.links.list();
  if (listed.outcome !== 'listed') return null;
  const { accounts } = listed;
  const [only, second] = accounts;
  if (!only || !second) return only?.link ?? null;
  const options = accounts.map((each) => ({ key: each.link, label: accountLabel(each) }));
  const none = { key: NO_ACCOUNT, label: { text: 'button-no-account' } };
  const words = { count: accounts.length, accounts: accountLines(accounts) };
  const chosen = await pick('request-which-account', [...options, none], words);
  return chosen === NO_ACCOUNT ? null : chosen;
}
