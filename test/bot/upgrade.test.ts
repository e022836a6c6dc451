import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chapters } from '../../src/dialogs/chapters.ts';
import type { Chapter } from '../../src/dialogs/kit/chapter.ts';
import { chapterVersion } from '../../src/dialogs/kit/version.ts';
import type { Office } from '../../src/office/office.ts';
import { SHORT_CONSENT } from '../dialogs/cabinet.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld, type World } from '../kit/chat/world.ts';

const FILES: Record<string, string> = {
  'dialogs/linking.ts': `import type { Office } from '../office/office.ts';
import type { Dialog } from './kit/scene.ts';
import type {
  Answers,
  Words,
} from './steps/answers.ts';
import {
  one,
  two,
} from './steps/pages.ts';
import { say } from './kit/run.ts';
export const linking = [one, two, say];
`,
  'dialogs/debt.ts': `import { one } from './steps/pages.ts';\n`,
  'dialogs/contacts.ts': 'export const contacts = 1;\n',
  'dialogs/steps/pages.ts': `import { deep } from './deep.ts';\nexport { two } from './two.ts';\nexport const one = deep;\n`,
  'dialogs/steps/two.ts': 'export const two = 2;\n',
  'dialogs/steps/deep.ts': `import { linking } from '../linking.ts';\nexport const deep = linking;\n`,
  'dialogs/steps/answers.ts': 'export type Answers = 1;\n',
  'dialogs/kit/run.ts': 'export const say = 1;\n',
  'office/office.ts': 'export type Office = object;\n',
};

describe('the version of a chapter', () => {
  /** Versions of `linking.ts` before and after a change of another file. */
  async function afterChange(file: string): Promise<{ before: string; after: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'inkomus-chapters-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, source] of Object.entries(FILES)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), source);
    }
    const linking = pathToFileURL(join(folder, 'dialogs/linking.ts'));
    const before = chapterVersion(linking);
    await writeFile(join(folder, file), `${await readFile(join(folder, file), 'utf8')}// one more line\n`);
    return { before, after: chapterVersion(linking) };
  }

  test.each(['dialogs/linking.ts', 'dialogs/steps/pages.ts', 'dialogs/steps/two.ts', 'dialogs/steps/deep.ts'])(
    '%s matters',
    async (file) => {
      const { before, after } = await afterChange(file);
      expect(after).not.toBe(before);
    },
  );

  test.each(['dialogs/debt.ts', 'dialogs/contacts.ts', 'dialogs/steps/answers.ts', 'dialogs/kit/run.ts', 'office/office.ts'])(
    '%s does not matter',
    async (file) => {
      const { before, after } = await afterChange(file);
      expect(after).toBe(before);
    },
  );

  test('the real chapters have versions of their own', () => {
    const versions = Object.values(chapters).map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('an upgrade while a dialog is under way', () => {
  type Book = Record<string, Chapter<Office>>;
  const changed = (...names: string[]): Book =>
    Object.fromEntries(names.map((name) => [name, { ...known(name), version: 'next' }]));
  const known = (name: string): Chapter<Office> => {
    const chapter = chapters[name];
    if (!chapter) throw new Error(`there is no ${name}`);
    return chapter;
  };

  /** Ivan has come to the password when the bot is started anew with another book of chapters. */
  async function afterUpgrade(upgrade: (book: Book) => void, script: string): Promise<string> {
    const book: Book = { ...chapters };
    const world = await openWorld({ ...SHORT_CONSENT, chapters: book });
    await play(world, 'Иван: /register\nИван: Даю согласие\nИван: ivan\nИван: 89123456789');
    upgrade(book);
    // Telegram goes on counting.
    const take: World['take'] = (update, ...more) => world.take({ ...update, update_id: update.update_id + 1000 }, ...more);
    const played = await play({ ...world, take }, script);
    expect(world.broken).toEqual([]);
    expect(world.failures).toEqual([]);
    await world.close();
    return played;
  }

  test('goes on when its code is the same, though others changed', async () => {
    const played = await afterUpgrade(
      (book) => Object.assign(book, changed('linking', 'sign-in', 'debt')),
      'Иван: tramvai-9\nИван: tramvai-9',
    );
    expect(played).toContain('Проверьте, пожалуйста');
  });

  test('is dropped with a kind sentence when its code changed, and the password in the chat is deleted all the same', async () => {
    const played = await afterUpgrade(
      (book) => Object.assign(book, changed('registration-form')),
      'Иван: tramvai-9\nИван: tramvai-9',
    );
    expect(played).toBe(`Иван: tramvai-9
     (сообщение удалено)
Бот: Кабинет обновился, и этот раздел изменился. Начните его, пожалуйста, сначала.
     {Вход | Регистрация / Передать показания счетчиков / Произвести оплату онлайн / Обратная связь | Контакты}
Иван: tramvai-9
Бот: Это похоже на логин или пароль, поэтому сотрудникам мы ничего не передали. Если это пароль, удалите, пожалуйста, сообщение. А чтобы написать сотрудникам, нажмите «Обратная связь» или ответьте на их сообщение.
     {Вход | Регистрация / Передать показания счетчиков / Произвести оплату онлайн / Обратная связь | Контакты}`);
  });

  test('is dropped when there is no such dialog any more', async () => {
    const played = await afterUpgrade((book) => delete book['registration-form'], 'Иван: tramvai-9');
    expect(played).toContain('этот раздел изменился');
  });

  test('a menu word opens its chapter at once, whatever has become of the old one', async () => {
    const played = await afterUpgrade((book) => Object.assign(book, changed('registration-form')), 'Иван: 🔑 вход');
    expect(played).not.toContain('изменился');
    expect(played).toContain('логин');
  });
});
