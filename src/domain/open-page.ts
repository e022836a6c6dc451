import type { Phrase, TextArgs } from './text-args.ts';

/** A page of what waits, from whoever has waited longest. */
export type OpenPage = { lines: OpenLine[]; page: number; pages: number; waiting: number; answered: number };

export type OpenLine = {
  number: number;
  /** Where it is talked about; undefined: it is on its way there, or nothing links there. */
  link: string | undefined;
  kind: string;
  /** The topic's label; 'none' where the settings file no longer has it, and for an escalation. */
  topic: string;
  account: string | null;
  called: string | null;
  state: 'new' | 'taken';
  late: boolean;
  age: number;
  unit: 'minutes' | 'hours' | 'days';
  takenBy: string | null;
};

/** The words of the text `desk-open`. */
export function openWords({ lines, page, pages, waiting, answered }: OpenPage, whose: 'all' | 'mine'): TextArgs {
  return { whose, waiting, answered, page, pages, lines: lines.map(linePhrase) };
}

function linePhrase({ number, link, kind, topic, account, called, state, late, age, unit, takenBy }: OpenLine): Phrase {
  const words = {
    number,
    link: link ?? 'none',
    about: kind === 'request' ? 'request' : 'escalation',
    kind,
    topic,
    account: account ?? 'none',
    name: called ?? 'none',
    state,
    late,
    age,
    unit,
    who: takenBy ?? 'none',
  };
  return { text: 'desk-open-line', words };
}
