import { sql } from 'kysely';
import type { Refusal } from '../kit/chat/fake-telegram.ts';
import type { World } from '../kit/chat/world.ts';
import type { Chance } from './chance.ts';

/**
 * What goes wrong beside what somebody does, of which nothing may come: `killed`, the process dies after the work of each update, which comes
 * again; `twice`, each update comes again afterwards; `crowd`, each comes so often at the same moment; `restarted`, before it; `turns-lost`,
 * dialogs and known updates are gone (Redis is); `sms-unsure`, the provider took the code and its answer was lost; `stumbles`, the messenger
 * refuses what staff answer a few times: it comes later.
 */
const FAULTS = ['killed', 'twice', 'crowd', 'restarted', 'turns-lost', 'sms-unsure'] as const;
export type Fault = (typeof FAULTS)[number] | 'stumbles';

/** How often one update comes in a crowd. */
export const CROWD = 4;

export function anyFault(chance: Chance, does: string): Fault | undefined {
  if (does === 'staffAnswer' && chance.percent(30)) return 'stumbles';
  return chance.percent(25) ? chance.pick(FAULTS) : undefined;
}

const REFUSALS: readonly Refusal[] = [
  { error_code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } },
  { error_code: 500, description: 'Internal Server Error' },
  { error_code: 502, description: 'Bad Gateway' },
];

/** What is done to the world for as long as a fault lasts. */
export async function letHappen({ db, restart, answerSms, telegram }: World, fault: Fault | undefined): Promise<void> {
  const refusals = fault === 'stumbles' ? [...REFUSALS] : [];
  telegram.interfereWith(({ chat, method }) => (chat > 0 && /^(?:send|copy)/.test(method) ? refusals.shift() : undefined));
  answerSms(async () => ({ outcome: fault === 'sms-unsure' ? 'unknown' : 'sent', provider: 'test' }));
  if (fault === 'restarted') restart();
  if (fault === 'turns-lost') await sql`delete from chat_turns`.execute(db).then(() => sql`delete from chat_updates`.execute(db));
}
