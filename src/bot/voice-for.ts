import { type Api, Context } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { type ReportUnsaid, telegramVoice, type Wording } from '../dialogs/kit/telegram-voice.ts';
import type { Voice } from '../dialogs/kit/voice.ts';

type VoiceParts = { api: Api; me: UserFromGetMe; wording: Wording; report: ReportUnsaid };

/** Makes a mouth for the chat of an update. */
export function createVoiceFor({ api, me, wording, report }: VoiceParts): (update: Update) => Voice {
  return (update) => telegramVoice(new Context(update, api, me), wording, report);
}
