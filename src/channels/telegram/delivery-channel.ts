import type { DeliveryChannel } from '../../delivery/channel.ts';
import type { DrawPaper } from '../../papers/paper.ts';
import { openApi } from './api.ts';
import { telegramAddress } from './bot-address.ts';
import { createTelegramClient } from './client.ts';
import type { TelegramConnection } from './connect.ts';
import { createFetchFile } from './fetch-file.ts';
import { MESSENGER } from './ids.ts';
import { LARGEST_FETCHED_BYTES, LARGEST_HANDED_BYTES, TELEGRAM_PACE } from './limits.ts';
import { createMessenger } from './messenger.ts';
import { createSendNotice } from './send-notice.ts';
import type { StaffGroup } from './staff-group.ts';
import { createStaffVoice } from './staff-voice.ts';

export type DeliveryParts = {
  connection: TelegramConnection;
  /** `PROXY_URL` */
  proxyUrl: string | undefined;
  staffGroup: StaffGroup;
  draw: DrawPaper;
  onClose: (close: () => void) => void;
};

/** Telegram as the worker uses it: with a client of its own for what is in line, and the connection's for everything else. */
export function openDeliveryChannel({ connection, proxyUrl, staffGroup, draw, onClose }: DeliveryParts): DeliveryChannel {
  // A flood wait is the outbox's to know: it rests for everybody. So is what is to be tried again.
  const client = createTelegramClient({ proxyUrl, longestFloodWaitMs: 0, once: true });
  onClose(client.close);
  const api = openApi(connection, client);
  return {
    name: MESSENGER,
    pace: TELEGRAM_PACE,
    bot: telegramAddress(connection.me.username),
    send: createSendNotice(api, staffGroup, draw),
    messenger: createMessenger(api, staffGroup),
    staffVoice: createStaffVoice(connection.api),
    fetchFile: createFetchFile(connection.api, connection, connection.client),
    files: { mostFetchedBytes: LARGEST_FETCHED_BYTES, mostHandedBytes: LARGEST_HANDED_BYTES },
  };
}
