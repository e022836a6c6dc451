import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { chapters } from '../../../src/dialogs/chapters.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { settleDesk } from './desk-town.ts';

describe('what is played', () => {
  transcripts(new URL('./staff-password/', import.meta.url), {
    before: settleDesk,
    /** No password that stood on a slip is anywhere in what was stored, and no slip is kept to be handed over again. */
    async after(world, played) {
      const passwords = [...played.matchAll(/^Бот: Пароль: ([A-Z0-9]{10})/gm)].map(([, password]) => password ?? '');
      expect(world.papers.drawn.filter(({ kind }) => kind === 'password-slip').length).toBeGreaterThanOrEqual(passwords.length);
      const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
        world.db,
      );
      expect(rows.length).toBeGreaterThan(15);
      for (const { name } of rows) {
        const dump = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
          world.db,
        );
        for (const password of passwords) expect((dump.rows[0]?.all ?? '').toUpperCase(), name).not.toContain(password);
      }
      expect(await world.db.selectFrom('sentPapers').selectAll().execute()).toEqual([]);
    },
  });
});

test('the owner is another one by the time that it is issued: the papers are held anew', async () => {
  const world = await openWorld();
  await settleDesk(world);
  await play(world, TO_THE_PAPERS);
  await world.db.updateTable('accounts').set({ ownerName: 'Петрова Анна Ивановна' }).where('number', '=', '0012345').execute();
  const passwords = () => world.db.selectFrom('accountPasswords').select('id').execute();
  const before = await passwords();
  const pressed = await play(world, 'Ольга: Выдать', { updatesFrom: 100 });
  expect(pressed).toContain('пока вы сверяли документы, у лицевого счёта 0012345 в реестре сменился владелец или адрес');
  expect(pressed).toContain('[Выдать заново]');
  expect(await passwords()).toEqual(before);
  await world.close();
});

const TO_THE_PAPERS = '# после: staff/staff-password/happy до «[Выдать]»';

describe('a slip that does not arrive', () => {
  /** What became of each password to the account; the one that opens it has no end. */
  const endsOf = async (world: World) => {
    const passwords = world.db.selectFrom('accountPasswords').select('endedWhy').where('account', '=', '0012345');
    return (await passwords.execute()).map(({ endedWhy }) => endedWhy ?? 'opens').sort();
  };

  test.each([
    ['Telegram refuses it', () => ({ error_code: 400, description: 'Bad Request: file must be non-empty' })],
    [
      'the network breaks, and nobody knows',
      () => {
        throw new Error('socket hang up');
      },
    ],
  ])('%s: its password opens nothing, and another one is a press away', async (_, answer) => {
    const world = await openWorld();
    await settleDesk(world);
    world.telegram.interfereWith(({ method }) => (method === 'sendDocument' ? answer() : undefined));
    const refused = await play(world, `${TO_THE_PAPERS}\nОльга: [Выдать]`);
    expect(refused).toContain('не отправился, и пароль на нём не действует');
    expect(await endsOf(world)).toEqual(['not-handed', 'replaced']);

    world.telegram.interfereWith(undefined);
    const handed = await play(world, `${TO_THE_PAPERS}\nОльга: [Выдать]`, { updatesFrom: 100 });
    expect(handed).toContain('Выдача записана в журнал');
    expect(await endsOf(world)).toEqual(['not-handed', 'opens', 'replaced']);
    await world.close();
  });

  test('it cannot be drawn: the list of papers stays, and the next press hands it over', async () => {
    const world = await openWorld();
    await settleDesk(world);
    const { draw } = world.papers;
    world.papers.draw = () => Promise.reject(new Error('300 papers wait to be drawn already'));
    const script = `${TO_THE_PAPERS}\nОльга: [Выдать]`;
    expect(await play(world, script)).toContain('что-то сломалось');
    expect(world.failures).toEqual([{ how: 'failed', error: 'Error' }]);
    world.papers.draw = draw;
    expect(await play(world, 'Ольга: Выдать', { updatesFrom: 100 })).toContain('Выдача записана в журнал');
    expect(await endsOf(world)).toEqual(['opens', 'replaced', 'replaced']);
    await world.close();
  });
});

test('where Telegram does not tell who is staff, nobody is, and residents have their menu all the same', async () => {
  const world = await openWorld();
  await settleDesk(world);
  world.staff.has = () => {
    throw new Error('Telegram did not answer');
  };
  const played = await play(world, 'Ольга: /menu\nОльга: /password\nОльга: Задолженность');
  expect(played).toContain('{Задолженность | Квитанция / Передать показания счётчиков');
  expect(played).not.toContain('Выдать пароль');
  expect(played).toContain('Такой команды нет');
  expect(world.failures).toEqual([]);
  await world.close();
});

test('what begins with «staff-» opens for staff alone', () => {
  const open = Object.entries(chapters).filter(([name, { forStaff }]) => name.startsWith('staff-') && !forStaff);
  expect(open.map(([name]) => name)).toEqual([]);
});
