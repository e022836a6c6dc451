import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { createMessenger } from '../../../src/channels/telegram/messenger.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import type { MessengerAction } from '../../../src/delivery/requests/actions.ts';

type Asked = { method: string; text?: string; parse_mode?: string } & Record<string, unknown>;
type No = { description: string; parameters?: object };

/** Deliveries to the group -5, and all that was asked for; `fails` says what Telegram does not take. */
function outfit(fails: (asked: Asked) => No | undefined = () => undefined) {
  const asked: Asked[] = [];
  const moved: number[] = [];
  const api = new Api('1:TEST');
  api.config.use((async (_call: unknown, method: string, payload: object) => {
    const call = { method, ...payload };
    asked.push(call);
    const no = fails(call);
    return no ? { ok: false, error_code: 400, ...no } : { ok: true, result: { message_id: 30 + asked.length } };
  }) as unknown as Parameters<Api['config']['use']>[0]);
  const messenger = createMessenger(
    api,
    openStaffGroup(-5, (id) => moved.push(id)),
  );
  return { messenger, asked, moved };
}

const SAY: MessengerAction = {
  does: 'say',
  to: { group: true, thread: 'telegram:-5/3' },
  replyTo: 'telegram:-5/4',
  silent: true,
  marked: '<b>Дом</b>',
  buttons: [[{ label: 'Отключить', look: 'destroys', means: { verb: 'resolution', number: 7 } }]],
};

test('words that are not taken with their looks stand without them at the same place, with the same buttons', async () => {
  const { messenger, asked } = outfit(({ parse_mode }) =>
    parse_mode ? { description: "Bad Request: can't parse entities" } : undefined,
  );
  expect(await messenger.perform(SAY)).toEqual({ outcome: 'done', messages: ['telegram:-5/32'] });
  const place = {
    chat_id: -5,
    message_thread_id: 3,
    reply_parameters: { message_id: 4 },
    disable_notification: true,
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: [[{ text: 'Отключить', style: 'danger', callback_data: 's.resolution.7' }]] },
  };
  expect(asked).toMatchObject([
    { text: '<b>Дом</b>', parse_mode: 'HTML', ...place },
    { text: 'Дом', ...place },
  ]);
});

test('what is known by its one message is never cut: words that are too long are tried once and refused', async () => {
  const { messenger, asked } = outfit(() => ({ description: 'Bad Request: message is too long' }));
  const long = { ...SAY, marked: 'слово '.repeat(700) };
  expect(await messenger.perform(long)).toMatchObject({ outcome: 'refused', what: 'length' });
  expect(asked).toHaveLength(1);
});

test('a delivery does not follow the group: it is planned anew for what that has become', async () => {
  const { messenger, asked, moved } = outfit(({ chat_id }) =>
    chat_id === -5
      ? {
          description: 'Bad Request: group chat was upgraded to a supergroup chat',
          parameters: { migrate_to_chat_id: -1005 },
        }
      : undefined,
  );
  expect(await messenger.perform(SAY)).toEqual({ outcome: 'moved' });
  expect(asked).toHaveLength(1);
  expect(moved).toEqual([-1005]);
  expect(messenger.group()).toBe('telegram:-1005');
  // A message of the former group stays there as it is.
  expect(await messenger.perform({ does: 'delete', message: 'telegram:-5/4' })).toMatchObject({
    outcome: 'refused',
    what: 'moved',
  });
});
