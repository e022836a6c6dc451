import type { BotAddress } from '../domain/bot-address.ts';
import type { FetchFile } from './fetch-file.ts';
import type { SendNotice } from './notices/send.ts';
import type { FileLimits } from './outgoing-file.ts';
import type { Figures } from './pace.ts';
import type { Messenger } from './requests/actions.ts';
import type { StaffVoice } from './staff-voice.ts';

/** What a messenger does for the worker: everything that is said unasked goes through it, and files come by it. */
export type DeliveryChannel = {
  /** Its word in ids: `telegram` of `telegram:7`. */
  name: string;
  /** How much it takes. */
  pace: Figures;
  bot: BotAddress;
  send: SendNotice;
  messenger: Messenger;
  staffVoice: StaffVoice;
  fetchFile: FetchFile;
  files: FileLimits;
};
