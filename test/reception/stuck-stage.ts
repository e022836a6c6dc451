import { Api } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/adapters/log.ts';
import { createTelegramClient } from '../../src/channels/telegram/client.ts';
import { startPolling } from '../../src/channels/telegram/polling.ts';
import type { Chapter } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
import type { Office } from '../../src/office/office.ts';
import { listCards } from '../kit/cards.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';
import { startBotApi, TOKEN } from '../kit/edge/bot-api.ts';

export const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };
export const ANNA: Person = { name: 'Анна', id: 702, phone: '79123456782' };

/** `broken`: any answer breaks the dialog. `away`: Postgres refuses what a pressed button asks for. Over with the stage. */
export const faults = { broken: false, away: false };

export const never: Dialog<Office> = async ({ ask, askOrProve, askSecret, choose, say }) => {
  const words = await ask('sign-in-name', z.string());
  if (faults.broken) throw new TypeError('broken');
  if (words === 'secret') {
    await askSecret('sign-in-password', async (typed) => {
      if (typed === 'break') throw new TypeError('a secret');
      return 'ok';
    });
  }
  if (words === 'sum') {
    const prove = () => Promise.reject(new TypeError('a secret'));
    await askOrProve('linking-account', z.string(), prove, { buttons: ['send'] });
  }
  if (words === 'choose') {
    await choose('linking-account', ['send']);
    if (faults.away) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    return say('menu-guest');
  }
  if (words === 'hang') await new Promise(() => {});
  if (words === 'outage') throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  if (words === 'break') throw new TypeError('a telephone: +79123456789');
  await ask('linking-account', z.string());
};
export const chapter = (dialog: Dialog<Office>): Chapter<Office> => ({ dialog, version: 'v1', changesMenu: false });

/** The bot with its polling on a Bot API of the test's own, with so little patience. */
export async function openStage(limits: { stuckMs: number; slowMs: number; unsaidMs?: number }) {
  const telegram = await startBotApi();
  const client = createTelegramClient();
  let output = '';
  const log = createLog('trace', { destination: { write: (line: string) => void (output += line) } });
  const chapters = { 'sign-in': chapter(never) };
  const world = await openWorld({ edge: { server: telegram, client }, chapters, log, limits });
  const api = new Api(TOKEN, { apiRoot: telegram.apiRoot, fetch: client.fetch });
  const polling = startPolling({
    api,
    accept: world.intake.accept,
    allowedUpdates: ['message', 'pre_checkout_query', 'callback_query'],
    onError: (error) => log.error(error),
    holdSeconds: 5,
  });
  onTestFinished(async () => {
    Object.assign(faults, { broken: false, away: false });
    await polling.stop();
    client.close();
    await telegram.close();
    await world.close();
  });
  let update = 0;
  return {
    world,
    telegram,
    polling,
    output: () => output,
    type(person: Person, words: string) {
      update += 1;
      telegram.push(updateOf(person, { does: 'say', words }, { update, message: update }, 0));
    },
    /** A button under a message, which stands there with all of them. */
    press(person: Person, { data, messageId }: { data: string; messageId: number }, inline_keyboard: InlineKeyboardButton[][]) {
      update += 1;
      const pressed = updateOf(person, { does: 'press', data, messageId }, { update, message: update }, 0);
      Object.assign(pressed.callback_query?.message ?? {}, { reply_markup: { inline_keyboard } });
      telegram.push(pressed);
    },
    /** A photo with words under it. */
    send(person: Person, caption: string) {
      update += 1;
      telegram.push(updateOf(person, { does: 'send', media: { kind: 'photo' }, caption }, { update, message: update }, 0));
    },
    said: (person: Person) => telegram.said(person.id),
    parked: () => world.db.selectFrom('updateInbox').select(['id', 'state', 'sealed']).orderBy('id').execute(),
    staff: () => listCards(world.db),
  };
}
