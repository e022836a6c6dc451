import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { Phone } from '../../../src/domain/phone.ts';
import type { Caller } from '../../../src/office/caller.ts';
import { isOfPeople, linesOf } from '../../kit/chat/passages.ts';
import { updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { dump, SHORT_CONSENT, secretWord } from '../cabinet.ts';

describe('points 2 to 6', () => {
  transcripts(new URL('./registration/', import.meta.url), {
    ...SHORT_CONSENT,
    after: async (world, played) => {
      // Wherever it ended: neither a password nor a code is in the base.
      const stored = await dump(world);
      expect(stored).not.toMatch(/tramvai|trolleibus/i);
      expect(stored).not.toMatch(secretWord('k7w'));
      for (const { code } of world.sms) expect(stored).not.toMatch(secretWord(code));
      expect(played).not.toContain('сломалось');
    },
  });
});

describe('the consent', () => {
  transcripts(new URL('./consent/', import.meta.url));

  test('a long one goes on in the next message, whole', async () => {
    const paragraph = 'Слова согласия, ч. 16 ст. 155 ЖК РФ & <прочее>. '.repeat(3).trim();
    const text = Array.from({ length: 120 }, (_, i) => `${i + 1}. ${paragraph}`).join('\n\n');
    const world = await openWorld({ centre: { consent: { version: '2', title: 'Согласие', text } } });
    const shown: string[] = [];
    world.telegram.interfereWith(({ method, payload }) => {
      // Folded, each part by itself.
      if (method === 'sendMessage') shown.push(unescaped(String(payload.text).replace(/<\/?blockquote(?: expandable)?>/g, '')));
      return undefined;
    });
    await play(world, 'Иван: /register');
    await world.close();
    const document = shown.slice(0, -1);
    expect(document.length).toBeGreaterThan(3);
    for (const message of document) expect(message.length).toBeLessThanOrEqual(4096);
    expect(document.join('\n\n')).toBe(`Согласие\n\n${text}`);
  });
});

describe('as many SMS as there may be went out', () => {
  transcripts(new URL('./registration-crowded/', import.meta.url), {
    ...SHORT_CONSENT,
    settings: { smsHourlyLimit: 1 },
    before: async (world) => {
      const somebody: Caller = { messengerId: 'telegram:799', idempotencyKey: 'before' };
      const sent = await world.office.confirmations.send(somebody, 'registration', Phone.parse('+79001112233'));
      expect(sent.outcome).toBe('sent');
      world.sms.length = 0;
      // Forty minutes are left.
      world.pass(20 * MINUTE_MS);
    },
  });
});

describe('the SMS does not go out at first', () => {
  transcripts(new URL('./registration-in-trouble/', import.meta.url), {
    ...SHORT_CONSENT,
    before: async (world) => {
      let asked = 0;
      world.answerSms(async () => {
        asked += 1;
        if (asked === 1) return { outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'no-money', detail: 'код 201' }] };
        if (asked === 2) return { outcome: 'bad-number', provider: 'smsru' };
        return { outcome: 'sent', provider: 'smsru' };
      });
    },
  });
});

test('five thousand characters are too much at each step and break nothing', async () => {
  const long = 'я'.repeat(4000) + '🙂'.repeat(500);
  const world = await openWorld(SHORT_CONSENT);
  const said = linesOf('identity/registration/happy').filter(isOfPeople);
  // The password is typed twice running; before anything is begun, long words are a question to staff.
  const script = said.flatMap((line, at) => (at === 0 || line === said[at - 1] ? line : [`Иван: ${long}`, line]));
  const played = await play(world, script.join('\n'));
  await world.close();
  expect(world.broken).toEqual([]);
  expect(world.failures).toEqual([]);
  expect(played).toContain('Готово! Вы зарегистрированы');
});

test('two presses and two codes at once: one SMS, one resident', async () => {
  const world = await openWorld(SHORT_CONSENT);
  let press = '';
  world.telegram.interfereWith(({ payload }) => {
    for (const button of payload.reply_markup?.inline_keyboard?.flat() ?? []) {
      if (button.text === 'Зарегистрироваться' && 'callback_data' in button) press = button.callback_data;
    }
    return undefined;
  });
  await play(world, '# после: identity/registration/happy до «[Зарегистрироваться]»');
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  const at = Math.floor(world.clock().getTime() / 1000);
  const pressed = [1001, 1002].map((update) =>
    updateOf(ivan, { does: 'press', data: press, messageId: 5 }, { update, message: update }, at),
  );
  await Promise.all(pressed.map((update) => world.take(update)));
  expect(world.sms).toHaveLength(1);

  const typed = [1003, 1004].map((update) =>
    updateOf(ivan, { does: 'say', words: world.sms[0]?.code ?? '' }, { update, message: update }, at),
  );
  await Promise.all(typed.map((update) => world.take(update)));
  expect(await world.db.selectFrom('residents').select('login').execute()).toEqual([{ login: 'ivan' }]);
  expect(world.failures).toEqual([]);
  await world.close();
});

test('the least length of a password is the operator’s', async () => {
  const world = await openWorld({ ...SHORT_CONSENT, settings: { passwordMinLength: 8 } });
  const played = await play(world, '# после: identity/registration/happy до «tramvai-9»\nИван: k7w-9z');
  await world.close();
  expect(played).toContain('не меньше 8 символов');
});

test.each([
  [true, /придёт SMS с кодом\.[^]*чат «Verification Codes»[^]*Введите код/],
  [false, /придёт SMS с кодом\.(?![^]*Verification Codes)[^]*Введите код/],
])('where the code may come into Telegram (%j) it is said', async (codesInChat, said) => {
  const world = await openWorld({ ...SHORT_CONSENT, settings: { codesInChat } });
  const played = await play(world, '# после: identity/registration/happy по «[Зарегистрироваться]»');
  await world.close();
  expect(played).toMatch(said);
});

function unescaped(marked: string): string {
  return marked.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

test('a password typed when the dialog is long lost is deleted all the same', async () => {
  const world = await openWorld(SHORT_CONSENT);
  await play(world, '# после: identity/registration/happy до «tramvai-9»');
  await sql`update chat_turns set state = null, state_until = null`.execute(world.db);
  const deleted: unknown[] = [];
  const said: string[] = [];
  world.telegram.interfereWith(({ method, payload }) => {
    if (method === 'deleteMessage') deleted.push(payload.message_id);
    if (method === 'sendMessage') said.push(String(payload.text));
    return undefined;
  });
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  await world.take(updateOf(ivan, { does: 'say', words: 'tramvai-9' }, { update: 2001, message: 2001 }, 0));
  expect(deleted).toEqual([2001]);
  expect(said).toEqual([world.texts.text('dialog-lost')]);
  await world.close();
});
