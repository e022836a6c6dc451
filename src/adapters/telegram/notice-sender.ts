import { type Api, GrammyError } from 'grammy';
import type { NoticeSent, SendNotice, SpokenNotice } from '../notices/send.ts';

export type NoticeSenderOptions = {
  api: Api;
  /** `STAFF_CHAT_ID`; none: staff cannot be reached, their notices wait. */
  staffChatId: number | undefined;
  /** The data of a button that opens a dialog. */
  doorData: (dialog: string, ref?: string) => string;
  /** The staff group has become a supergroup with this id: `STAFF_CHAT_ID` is to be changed. */
  onStaffMoved: (chatId: number) => void;
};

/** Sends notices as Telegram messages: to a person's private chat and to the staff group, whose upgrade to a supergroup is followed. */
export function telegramNotices({ api, staffChatId, doorData, onStaffMoved }: NoticeSenderOptions): SendNotice {
  let staff = staffChatId;

  return async (to, notice) => {
    const chat = to === 'staff' ? staff : Number(/^telegram:(-?\d+)$/.exec(to)?.[1] ?? Number.NaN);
    if (chat === undefined) return { outcome: 'blocked', reason: 'STAFF_CHAT_ID is not set' };
    if (Number.isNaN(chat)) return { outcome: 'refused', reason: 'not an account in Telegram' };
    try {
      await say(chat, notice);
      return { outcome: 'sent' };
    } catch (error) {
      const moved = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
      if (to !== 'staff' || moved === undefined) return judge(error);
      staff = moved;
      onStaffMoved(moved);
      return say(moved, notice).then(() => ({ outcome: 'sent' as const }), judge);
    }
  };

  async function say(chat: number, { html, doors }: SpokenNotice): Promise<void> {
    const rows = doors.map(({ label, dialog, ref }) => [{ text: label, callback_data: doorData(dialog, ref) }]);
    await api.sendMessage(chat, html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
    });
  }
}

/** Telegram's descriptions, without what they quote. Network errors and Telegram's own troubles are thrown on. */
function judge(error: unknown): NoticeSent {
  if (!(error instanceof GrammyError) || error.error_code >= 500 || error.error_code === 401) throw error;
  if (error.error_code === 429) return { outcome: 'wait', seconds: error.parameters.retry_after ?? 5 };
  const reason = error.description.replace(/"[^"]*"/g, '…');
  const closed =
    error.error_code === 403 || /chat not found|user not found|not enough rights|CHAT_WRITE_FORBIDDEN|deactivated/i.test(reason);
  return { outcome: closed ? 'blocked' : 'refused', reason };
}
