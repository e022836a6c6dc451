import type { OutboxRow } from '../../records/outbox.ts';
import { SIGNED_OUT } from '../../records/notices.ts';

/** The first part of what a piece of news is about, with figures or without: the day to pay, the day on which a window opens or closes. */
export function subjectOf({ key }: Pick<OutboxRow, 'key'>): string {
  const [, first = '', second = ''] = (key ?? '').split('/');
  return first === SIGNED_OUT ? second : first;
}
