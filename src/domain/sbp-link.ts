import { z } from 'zod';
import type { Kopecks } from './money.ts';

const EXPECTED = 'нужен адрес https:// с {account} и {sum} (в рублях) или {kopecks} (в копейках)';
const PLACES = /\{(\w*)\}/g;

/** The acquirer's address by which a bank's app is opened at a payment (СБП), with places for whose it is and how much: `https://…?ls={account}&s={sum}`. */
export const SbpTemplate = z.string({ error: EXPECTED }).refine(isTemplate, EXPECTED);

/** The address for a sum of an account; roubles are written `2725.67`. */
export function sbpLink(template: string, { account, sumKopecks }: { account: string; sumKopecks: Kopecks }): string {
  const values: Readonly<Record<string, string>> = {
    account,
    sum: `${Math.trunc(sumKopecks / 100)}.${String(sumKopecks % 100).padStart(2, '0')}`,
    kopecks: String(sumKopecks),
  };
  return template.replaceAll(PLACES, (place, name: string) => values[name] ?? place);
}

function isTemplate(template: string): boolean {
  const places = [...template.matchAll(PLACES)].map(([, name]) => name);
  const isKnown = places.every((name) => name === 'account' || name === 'sum' || name === 'kopecks');
  if (!isKnown || !places.includes('account') || !(places.includes('sum') || places.includes('kopecks'))) return false;
  const filled = sbpLink(template, { account: '0012345', sumKopecks: 1 });
  return filled.startsWith('https://') && !/[\s{}]/.test(filled) && URL.canParse(filled);
}
