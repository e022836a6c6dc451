import type { Api } from 'grammy';
import type { Log } from '../../adapters/log.ts';
import { OFFERED_COMMANDS } from '../../domain/staff-words.ts';
import { menuCommands } from '../../reception/menu.ts';
import { refusalIn } from './attempt.ts';
import { wordOfStatus } from './member-status.ts';

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
    log.warn('STAFF_CHAT_ID: не задан: обращения жителей ждут в базе, пока группы нет; задайте её');
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
        `STAFF_CHAT_ID: боту в группе не хватает прав (сейчас он ${wordOfStatus(member.status)}): сделайте его администратором с правом управлять темами`,
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

const LATER = 'проверьте её командой npm run doctor';

/** What kept us from looking at the staff group: the setting is blamed only for what Telegram itself says of that group. */
function staffGroupUnseen(error: unknown): string {
  const { what, movedTo } = refusalIn(error);
  if (what === 'away') return `STAFF_CHAT_ID: группу проверить не удалось, Telegram не ответил: ${LATER}`;
  if (what === 'pace') return `STAFF_CHAT_ID: группу проверить не удалось, Telegram просит подождать: ${LATER}`;
  if (what === 'token')
    return 'STAFF_CHAT_ID: группу проверить не удалось: Telegram не принимает BOT_TOKEN, или по адресу TELEGRAM_API_ROOT не Bot API: исправьте их';
  if (what === 'moved')
    return `STAFF_CHAT_ID: группа стала супергруппой: замените число на ${movedTo ?? 'новое (бот его ещё узнает)'}`;
  return 'STAFF_CHAT_ID: бот не видит этой группы: добавьте его туда и проверьте число, у супергрупп оно начинается с -100';
}
