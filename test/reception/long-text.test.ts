import { expect, test } from 'vitest';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import type { Office } from '../../src/office/office.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';

test('a text that outgrows a message goes on in the next one, the buttons under the last', async () => {
  const lines = Array.from({ length: 300 }, (_, i) => `Услуга номер ${i}: 1 234,56 ₽`);
  const chapters: Chapters<Office> = {
    contacts: {
      dialog: ({ say }) => say('contacts-points', { points: lines.join('\n') }, [{ label: 'button-login', dialog: 'contacts' }]),
      version: 'v1',
      changesMenu: false,
    },
  };
  const world = await openWorld({ chapters });
  try {
    const played = await play(world, 'Иван: /contacts');
    for (const line of lines) expect(played).toContain(line);
    const messages = played.split('\nБот: ').slice(1);
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) expect(message.replace(/^ {5}/gm, '').length).toBeLessThanOrEqual(4096);
    expect(messages.map((message) => message.includes('[Вход]'))).toEqual([...messages.slice(1).map(() => false), true]);
    expect(world.broken).toEqual([]);
  } finally {
    await world.close();
  }
});
