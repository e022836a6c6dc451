import { type Bot, Context } from 'grammy';
import type { Message, Update } from 'grammy/types';
import type { Channel } from '../../reception/channel.ts';
import { isTelegramAway } from './attempt.ts';
import { conversationsIn } from './conversation.ts';
import { MESSENGER } from './ids.ts';
import { letterOf } from './letter-of.ts';
import { isAboutMoney, isInGroup } from './update-route.ts';
import { VisitContext } from './visit-context.ts';
import { withoutNul } from './without-nul.ts';

export type TelegramChannelParts = Pick<Channel<Update>, 'routeOf' | 'voiceFor' | 'moneyIn' | 'holdMoney'> & {
  bot: Bot<VisitContext>;
  /** Finds out whether the staff group has become another one. */
  lookForGroup?: (() => Promise<void>) | undefined;
};

/** Telegram's updates as reception takes them. */
export function telegramChannel({ bot, lookForGroup, ...parts }: TelegramChannelParts): Channel<Update> {
  const answer = bot.middleware();
  return {
    messenger: MESSENGER,
    keyOf: ({ update_id: id }) => String(id),
    kindOf: (update) => Object.keys(update).find((key) => key !== 'update_id') ?? 'nothing',
    storable: withoutNul,
    ...parts,
    lookAgain: lookForGroup && (async (update) => (isInGroup(update) ? lookForGroup() : undefined)),
    nameOf,
    letterOf: (update) => letterOf(update, bot.botInfo.username),
    entering: (update) => conversationsIn(new Context(update, bot.api, bot.botInfo)),
    // Not by `bot.handleUpdate`, which makes another client of the Bot API for each update.
    async answer(update, visit) {
      await answer(new VisitContext(update, bot.api, bot.botInfo, visit), async () => {});
    },
    isAway: isTelegramAway,
    isUrgent: (update) => update.pre_checkout_query !== undefined || isPayment(update),
    isAboutMoney: isPayment,
    // The payer has read the refusal on the invoice.
    isAnsweredElsewhere: (update) => update.pre_checkout_query !== undefined,
    withoutWords,
  };
}

const isPayment = ({ message }: Update): boolean => message !== undefined && isAboutMoney(message);

function nameOf(update: Update): string {
  const { from } = update.message ?? update.edited_message ?? update.callback_query ?? update.pre_checkout_query ?? {};
  return [from?.first_name, from?.last_name].filter(Boolean).join(' ');
}

function withoutWords(update: Update): Update {
  const bare = structuredClone(update);
  for (const message of [bare.message, bare.edited_message]) {
    if (!message) continue;
    for (const field of WITH_WORDS) delete message[field];
    const { document, video, audio, animation } = message;
    for (const file of [document, video, audio, animation]) delete file?.file_name;
    delete audio?.title;
    delete audio?.performer;
  }
  return bare;
}

/** Where words of a person stand, in addresses of links and in what is cited, too. */
const WITH_WORDS = [
  'text',
  'caption',
  'entities',
  'caption_entities',
  'link_preview_options',
  'quote',
  'reply_to_message',
  'external_reply',
] as const satisfies readonly (keyof Message)[];
