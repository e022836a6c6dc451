import { describe, expect, onTestFinished, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';
import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import { tellClosed } from '../../../src/office/requests/closing.ts';
import { updateRequest } from '../../../src/records/requests.ts';
import { saveSilence } from '../../../src/records/silenced.ts';
import { openStage } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import * as make from '../../kit/make.ts';
import { linkFor, settleTown } from '../town.ts';

/** Иван (701) has asked; his requests' numbers. */
async function asked(world: World, requests: number): Promise<number[]> {
  await settleTown(world);
  // A Monday morning.
  world.pass(22 * HOUR_MS);
  await linkFor(world, 701, '0012345');
  const numbers: number[] = [];
  for (let i = 1; i <= requests; i += 1) {
    const messagePart: MessagePart = {
      source: `telegram:701/${i}`,
      album: null,
      repliesTo: null,
      kind: 'words',
      words: `Вопрос ${i}`,
      file: null,
      fileName: null,
    };
    const caller = { messengerId: 'telegram:701', idempotencyKey: `before-${i}` } as const;
    const opened = await world.office.requests.open(caller, { topic: 'charges', link: null, messageParts: [messagePart] });
    if (opened.outcome !== 'opened') throw new Error(opened.outcome);
    numbers.push(opened.number);
  }
  return numbers;
}

/** Staff have closed it and the person is told. */
async function closed(world: World, number: number): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (trx) => {
    const found = await trx.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
    // Somebody answered: there is something to rate.
    await updateRequest(trx, found.id, { firstAnsweredAt: now }, now);
    const request = { ...found, firstAnsweredAt: now };
    await updateRequest(trx, request.id, { state: 'closed', closedAt: now, waitingSince: null }, now);
    await tellClosed(trx, request, now);
  });
}

describe('one that is closed', () =>
  transcripts(new URL('./requests-closed/', import.meta.url), {
    before: async (world) => {
      for (const number of await asked(world, 1)) await closed(world, number);
    },
  }));

/** Ivan has pressed a mark and is asked for a word to it; what he reads once something happened meanwhile. */
async function explainsAfter(meanwhile: (world: World) => Promise<unknown>): Promise<string> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  for (const number of await asked(world, 1)) await closed(world, number);
  const stage = openStage(world);
  for (const line of ['Иван: /menu', 'Иван: [3 ⭐]']) await stage.perform(line);
  await meanwhile(world);
  const before = stage.played.length;
  await stage.perform('Иван: Ответили не на тот вопрос');
  expect(world.broken).toEqual([]);
  return stage.played.slice(before).join('\n');
}

test('the word to a mark goes to staff also where they opened the request meanwhile', async () => {
  const said = await explainsAfter((world) => world.db.updateTable('requests').set({ state: 'taken', closedAt: null }).execute());
  expect(said).toContain('Спасибо за отзыв, сотрудники его прочитают.');
  expect(said).toContain('Житель пишет:\n     Ответили не на тот вопрос');
});

test('where somebody else of the login has explained the mark, nobody is thanked for words that go nowhere', async () => {
  const said = await explainsAfter(async (world) => {
    const caller = { messengerId: 'telegram:701', idempotencyKey: 'elsewhere' } as const;
    expect(await world.office.requests.rateWords(caller, 1, 'Плохо')).toEqual({ outcome: 'rated' });
  });
  expect(said).toContain('Отзыв к этому ответу уже есть, поэтому эти слова мы не записали.');
  expect(said).toContain('[Дополнить]');
  expect(said).not.toContain('Спасибо за отзыв');
});

/** Staff answered it, and nobody said more until it closed. */
async function closedByItself(world: World, numbers: readonly number[]): Promise<void> {
  const now = world.clock();
  for (const number of numbers) {
    await world.db.transaction().execute(async (trx) => {
      const { id } = await trx.selectFrom('requests').select('id').where('number', '=', number).executeTakeFirstOrThrow();
      await updateRequest(trx, id, { state: 'answered', firstAnsweredAt: now, waitingSince: null }, now);
    });
  }
  world.pass(5 * DAY_MS);
  expect(await world.office.quietRequests.close()).toBe(numbers.length);
}

describe('one that closed by itself', () =>
  transcripts(new URL('./requests-over/', import.meta.url), {
    before: async (world) => closedByItself(world, await asked(world, 1)),
  }));

describe('two that closed by themselves', () =>
  transcripts(new URL('./requests-over-both/', import.meta.url), {
    before: async (world) => closedByItself(world, await asked(world, 2)),
  }));

describe('one that was closed a week ago', () =>
  transcripts(new URL('./requests-long-closed/', import.meta.url), {
    before: async (world) => {
      for (const number of await asked(world, 1)) await closed(world, number);
      world.pass(8 * DAY_MS);
    },
  }));

describe('five that are open', () =>
  transcripts(new URL('./requests-enough/', import.meta.url), {
    before: async (world) => {
      await asked(world, 5);
      // Whoever signed in with an account has confirmed it.
      const [messengerId, confirmedAt] = ['telegram:701', world.clock()] as const;
      const signedIn = world.db.selectFrom('sessions').select('residentId').where('messengerId', '=', messengerId);
      const { residentId } = await signedIn.executeTakeFirstOrThrow();
      await make.confirmedMessenger(world.db, { residentId, messengerId, confirmedAt });
    },
  }));

describe('a person whom staff silenced', () =>
  transcripts(new URL('./requests-silenced/', import.meta.url), {
    before: async (world) => {
      await asked(world, 1);
      const now = world.clock();
      const until = new Date(now.getTime() + 3 * DAY_MS);
      await world.db.transaction().execute((trx) => saveSilence(trx, 'telegram:701', until, 'telegram:9', now));
    },
  }));
