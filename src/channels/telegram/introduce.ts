import { type Api, GrammyError } from 'grammy';
import type { Log } from '../../adapters/log.ts';
import { OFFERED_COMMANDS } from '../../domain/staff-words.ts';
import { menuCommands } from '../../reception/menu.ts';
import { classifyError } from './refusals.ts';

/**
 * Tells Telegram our commands and what the bot is there for, and tells the operator what the staff group lacks. Nothing of it stops the start.
 * Commands of all chats are a guest's: who signs in gets those of a resident in his chat.
 */
export async function introduce(
  api: Api,
  staffChat: number | undefined,
  label: (text: string) => string,
  log: Log,
): Promise<string | undefined> {
  await api
    .setMyCommands(menuCommands('guest', label), { scope: { type: 'all_private_chats' } })
    .catch(() => log.warn('Telegram did not take the list of commands; the menu works without it'));
  await describe(api, label).catch(() =>
    log.warn('Telegram did not take the description of the bot; it stays as it was in its profile'),
  );
  if (staffChat === undefined) {
    log.warn('STAFF_CHAT_ID is not set: messages to staff wait in the database until it is');
    return undefined;
  }
  await api
    .setMyCommands(
      OFFERED_COMMANDS.map((command) => ({ command, description: label(`desk-command-${command}`) })),
      { scope: { type: 'chat', chat_id: staffChat } },
    )
    .catch(() => log.warn('Telegram did not take the list of commands for the staff group; they work without it'));
  try {
    const me = await api.getMe();
    const member = await api.getChatMember(staffChat, me.id);
    if (member.status !== 'administrator' || member.can_manage_topics === false)
      log.warn(
        `STAFF_CHAT_ID: make the bot an administrator of the group with the right to manage topics; now it is '${member.status}'`,
      );
    // A name for the log: without it nothing is amiss.
    return await api.getChat(staffChat).then(
      ({ title }) => title,
      () => undefined,
    );
  } catch (error) {
    log.warn(staffGroupUnseen(error));
    return undefined;
  }
}

/** What is read in the empty chat and in the profile, and the button beside the field: the list of commands. */
async function describe(api: Api, label: (text: string) => string): Promise<void> {
  await api.setMyDescription(label('profile-description'));
  await api.setMyShortDescription(label('profile-short'));
  await api.setChatMenuButton({ menu_button: { type: 'commands' } });
}

const LATER = 'STAFF_CHAT_ID may be right, and this is not tried again before the next start';

/** What kept us from looking at the staff group: the setting is blamed only for what Telegram itself says of that group. */
function staffGroupUnseen(error: unknown): string {
  const refusal = error instanceof GrammyError ? classifyError(error) : undefined;
  const what = refusal?.what ?? 'away';
  if (what === 'away') return `the staff group could not be looked at, Telegram did not answer; ${LATER}`;
  if (what === 'pace') return `the staff group could not be looked at, Telegram wants fewer calls; ${LATER}`;
  if (what === 'token')
    return 'the staff group could not be looked at: Telegram does not take BOT_TOKEN, or TELEGRAM_API_ROOT is no Bot API';
  if (what === 'moved')
    return `STAFF_CHAT_ID: this group has become a supergroup with another number: ${refusal?.movedTo ?? 'the bot will hear it'}; write it into the settings`;
  return 'STAFF_CHAT_ID: the bot cannot see this group: add it to the group, and check the number (it begins with -100)';
}
