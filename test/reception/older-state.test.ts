import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dump, SHORT_CONSENT, withIvan } from '../dialogs/cabinet.ts';
import { settleMeteredTown } from '../dialogs/readings/metered-town.ts';
import { openStage } from '../kit/chat/play.ts';
import { openWorld, type World } from '../kit/chat/world.ts';

/** An older state of the dialog comes back, after a Redis took over that had not got the last writes; here Postgres keeps the turns. */

type Settle = (world: World) => Promise<void>;

async function openChat(settle: Settle) {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  await settle(world);
  const stage = openStage(world);
  /** What Ivan does, line by line, and all that has come of it. */
  async function says(...lines: string[]): Promise<string> {
    for (const line of lines) await stage.perform(`Иван: ${line}`);
    return stage.played.splice(0).join('\n');
  }
  /** The same, and what the store had before comes back. */
  async function saysInVain(...lines: string[]): Promise<string> {
    const { rows } = await sql<object>`select * from chat_turns where chat = 'telegram:701'`.execute(world.db);
    const said = await says(...lines);
    await sql`delete from chat_turns where chat = 'telegram:701'`.execute(world.db);
    await sql`insert into chat_turns select * from jsonb_populate_recordset(null::chat_turns, ${JSON.stringify(rows.map(asStored))}::jsonb)`.execute(
      world.db,
    );
    return said;
  }
  const lost = world.texts.text('dialog-behind');
  return { world, says, saysInVain, lost, secretLost: world.texts.text('dialog-lost') };
}

/** As jsonb has it: names and bytes as Postgres writes them. */
function asStored(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  );
}

describe('words for staff', () => {
  const opened = ['/request', 'Нет тепла'];

  test.each(['[Отправить]', 'Отправить'])(
    'of which the second message was lost are not sent without it by «%s»',
    async (sends) => {
      const { world, says, saysInVain, lost } = await openChat(withIvan);
      await says(...opened);
      await saysInVain('В подъезде тоже');
      expect(await says(sends)).toContain(lost);
      expect(await world.db.selectFrom('requests').select('id').execute()).toEqual([]);
      // Anew, all of it goes.
      expect(await says(...opened, 'В подъезде тоже', '[Отправить]')).toContain('отправлено');
      expect(await world.db.selectFrom('requestMessages').select('id').execute()).toHaveLength(2);
    },
  );

  test('of which the only message was lost: whoever goes elsewhere is told so', async () => {
    const { says, saysInVain, lost } = await openChat(withIvan);
    await says('/request');
    await saysInVain('Нет тепла');
    const said = await says('/menu');
    expect(said).toContain(lost);
    expect(said).toContain('Выберите раздел');
    // Once.
    expect(await says('/menu')).not.toContain(lost);
  });

  test('of a guest, of whom nothing was kept before, are not sent in part either', async () => {
    const { world, says, saysInVain, lost } = await openChat(async () => undefined);
    await says(...opened);
    await saysInVain('В подъезде тоже');
    expect(await says('[Отправить]')).toContain(lost);
    expect(await world.db.selectFrom('requests').select('id').execute()).toEqual([]);
  });
});

test('a password that was asked for since goes out of the chat, and is no answer to the question before', async () => {
  const { world, says, saysInVain, secretLost } = await openChat(withIvan);
  await says('/logout', '[Выйти]', '/login');
  await saysInVain('ivan');
  const said = await says('tramvai-9');
  expect(said).toContain('(сообщение удалено)');
  expect(said).toContain(secretLost);
  expect(await dump(world)).not.toMatch(/tramvai/i);
});

test('a reading is not taken for the meter before', async () => {
  const { world, says, saysInVain, lost } = await openChat(settleMeteredTown);
  await says('/readings', '[По одному]');
  await saysInVain('305');
  expect(await says('620')).toContain(lost);
  expect(await world.db.selectFrom('readings').select(['number', 'value']).execute()).toEqual([
    { number: '54623752', value: '305.000' },
  ]);
});

test('a button of the newest question is not called one of a question before', async () => {
  const { says, saysInVain, lost } = await openChat(settleMeteredTown);
  await says('/readings', '[По одному]');
  await saysInVain('305');
  const said = await says('[Пропустить]');
  expect(said).toContain(lost);
  expect(said).not.toContain('прошлого вопроса');
});

test('a dialog that was left does not come back', async () => {
  const { says, saysInVain, lost } = await openChat(settleMeteredTown);
  await says('/readings', '[По одному]');
  await saysInVain('[Отмена]');
  expect(await says('305')).toContain(lost);
});

test('a secret that was answered is not awaited any more: what comes is lost as other words are', async () => {
  const { says, saysInVain } = await openChat(withIvan);
  await says('/logout', '[Выйти]', '/login', 'ivan');
  await saysInVain('tramvai-9');
  // The state still asks for one: what is typed may be it, and goes.
  expect(await says('Долг')).toContain('(сообщение удалено)');
  expect(await says('Долг')).not.toContain('(сообщение удалено)');
});

test('a state is the newest one where its update comes again, is put aside, or could not be noted', async () => {
  const { world, says, lost } = await openChat(settleMeteredTown);
  const first = await says('/readings', '[По одному]', '(убит) 305', '(убит) [Пропустить]');
  expect(first).not.toContain(lost);
  // Noted, and given up before its turn ended.
  await world.db.updateTable('lastTold').set({ words: 'Слова' }).execute();
  expect(await says('9310')).not.toContain(lost);
  expect(await says('4333')).toContain('Показания приняты');
});
