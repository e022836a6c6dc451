import { type Api, GrammyError, HttpError } from 'grammy';
import type { NoticeSent, SendNotice } from '../adapters/notices/send.ts';
import { doorData } from '../dialogs/kit/telegram-voice.ts';

/** Sends notices by Telegram; `staffChat` undefined: there is no group, and notices to staff wait until there is one. */
export function createSendNotice(api: Api, staffChat: number | undefined): SendNotice {
  return async (to, { html, doors }) => {
    const chat = to === 'staff' ? staffChat : Number(to.slice(to.indexOf(':') + 1));
    if (chat === undefined) return { outcome: 'blocked', reason: 'STAFF_CHAT_ID is not set' };
    const buttons = doors.map(({ label, dialog, ref }) => [{ text: label, callback_data: doorData(dialog, ref) }]);
    try {
      await api.sendMessage(chat, html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons } }),
      });
      return { outcome: 'sent' };
    } catch (error) {
      if (error instanceof GrammyError) return read(error);
      throw error instanceof HttpError ? new Error('Telegram did not answer') : error;
    }
  };
}

function read({ error_code: code, description, parameters }: GrammyError): NoticeSent {
  if (code === 429) return { outcome: 'wait', seconds: parameters.retry_after ?? 1 };
  const gone =
    code === 403 ||
    code === 401 ||
    /chat not found|user is deactivated|group chat was upgraded|not enough rights|PEER_ID_INVALID/i.test(description);
  if (gone) return { outcome: 'blocked', reason: description };
  if (code >= 500) throw new Error(`Telegram answered ${code}`);
  return { outcome: 'refused', reason: description };
}
