import { expect, onTestFinished, test } from 'vitest';
import type { MessageRef } from '../../src/office/staff/message-part.ts';
import { openWorld } from '../kit/chat/world.ts';

/** Telegram tells an edit every few seconds where a live location moves. */
test('a live location that moves for hours is one message of the resident’s, and nothing happens to it; of staff’s neither', async () => {
  const world = await openWorld();
  onTestFinished(world.close);
  world.staff.add('telegram:801');
  const source: MessageRef = 'telegram:701/1';
  const part = { source, album: null, repliesTo: null, kind: 'words' as const, words: 'Вопрос', file: null, fileName: null };
  await world.office.requests.open(
    { messengerId: 'telegram:701', idempotencyKey: 'opened' },
    { topic: 'other', link: null, messageParts: [part] },
  );
  await world.runOutbox();
  const { thread } = await world.db.selectFrom('requests').select('thread').executeTakeFirstOrThrow();
  const people = [
    { from: { id: 701, is_bot: false, first_name: 'Иван' }, chat: { id: 701, type: 'private', first_name: 'Иван' } },
    {
      from: { id: 801, is_bot: false, first_name: 'Ольга' },
      chat: { id: -1001, type: 'supergroup', title: 'Сотрудники', is_forum: true },
      message_thread_id: Number(thread?.split('/')[1]),
      is_topic_message: true,
    },
  ];
  let update = 0;
  for (const who of people) {
    const message = {
      message_id: 500 + ++update,
      date: 0,
      location: { latitude: 47.2, longitude: 38.9, live_period: 3600 },
      ...who,
    };
    await world.take({ update_id: update, message } as never);
    await world.settled();
    await world.runOutbox();
    const seen = async () => ({
      counted: (await world.db.selectFrom('rateLimitHits').select('id').execute()).length,
      journal: (await world.db.selectFrom('auditLog').select('id').execute()).length,
      words: await world.db.selectFrom('requestMessages').select(['words', 'editedAt']).orderBy('id').execute(),
    });
    const before = await seen();
    expect(before.words.at(-1)).toEqual({ words: '47.2, 38.9', editedAt: null });
    world.telegram.take();
    for (let step = 1; step <= 30; step += 1) {
      const location = { latitude: 47.2 + step / 1000, longitude: 38.9, ...(step < 30 && { live_period: 3600 }) };
      await world.take({ update_id: ++update, edited_message: { ...message, location, edit_date: step * 10 } } as never);
    }
    await world.settled();
    await world.runOutbox();
    expect(await seen()).toEqual(before);
    expect(world.telegram.take()).toEqual([]);
  }
  expect(world.failures).toEqual([]);
});
