import { shortenTo } from '../../domain/cut.ts';
import type { RequestSeen } from '../../office/staff/look-ups.ts';
import type { Phrase } from '../kit/scene.ts';

/** A request in a list of those that staff looked for, with the way to where it is talked about. */
export function requestPhrase(seen: RequestSeen): Phrase {
  const { number, kind, topic, state, openedAt, takenBy, link, called, words } = seen;
  return {
    text: 'staff-requests-line',
    words: {
      number,
      link: link ?? 'none',
      about: kind === 'request' ? 'request' : 'escalation',
      topic,
      state,
      at: openedAt,
      name: called ?? 'none',
      taken: Boolean(takenBy),
      by: takenBy,
      words: shortened(words),
      written: words.trim() !== '',
    },
  };
}

const LONGEST = 100;

function shortened(words: string): string {
  return shortenTo(words.replace(/\s+/g, ' ').trim(), LONGEST);
}
