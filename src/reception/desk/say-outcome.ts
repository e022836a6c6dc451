import { shortenTo } from '../../domain/cut.ts';
import type { HandedOver } from '../../office/staff/hand-over.ts';
import type { ClosedEach } from '../../office/staff/states.ts';
import type { Told } from '../../office/staff/tell.ts';

/** What is said of an answer that was taken back: the beginning, by which it is known. */
export function wordsOfWithdrawn({ words, by }: { words: string; by: string }): Told['words'] & object {
  const line = words.replace(/\s+/g, ' ').trim();
  return { what: line === '' ? 'file' : 'words', words: shortenTo(line, LONGEST_QUOTE), by };
}

const LONGEST_QUOTE = 80;

/** Which of the requests that were named are closed now. */
export function sayClosedEach(done: ClosedEach): Told | undefined {
  if (done.outcome === 'not-staff') return undefined;
  const listed = (numbers: readonly number[]) =>
    numbers.length === 0 ? 'none' : numbers.map((number) => `№ ${number}`).join(', ');
  const { closed, already, unknown } = done;
  return { text: 'desk-closed-each', words: { closed: listed(closed), already: listed(already), unknown: listed(unknown) } };
}

/** How it ended that a request was to be handed over. */
export function sayHandedOver(handed: Exclude<HandedOver, { outcome: 'nowhere' | 'not-staff' }>): Told {
  switch (handed.outcome) {
    case 'handed-over':
      return {
        text: 'desk-handed-over',
        words: { name: handed.to, called: handed.username !== null, username: handed.username ?? '' },
      };
    case 'no-colleague':
      return { text: 'desk-no-colleague', words: { name: handed.to } };
    case 'unknown-colleague':
      return { text: 'desk-unknown-colleague' };
    case 'closed':
      return { text: 'desk-closed' };
  }
}
