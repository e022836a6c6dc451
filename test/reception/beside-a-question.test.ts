import { describe, expect, onTestFinished, test } from 'vitest';
import { postgresTurns } from '../../src/adapters/turns/postgres.ts';
import type { ChatTurns } from '../../src/adapters/turns/turns.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import { linkFor, settleTown } from '../dialogs/town.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';
import { testDatabase } from '../kit/postgres.ts';

/** Ivan in his cabinet, and what comes of lines of his; `ttls`: for how long each state of a dialog is kept. */
async function openTown() {
  const database = await testDatabase();
  const ttls: (number | undefined)[] = [];
  const noting = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id, from) {
      const turn = await turns.take(chat, id, from);
      if (turn === 'repeat') return turn;
      const { finish } = turn;
      turn.finish = (next) => {
        if ('state' in next) ttls.push(next.ttlMs);
        return finish(next);
      };
      return turn;
    },
  });
  const world = await openWorld({ database, turns: (keyring) => noting(postgresTurns(database.pool, keyring)) });
  onTestFinished(() => world.close());
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  let updates = 1;
  const say = async (...said: string[]) => {
    const played = await play(world, said.map((line) => `Иван: ${line}`).join('\n'), { updatesFrom: updates });
    updates += 20;
    expect(world.broken).toEqual([]);
    return played;
  };
  const forStaff = () => world.db.selectFrom('requestMessages').select('words').orderBy('id').execute();
  return { say, ttls, forStaff };
}

const DELETED = '(сообщение удалено)';
const OLD_PASSWORD = 'Введите ваш нынешний пароль';

describe('at a question for a password', () => {
  test.each(['Помощь', '/help', 'Помощь!'])(
    '%s ends nothing: the question is put again, and its answer is deleted',
    async (help) => {
      const { say, forStaff } = await openTown();
      await say('Настройки', '[Сменить пароль]');
      const helped = await say(help);
      expect(helped.indexOf('/menu')).toBeGreaterThan(0);
      expect(helped.indexOf(OLD_PASSWORD)).toBeGreaterThan(helped.indexOf('/menu'));
      expect(await say('19841984')).toContain(DELETED);
      expect(await forStaff()).toEqual([]);
    },
  );

  test('an unknown command ends nothing either', async () => {
    const { say } = await openTown();
    await say('Настройки', '[Сменить пароль]');
    const answered = await say('/parol');
    expect(answered).toContain('Такой команды нет');
    expect(answered).toContain(OLD_PASSWORD);
  });

  test.each(['Контакты', '/menu', '/debt'])(
    'whoever goes to %s and types it all the same finds it deleted, and nobody has got it',
    async (elsewhere) => {
      const { say, forStaff } = await openTown();
      await say('Обратная связь', 'Течёт труба', '[Отправить]');
      await say('Настройки', '[Сменить пароль]', elsewhere);
      const typed = await say('19841984');
      expect(typed).toContain(DELETED);
      expect(typed).toContain('похожее на пароль или код');
      expect(await forStaff()).toEqual([{ words: 'Течёт труба' }]);
      // What is typed after that is typed to the bot as it stands now.
      expect(await say('19841984')).not.toContain(DELETED);
    },
  );

  test('whoever leaves it by «Отмена», or writes words, writes to staff as ever', async () => {
    const { say, forStaff } = await openTown();
    await say('Обратная связь', 'Течёт труба', '[Отправить]');
    await say('Настройки', '[Сменить пароль]', '[Отмена]');
    expect(await say('19841984')).not.toContain(DELETED);
    await say('Настройки', '[Сменить пароль]', 'Контакты');
    expect(await say('Когда вы придёте?')).not.toContain(DELETED);
    expect(await forStaff()).toEqual(['Течёт труба', '19841984', 'Когда вы придёте?'].map((words) => ({ words })));
  });
});

test('of six figures that were taken for a code it is said that they are gone, and what to do', async () => {
  const { say, forStaff } = await openTown();
  const typed = await say('123456');
  expect(typed).toContain(DELETED);
  expect(typed).toContain('если это просто число');
  expect(await forStaff()).toEqual([]);
});

describe('a label with a sign behind it, as phones put it', () => {
  test.each([
    ['Квитанция.', 'Лицевой счёт 0012345'],
    ['Квитанция?', 'Лицевой счёт 0012345'],
    ['Контакты!', 'справочная'],
    ['Передать  показания счётчиков', 'показани'],
    ['Меню.', 'Портовая'],
    ['Помощь!', '/menu'],
  ])('«%s» opens what the label opens', async (typed, shown) => {
    const { say } = await openTown();
    const answered = await say(typed);
    expect(answered).toContain(shown);
    expect(answered).not.toContain('Отправить это сотрудникам?');
  });

  test('«Отправить.» sends, and is no part of what is sent', async () => {
    const { say, forStaff } = await openTown();
    await say('Обратная связь', 'Течёт труба', 'Отправить.');
    expect(await forStaff()).toEqual([{ words: 'Течёт труба' }]);
  });

  test('«Забыли пароль» without its question mark is no wrong password', async () => {
    const { say } = await openTown();
    const answered = await say('Настройки', '[Сменить пароль]', 'Забыли пароль');
    expect(answered).not.toContain('Пароль не подошёл');
  });
});

describe('what was typed and not sent', () => {
  test('words for staff are kept for two days, and other dialogs for as long as ever', async () => {
    const { say, ttls } = await openTown();
    await say('Обратная связь');
    expect(ttls.splice(0)).toEqual([undefined]);
    await say('Течёт труба');
    expect(ttls.splice(0)).toEqual([2 * DAY_MS]);
    await say('[Отправить]', 'Настройки');
    expect(ttls).not.toContain(2 * DAY_MS);
  });

  test('so are they while it is asked whether they are to be sent after all', async () => {
    const { say, ttls } = await openTown();
    expect(await say('Обратная связь', 'Течёт труба', 'Настройки')).toContain(
      'Вы не отправили вопрос. Отправить его сотрудникам?',
    );
    expect(ttls.at(-1)).toBe(2 * DAY_MS);
  });
});

test('a secret that is edited into an earlier message of a question goes out of the chat, and to nobody', async () => {
  const { say, forStaff } = await openTown();
  const edit = '(правка «Первое сообщение») Мой пароль: ACDE FGHJ KM';
  expect(await say('Обратная связь', 'Первое сообщение', 'Второе сообщение', edit)).toContain('(сообщение удалено');
  await say('[Отправить]');
  expect(JSON.stringify(await forStaff())).not.toMatch(/ACDE/);
});

describe('at a question for a password, an edit of an older message', () => {
  const EDITED = 'Исправленное сообщение мы не засчитали';
  const ASKED = ['Обратная связь', 'Течёт труба', '[Отправить]', 'Настройки', '[Сменить пароль]'];
  /** What came of the last of these lines. */
  const last = (played: string) => played.slice(played.lastIndexOf('Иван: '));

  test.each(['19841984', 'tramvai-9'])('into «%s» is deleted and said, and the question is put again', async (secret) => {
    const { say, forStaff } = await openTown();
    const edited = last(await say(...ASKED, `(правка «Течёт») ${secret}`));
    expect(edited).toContain(DELETED);
    expect(edited).toContain(EDITED);
    expect(edited.indexOf(OLD_PASSWORD)).toBeGreaterThan(edited.indexOf(EDITED));
    expect(await forStaff()).toEqual([{ words: 'Течёт труба' }]);
    // What is typed next is the answer still.
    expect(await say('19841984')).toContain(DELETED);
  });

  test.each(['Течёт труба на кухне', 'Приходите до 18:00'])('into «%s» leaves it in the chat', async (words) => {
    const { say } = await openTown();
    expect(last(await say(...ASKED, `(правка «Течёт») ${words}`))).not.toContain(DELETED);
  });

  test('stays in the chat where the question was left', async () => {
    const { say } = await openTown();
    expect(last(await say(...ASKED, '[Отмена]', 'Настройки', '(правка «Течёт») tramvai'))).not.toContain(DELETED);
  });
});

test('the last message of which an edit changed nothing stays, though a password is asked for below it', async () => {
  const { say } = await openTown();
  const asked = ['Настройки', '[Выйти]', '[Выйти]', '/login', 'resident701'];
  expect(await say(...asked, '(правка «resident») resident701')).not.toContain(DELETED);
  expect(await say(...asked, '(правка «resident») resident')).toContain(DELETED);
});

test('«Отмена» says so on a page, too', async () => {
  const { say } = await openTown();
  expect(await say('Настройки', '[Отмена]')).toContain('Отменено: ничего не изменилось');
});
