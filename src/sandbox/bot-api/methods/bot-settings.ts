/** The bot about itself: getMe, commands, descriptions, the menu button. */

import type { BotCommand, MenuButton, UserFromGetMe } from 'grammy/types';
import { mayBot } from '../access.ts';
import type { ApiCall, ApiMethod, Handlers } from '../call.ts';
import { characters } from '../entities/formatted.ts';
import { badRequest } from '../refusal.ts';
import { type BotAbout, botAsUser } from '../state.ts';
import { chatOf } from '../world.ts';

export const botSettings: Handlers = {
  getMe: ({ world }): UserFromGetMe =>
    ({
      ...botAsUser(world.state.bot),
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_guest_queries: false,
    }) as UserFromGetMe,

  setMyCommands(call) {
    const given = call.parameters.json('commands');
    if (!Array.isArray(given)) throw badRequest('expected an Array of BotCommand');
    if (given.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    call.world.put({ fact: 'commands', scope: scopeOf(call), commands: given.map(readCommand) });
    return true;
  },

  deleteMyCommands(call) {
    call.world.put({ fact: 'commands', scope: scopeOf(call), commands: [] });
    return true;
  },

  setMyDescription: setting('description', 'description', 512, 'BOT_DESCRIPTION_TOO_LONG'),
  setMyShortDescription: setting('short_description', 'shortDescription', 120, 'BOT_SHORT_DESCRIPTION_TOO_LONG'),

  setChatMenuButton(call) {
    const menuButton = readMenuButton(call.parameters.json('menu_button'));
    const chatId = call.parameters.integer('chat_id');
    if (chatId === undefined) {
      call.world.put({ fact: 'menu-button', menuButton });
      return true;
    }
    const { card } = chatOf(call.world, chatId);
    if (card.kind !== 'private') throw badRequest('private chat not found');
    call.world.put({ fact: 'chat', card: { ...card, menuButton } });
    return true;
  },
};

/** Kept for one language, or for everybody who has none of his own. */
function setting(parameter: string, field: keyof BotAbout, limit: number, problem: string): ApiMethod {
  return (call) => {
    const text = call.parameters.text(parameter) ?? '';
    if (characters(text).length > limit) throw badRequest(problem);
    const { bot } = call.world.state;
    const language = languageOf(call);
    const changed =
      language === ''
        ? { ...bot, [field]: text }
        : { ...bot, inLanguages: { ...bot.inLanguages, [language]: { ...bot.inLanguages?.[language], [field]: text } } };
    call.world.put({ fact: 'bot', bot: changed });
    return true;
  };
}

function readCommand(given: unknown): BotCommand {
  if (typeof given !== 'object' || given === null) throw badRequest('expected an Object');
  const { command, description } = given as { command?: unknown; description?: unknown };
  const name = typeof command === 'string' ? command.replace(/^\//, '') : '';
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description === '' || characters(description).length > 256)
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: name, description };
}

/** `all_private_chats|ru`, `chat:-100…|`, `chat_member:-100…:7|`. */
function scopeOf(call: ApiCall): string {
  const language = languageOf(call);
  const given = call.parameters.json('scope') as { type?: string; chat_id?: number | string; user_id?: number } | undefined;
  const type = given?.type ?? 'default';
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return `${type}|${language}`;
    case 'chat':
    case 'chat_administrators':
    case 'chat_member': {
      const { card } = chatOf(call.world, Number(given?.chat_id));
      if (type === 'chat') return `chat:${card.id}|${language}`;
      if (card.kind === 'private') throw badRequest("can't change commands in a private chat for administrators or members");
      if (!mayBot(card, 'can_manage_chat') && type === 'chat_administrators') throw badRequest('not enough rights');
      return `${type}:${card.id}${type === 'chat_member' ? `:${given?.user_id}` : ''}|${language}`;
    }
    default:
      throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  }
}

function languageOf(call: ApiCall): string {
  const language = call.parameters.text('language_code') ?? '';
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('LANGUAGE_CODE_INVALID');
  return language;
}

function readMenuButton(given: unknown): MenuButton {
  if (given === undefined) return { type: 'default' };
  const button = given as MenuButton;
  if (!['default', 'commands', 'web_app'].includes(button?.type)) throw badRequest('MenuButton has unsupported type');
  if (button.type !== 'web_app') return { type: button.type };
  if (!button.text) throw badRequest('MenuButton text must be non-empty');
  if (!button.web_app?.url.startsWith('https://'))
    throw badRequest('menu button Web App URL is invalid: Only HTTPS links are allowed');
  return { type: 'web_app', text: button.text, web_app: { url: button.web_app.url } };
}
