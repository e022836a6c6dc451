import { sql } from 'kysely';
import type { Caller } from '../../src/office/caller.ts';
import type { Centre } from '../../src/office/centre.ts';
import { filledForm } from '../kit/registration.ts';
import type { World, WorldOptions } from '../kit/chat/world.ts';

const consent: Centre['consent'] = { version: '1', title: 'Согласие', text: 'Текст согласия (ч. 16 ст. 155 ЖК РФ).' };

/** So that transcripts are not for the most part the document. */
export const SHORT_CONSENT: WorldOptions = { centre: { consent } };

/** Everything in the base, as text, and every state that a dialog ever had, as it was before it was sealed. */
export async function dump(world: World): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I', tablename) as name from pg_tables where schemaname = 'public'
  `.execute(world.db);
  const contents = tables.map(({ name }) => `select t::text as row from ${name} t`);
  const { rows } = await sql.raw<{ row: string }>(contents.join(' union all ')).execute(world.db);
  return JSON.stringify([rows, world.states]);
}

/**
 * A secret as it would stand in a dump: as a word of its own. Inside sealed, hashed and random values, and in fractions of seconds, the
 * same few characters come about by chance.
 */
export function secretWord(...secrets: string[]): RegExp {
  return new RegExp(`(?<![\\w.-])(?:${secrets.join('|')})(?![\\w])`, 'i');
}

/** Somebody is registered already, two days ago; the first person of a transcript is 701, the second 702. */
export async function registered(
  world: World,
  person: { id: number; login: string; phone: string; password: string },
): Promise<void> {
  const { office } = world;
  let step = 0;
  const by = (): Caller => ({ messengerId: `telegram:${person.id}`, idempotencyKey: `before-${++step}` });
  const codeTo = async () => world.sms.at(-1)?.code ?? '';
  const form = await filledForm({ office, by, codeTo }, person);
  const done = await office.registration.register(by(), form);
  if (done.outcome !== 'registered') throw new Error(done.outcome);
  world.sms.length = 0;
  world.pass(2 * 24 * 60 * 60 * 1000);
}

export const IVAN = { id: 701, login: 'ivan', phone: '89123456789', password: 'tramvai-9' };

/** Ivan is registered and signed in, with `tramvai-9`. */
export const withIvan = (world: World): Promise<void> => registered(world, IVAN);
