import { GrammyError } from 'grammy';
import { type BotApiAddress, openApi } from './api.ts';
import { createTelegramClient } from './client.ts';
import { proxySentence } from './proxy.ts';
import { describeError } from '../../reception/describe-error.ts';
import { isTokenUnknown, refusalIn } from './attempt.ts';
import { saidByAnother } from './way-there.ts';

/** Why Telegram did not say something: plain words without a token. */
export type NotTold =
  | { outcome: 'refused-token' }
  | { outcome: 'no-way'; sentence: string }
  | { outcome: 'away'; code: string }
  /** It is no Bot API that answers there. */
  | { outcome: 'another'; said: string }
  /** It became another group. */
  | { outcome: 'moved'; to: number | undefined }
  | { outcome: 'refused'; description: string };

export type TelegramFacts = {
  bot: { outcome: 'named'; name: string } | NotTold;
  webhook?:
    | { outcome: 'told'; url: string; pending: number; lastError: string | undefined; failedAt: Date | undefined }
    | NotTold;
  group?:
    | { outcome: 'seen'; title: string; isForum: boolean; status: string; mayManageTopics: boolean; mayDelete: boolean }
    | NotTold;
  /** Of those that were asked about, the ones that are not in the group. */
  outsiders?: readonly number[];
};

/** What Telegram says of the bot, its webhook and the staff group; each is asked once. Never throws. */
export async function lookAtTelegram(
  bot: BotApiAddress,
  { proxyUrl, groupId, people }: { proxyUrl: string | undefined; groupId: number | undefined; people: readonly number[] },
): Promise<TelegramFacts> {
  const client = createTelegramClient({ proxyUrl, longestFloodWaitMs: 0, once: true });
  const api = openApi(bot, client);
  api.config.use(client.transformer(bot.apiRoot, bot.token));
  const told = <A>(asked: Promise<A>): Promise<A | NotTold> => asked.catch(unsaid);
  try {
    const me = await told(api.getMe().then(({ id, username: name }) => ({ outcome: 'named' as const, name, id })));
    if (me.outcome !== 'named') return { bot: me };
    const webhook = await told(
      api
        .getWebhookInfo()
        .then(({ url = '', pending_update_count: pending, last_error_message: lastError, last_error_date: at }) => {
          const failedAt = at === undefined ? undefined : new Date(at * 1000);
          return { outcome: 'told' as const, url, pending, lastError, failedAt };
        }),
    );
    if (groupId === undefined) return { bot: me, webhook };
    const group = await told(
      Promise.all([api.getChat(groupId), api.getChatMember(groupId, me.id)]).then(([chat, member]) => ({
        outcome: 'seen' as const,
        title: chat.title ?? '',
        isForum: chat.is_forum === true,
        status: member.status,
        mayManageTopics: member.status === 'administrator' && (member.can_manage_topics ?? true),
        mayDelete: member.status === 'administrator' && member.can_delete_messages,
      })),
    );
    const outsiders: number[] = [];
    for (const person of group.outcome === 'seen' ? people : []) {
      const isIn = await api.getChatMember(groupId, person).then(
        ({ status }) => status !== 'left' && status !== 'kicked',
        (error: unknown) => refusalIn(error).what !== 'nobody',
      );
      if (!isIn) outsiders.push(person);
    }
    return { bot: me, webhook, group, outsiders };
  } finally {
    client.close();
  }
}

function unsaid(error: unknown): NotTold {
  const sentence = proxySentence(error);
  if (sentence !== undefined) return { outcome: 'no-way', sentence };
  const said = saidByAnother(error);
  if (said !== undefined) return { outcome: 'another', said };
  if (!(error instanceof GrammyError)) return { outcome: 'away', code: describeError(error).code ?? 'нет ответа' };
  if (isTokenUnknown(error)) return { outcome: 'refused-token' };
  const { what, movedTo } = refusalIn(error);
  if (what === 'moved') return { outcome: 'moved', to: movedTo };
  if (error.error_code >= 500 || what === 'away') return { outcome: 'away', code: String(error.error_code) };
  return { outcome: 'refused', description: error.description };
}
