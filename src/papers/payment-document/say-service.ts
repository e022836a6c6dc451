import type { Texts } from '../../texts/texts.ts';

/** A service as the page calls it: its zone, where it has one, as on the meter. */
export function sayService({ service }: { service: string }, say: Texts['text']): string {
  return say('payment-document-service', { service });
}
