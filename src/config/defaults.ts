import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataOwner, ownerOfToken } from '../domain/data-owner.ts';
import type { Fields } from './settings.ts';

/** What holds where a setting is absent, for what the bot and the commands both read. */

export const LOOPBACK = '127.0.0.1';
export const TELEGRAM = 'https://api.telegram.org';
export const READINGS_WINDOW = { from: 20, to: 25 };
export const EXAMPLE_CENTRE = fileURLToPath(new URL('../../centre.example.json', import.meta.url));

export function isSandboxOf({ BOT_TOKEN, DATABASE_URL }: Fields): boolean {
  return BOT_TOKEN === undefined && DATABASE_URL === undefined;
}

/** Whose the data are that these settings lead to. */
export function ownerOf(fields: Fields): DataOwner {
  if (fields.BOT_TOKEN !== undefined) return ownerOfToken(fields.BOT_TOKEN);
  return isSandboxOf(fields) ? 'sandbox' : 'bot';
}

export function dataDir(fields: Fields, folder: string): string {
  const given = resolve(folder, fields.DATA_DIR ?? 'data');
  return isSandboxOf(fields) ? join(given, 'sandbox') : given;
}

export function centreFile(fields: Fields, folder: string): string {
  return fields.CENTRE_FILE ? resolve(folder, fields.CENTRE_FILE) : EXAMPLE_CENTRE;
}

export function timeZone(fields: Fields): string {
  return fields.TIME_ZONE ?? 'Europe/Moscow';
}

/** Loopback without a webhook: no other machine has to reach the port. */
export function host(fields: Fields): string {
  return fields.HOST ?? (fields.WEBHOOK_URL === undefined ? LOOPBACK : '0.0.0.0');
}
