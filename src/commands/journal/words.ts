import { localTime } from '../../domain/local-day.ts';
import type { JournalLine } from '../../records/audit-log.ts';
import { ACTORS } from './actors.ts';
import { detailsOf } from './details.ts';
import { VERBS } from './verbs.ts';

/** One entry on one line: when, who, what, about what, and the details. */
export function journalLine(entry: JournalLine, timeZone: string): string {
  const { at, who, name, what, account, requestNumber: request, details } = entry;
  const verb = VERBS[what];
  const actor = ACTORS[who] ?? who;
  const about = [account !== null && `ЛС ${account}`, request !== null && `обращение № ${request}`].filter(Boolean).join(', ');
  const parts = [
    localTime(at, timeZone).replace('T', ' '),
    name === null ? actor : `${name} (${actor})`,
    verb === undefined ? what : `${verb} [${what}]`,
    about,
    detailsOf(what, details, timeZone),
  ];
  return parts
    .filter((part) => part !== '')
    .map(printable)
    .join('  ');
}

/** People choose their names in the messenger: what could steer a terminal or break the line is taken out. */
function printable(words: string): string {
  return words.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '');
}
