import type { Api } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { backoffMs } from '../../domain/backoff.ts';
import { sleep } from '../../runtime/sleep.ts';
import { isTokenUnknown } from './attempt.ts';

/** Who we are on Telegram; waits until Telegram answers. Throws a sentence for the operator when it does not know the token. */
export async function getMe(api: Api, onSilence: (error: unknown) => void): Promise<UserFromGetMe> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await api.getMe();
    } catch (error) {
      if (isTokenUnknown(error)) {
        throw new Error('BOT_TOKEN: Telegram не знает такого токена: скопируйте его ещё раз из @BotFather', { cause: error });
      }
      onSilence(error);
      await sleep(backoffMs(attempts, { firstMs: 1_000, mostMs: 30_000 }));
    }
  }
}
