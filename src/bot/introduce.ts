import type { Api } from 'grammy';
import type { Log } from '../adapters/log.ts';
import { OFFERED_COMMANDS } from './desk/commands.ts';
import { menuCommands } from './menu.ts';

/** Tells Telegram our commands, and tells the operator what the staff group lacks. Nothing of it stops the start. */
export async function introduce(
  api: Api,
  staffChat: number | undefined,
  label: (text: string) => string,
  log: Log,
): Promise<void> {
  await api
    .setMyCommands(menuCommands('resident', label), { scope: { type: 'all_private_chats' } })
    .catch(() => log.warn('Telegram did not take the list of commands; the menu works without it'));
  if (staffChat === undefined) {
    log.warn('STAFF_CHAT_ID is not set: messages to staff wait in the database until it is');
    return;
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
    if (member.status === 'administrator' && (member.can_manage_topics ?? true)) return;
    log.warn(
      `STAFF_CHAT_ID: make the bot an administrator of the group with the right to manage topics; now it is '${member.status}'`,
    );
  } catch {
    log.warn('STAFF_CHAT_ID: the bot cannot see this group: add it to the group, and check the number (it begins with -100)');
  }
}
