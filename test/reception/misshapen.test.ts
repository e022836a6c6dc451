import type { Update } from 'grammy/types';
import { expect, onTestFinished, test } from 'vitest';
import { createRouting, isInGroup } from '../../src/channels/telegram/update-route.ts';
import { updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';

const IVAN = { name: 'Иван', id: 701, phone: '79123456789' };

/** Each update with one of its fields, however deep, left out or empty. */
function* damaged(update: Update): Generator<{ what: string; update: Update }> {
  const pathsOf = (value: unknown, path: readonly string[]): (readonly string[])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])])
      : [];
  for (const path of pathsOf(update, [])) {
    if (path.join('.') === 'update_id') continue;
    for (const instead of ['gone', null, {}] as const) {
      const copy = structuredClone(update) as unknown as Record<string, unknown>;
      let at = copy;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
      const last = path.at(-1) ?? '';
      if (instead === 'gone') delete at[last];
      else at[last] = instead;
      yield { what: `${path.join('.')}: ${JSON.stringify(instead)}`, update: copy as unknown as Update };
    }
  }
}

const said = { does: 'say', words: '/help' } as const;
const group = { chat: 'staff', id: -1001, forum: true, thread: 33 } as const;
const SHAPES: Record<string, (ids: { update: number; message: number }) => Update> = {
  'a message': (ids) => updateOf(IVAN, said, ids, 0),
  'a message of staff': (ids) => updateOf(IVAN, said, ids, 0, group),
  'a payment': (ids) => {
    const update = updateOf(IVAN, said, ids, 0);
    const paid = {
      currency: 'RUB',
      total_amount: 1,
      invoice_payload: 'x',
      telegram_payment_charge_id: 't',
      provider_payment_charge_id: 'p',
    };
    Object.assign(update.message ?? {}, { successful_payment: paid });
    return update;
  },
  'a press': ({ update, message }) => ({
    update_id: update,
    callback_query: {
      id: 'p',
      chat_instance: 'c',
      from: { id: 701, is_bot: false, first_name: 'Иван' },
      data: 'd.contacts.',
      message: { message_id: message, date: 1, chat: { id: 701, type: 'private', first_name: 'Иван' }, text: '' },
    },
  }),
  'a checkout': ({ update }) => ({
    update_id: update,
    pre_checkout_query: {
      id: 'q',
      from: { id: 701, is_bot: false, first_name: 'Иван' },
      currency: 'RUB',
      total_amount: 1,
      invoice_payload: 'x',
    },
  }),
  'a standing': ({ update }) =>
    ({
      update_id: update,
      my_chat_member: {
        chat: { id: 701, type: 'private', first_name: 'Иван' },
        from: { id: 701, is_bot: false, first_name: 'Иван' },
        date: 1,
        old_chat_member: { status: 'kicked' },
        new_chat_member: { status: 'member' },
      },
    }) as Update,
};

test.each(Object.entries(SHAPES))(
  '%s, damaged anywhere, is somebody’s or nobody’s: nobody waits behind it for ever',
  (_, shape) => {
    const routeOf = createRouting({ id: () => -1001 });
    const thrown: string[] = [];
    for (const { what, update } of damaged(shape({ update: 1, message: 1 }))) {
      try {
        routeOf(update);
        isInGroup(update);
      } catch (error) {
        thrown.push(`${what}: ${String(error)}`);
      }
    }
    expect(thrown).toEqual([]);
  },
);

test.each(Object.entries(SHAPES))('%s, damaged anywhere, comes to an end at once, and its chat goes on', async (_, shape) => {
  const world = await openWorld();
  onTestFinished(world.close);
  world.staff.add('telegram:701');
  const troubles: string[] = [];
  const take = async (update: Update, what: string) => {
    await world.takeAsIs(update).catch((error: unknown) => troubles.push(`${what}: ${String(error)}`));
  };
  let id = 0;
  for (const { what, update } of damaged(shape({ update: 1, message: 1 }))) await take({ ...update, update_id: ++id }, what);
  await take(updateOf(IVAN, said, { update: ++id, message: id }, 0), 'what comes after it');
  expect(troubles).toEqual([]);
  expect(world.telegram.take().at(-1)).toMatchObject({ method: 'sendMessage', payload: { chat_id: 701 } });
});

test.each([
  ['["contacts","v1","run","",null]'],
  ['["contacts","v1","run","",[null]]'],
  ['[1,2,3,4,5]'],
  ['[null,null,null,null,{}]'],
  ['{}'],
  ['no JSON'],
])('a dialog that another release wrote as %s is over, and the chat goes on', async (state) => {
  const world = await openWorld();
  onTestFinished(world.close);
  const turn = await world.turns.take('701', '1');
  if (turn === 'repeat') throw new Error('no turn');
  await turn.finish({ state: Buffer.from(state) });
  await world.take(updateOf(IVAN, said, { update: 2, message: 2 }, 0));
  await world.take(updateOf(IVAN, said, { update: 3, message: 3 }, 0));
  expect(world.telegram.take().filter(({ method }) => method === 'sendMessage').length).toBeGreaterThanOrEqual(2);
  expect(world.failures).toEqual([]);
});
