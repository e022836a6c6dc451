import { sql } from 'kysely';
import type { Refusal } from '../kit/chat/fake-telegram.ts';
import type { World } from '../kit/chat/world.ts';
import type { Chance } from './chance.ts';
import { anyProgramFault, type ProgramFault } from './programs/faults.ts';

/** What goes wrong beside what somebody does, of which nothing may come. */
export const FAULTS = {
  killed: 'the process dies after the work of each update, before its turn is finished, and the update comes again',
  twice: 'each update comes again afterwards',
  crowd: 'each update comes 2, 5 or 50 times at the same moment',
  late: 'all updates of an errand come again when it is over, the last one first',
  restarted: 'the process is started anew before an errand',
  'turns-lost': 'dialogs and known updates are gone before an errand, as with Redis',
  'sms-unsure': 'the provider took the code, and its answer was lost',
  stumbles: 'the messenger answers 429, 500 and 502 to what staff say: it comes later',
} as const;
type LocalFault = keyof typeof FAULTS;

/** `at`: how many, or beside which call. */
export type Fault = { kind: LocalFault | ProgramFault; at?: number };

const OF_UPDATES = ['twice', 'crowd', 'late'] as const;
const OF_PROCESS = ['killed', 'killed', 'restarted', 'turns-lost', 'sms-unsure'] as const;
/** How often one update comes in a crowd. */
const CROWDS = [2, 2, 2, 5, 5, 50] as const;

/** `inPrograms`: several, which are the shipped ones. */
export function anyFault(chance: Chance, does: string, inPrograms: boolean): Fault | undefined {
  if (inPrograms && chance.percent(40)) return anyProgramFault(chance);
  if (!inPrograms && does === 'staffAnswer' && chance.percent(30)) return { kind: 'stumbles' };
  if (!chance.percent(inPrograms ? 20 : 30)) return undefined;
  const kind = chance.pick(inPrograms ? OF_UPDATES : [...OF_UPDATES, ...OF_PROCESS]);
  return kind === 'crowd' ? { kind, at: chance.pick(CROWDS) } : { kind };
}

const REFUSALS: readonly Refusal[] = [
  { error_code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } },
  { error_code: 500, description: 'Internal Server Error' },
  { error_code: 502, description: 'Bad Gateway' },
];

/** What is done to the world for as long as a fault lasts. `onInjected` hears each time that it happens. */
export async function letHappen(
  { db, restart, answerSms, telegram }: World,
  kind: Fault['kind'] | undefined,
  onInjected: (kind: Fault['kind']) => void,
): Promise<void> {
  const refusals = kind === 'stumbles' ? [...REFUSALS] : [];
  telegram.interfereWith(({ chat, method }) => {
    if (chat < 0 || !/^(?:send|copy)/.test(method)) return undefined;
    const refusal = refusals.shift();
    if (refusal) onInjected('stumbles');
    return refusal;
  });
  answerSms(async () => {
    if (kind === 'sms-unsure') onInjected(kind);
    return { outcome: kind === 'sms-unsure' ? 'unknown' : 'sent', provider: 'test' };
  });
  if (kind === 'restarted') restart();
  if (kind === 'turns-lost') await sql`delete from chat_turns`.execute(db).then(() => sql`delete from chat_updates`.execute(db));
  if (kind === 'restarted' || kind === 'turns-lost') onInjected(kind);
}
