import { sql } from 'kysely';
import type { World } from '../kit/chat/world.ts';
import type { Chance } from './chance.ts';

/**
 * What goes wrong beside what somebody does, of which nothing may come: `killed`, the process dies after the work of each update, which comes
 * again; `twice`, each update comes again afterwards; `crowd`, each comes so often at the same moment; `restarted`, before it; `turns-lost`,
 * dialogs and known updates are gone (Redis is); `sms-unsure`, the provider took the code and its answer was lost.
 */
export const FAULTS = ['killed', 'twice', 'crowd', 'restarted', 'turns-lost', 'sms-unsure'] as const;
export type Fault = (typeof FAULTS)[number];

/** How often one update comes in a crowd. */
export const CROWD = 4;

export const anyFault = (chance: Chance): Fault | undefined => (chance.percent(25) ? chance.pick(FAULTS) : undefined);

/** What is done to the world for as long as a fault lasts. */
export async function letHappen({ db, restart, answerSms }: World, fault: Fault | undefined): Promise<void> {
  answerSms(async () => ({ outcome: fault === 'sms-unsure' ? 'unknown' : 'sent', provider: 'test' }));
  if (fault === 'restarted') restart();
  if (fault === 'turns-lost') await sql`delete from chat_turns`.execute(db).then(() => sql`delete from chat_updates`.execute(db));
}
