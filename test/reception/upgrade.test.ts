import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chapters } from '../../src/dialogs/chapters.ts';
import type { Chapter } from '../../src/dialogs/kit/chapter.ts';
import { openVersions } from '../../src/dialogs/kit/version.ts';
import type { ChapterName } from '../../src/domain/doors.ts';
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
import { Login } from '../domain/login.ts';
import {
  one,
  two,
} from './steps/pages.ts';
import './steps/effect.ts';
export type { Later } from './steps/later.ts';
export const linking = [one, two, Login];
`,
  'dialogs/debt.ts': `import { one } from './steps/pages.ts';\n`,
  'dialogs/contacts.ts': 'export const contacts = 1;\n',
  'dialogs/steps/pages.ts': `import { deep } from './deep.ts';\nexport { two } from './two.ts';\nexport * from './three.ts';\nexport const one = deep;\n`,
  'dialogs/steps/two.ts': 'export const two = 2;\n',
  'dialogs/steps/three.ts': 'export const three = 3;\n',
  'dialogs/steps/effect.ts': 'globalThis.there = 1;\n',
  'dialogs/steps/deep.ts': `import { linking } from '../linking.ts';\nexport const deep = linking;\n`,
  'dialogs/steps/answers.ts': 'export type Answers = 1;\n',
  'dialogs/steps/later.ts': 'export type Later = 1;\n',
  'dialogs/kit/run.ts': `import { cut } from '../../domain/parts.ts';\nimport type { Voice } from './voice.ts';\nexport const say = cut;\n`,
  'dialogs/kit/voice.ts': 'export type Voice = 1;\n',
  'domain/login.ts': `import { z } from 'zod';\nimport { letters } from './letters.ts';\nexport const Login = z.string().regex(letters);\n`,
  'domain/letters.ts': 'export const letters = /a/;\n',
  'domain/parts.ts': 'export const cut = 1;\n',
  'domain/money.ts': 'export const money = 1;\n',
  'office/office.ts': 'export type Office = object;\n',
};

describe('the version of a chapter', () => {
  const at = (name: string) => new URL(`file:///house/${name}`);

  /** Version of `linking.ts`, where a file says something more. */
  function version(changed?: string, packages: Readonly<Record<string, string>> = { zod: '4.6.7', grammy: '1.1.1' }): string {
    const read = ({ pathname }: URL) => {
      const name = pathname.slice('/house/'.length);
      const source = FILES[name];
      if (source === undefined) throw new Error(`${name} is read`);
      return name === changed ? `${source}// one more line\n` : source;
    };
    return openVersions(read, [at('dialogs/kit/run.ts')], packages)(at('dialogs/linking.ts'));
  }

  test.each(
    [
      'dialogs/linking.ts',
      'dialogs/steps/pages.ts',
      'dialogs/steps/two.ts',
      'dialogs/steps/three.ts',
      'dialogs/steps/deep.ts',
    ].concat(['dialogs/steps/effect.ts', 'dialogs/kit/run.ts', 'domain/login.ts', 'domain/letters.ts', 'domain/parts.ts']),
  )('%s matters', (file) => {
    expect(version(file)).not.toBe(version());
  });

  test.each(
    [
      'dialogs/debt.ts',
      'dialogs/contacts.ts',
      'dialogs/steps/answers.ts',
      'dialogs/steps/later.ts',
      'dialogs/kit/voice.ts',
    ].concat(['domain/money.ts', 'office/office.ts']),
  )('%s does not matter', (file) => {
    expect(version(file)).toBe(version());
  });

  test('another zod matters: what its schemas take is part of an answer; a package that no replay imports does not', () => {
    expect(version(undefined, { zod: '4.6.8', grammy: '1.1.1' })).not.toBe(version());
    expect(version(undefined, { zod: '4.6.7', grammy: '1.1.2' })).toBe(version());
  });

  test('a package that is imported and no dependency is said at the start', () => {
    expect(() => version(undefined, { grammy: '1.1.1' })).toThrow(/^zod is imported .* no dependency of package.json/);
  });

  test('does not depend on where the house stands', () => {
    const elsewhere = ({ pathname }: URL) => FILES[pathname.slice('/srv/bot/src/'.length)] ?? '';
    const there = (name: string) => new URL(`file:///srv/bot/src/${name}`);
    const packages = { zod: '4.6.7' };
    expect(openVersions(elsewhere, [there('dialogs/kit/run.ts')], packages)(there('dialogs/linking.ts'))).toBe(version());
  });

  const CHAPTER_FILES = readdirSync('src/dialogs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'chapters.ts' && !/^(kit|steps)\//.test(name))
    .map((name) => resolve('src/dialogs', name));

  /** The files that a file runs, and those that they run; told another way than the version does: an import is a type's, or it is a value's. */
  function closureOf(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const statement of readFileSync(file, 'utf8').split(/^(?=import\b|export\b)/m)) {
      const from = /^(?:import|export) (?!type )[^=]*?'(\.[^']+\.ts)';/.exec(statement)?.[1];
      if (from !== undefined) closureOf(join(dirname(file), from), seen);
    }
    return seen;
  }
  const engine = closureOf(resolve('src/dialogs/kit/progress.ts'), closureOf(resolve('src/dialogs/kit/run-dialog.ts')));

  test('changes with every file that a replay of the real chapters runs, and with no other', () => {
    const closures = new Map(CHAPTER_FILES.map((file) => [file, closureOf(file, new Set())]));
    const all = new Set([...engine, ...[...closures.values()].flatMap((closure) => [...closure])]);
    for (const name of ['progress.ts', 'questioning.ts', 'letter.ts', 'choosing.ts', 'bringing.ts', 'recorded.ts'])
      expect(all, name).toContain(resolve('src/dialogs/kit', name));
    for (const name of ['login.ts', 'phone.ts', 'reading.ts', 'account-number.ts'])
      expect(all, name).toContain(resolve('src/domain', name));

    const versionsWith = (changed?: string) => {
      const versionOf = openVersions(
        (file) => readFileSync(file, 'utf8') + (file.pathname === changed ? '// one more line\n' : ''),
      );
      return new Map(CHAPTER_FILES.map((file) => [file, versionOf(pathToFileURL(file))]));
    };
    const before = versionsWith();
    for (const file of all) {
      const after = versionsWith(file);
      const changed = CHAPTER_FILES.filter((chapter) => after.get(chapter) !== before.get(chapter));
      const expected = CHAPTER_FILES.filter((chapter) => engine.has(file) || closures.get(chapter)?.has(file));
      expect(changed, file).toEqual(expected);
    }
  });

  test('how a chapter is said does not change it: the voice and what Telegram answers are no part of a replay', () => {
    for (const name of ['chapters.ts', 'kit/voice.ts']) expect(engine).not.toContain(resolve('src/dialogs', name));
    expect([...engine].filter((file) => file.includes('/channels/'))).toEqual([]);
  });

  test('is cheap at the start: each file is read once for all chapters', () => {
    const reads: string[] = [];
    const versionOf = openVersions((file) => {
      reads.push(file.pathname);
      return readFileSync(file, 'utf8');
    });
    for (const file of CHAPTER_FILES) versionOf(pathToFileURL(file));
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads.length).toBeLessThan(300);
  });

  test('each chapter has the version of the file that its dialog comes from', () => {
    const book = readFileSync('src/dialogs/chapters.ts', 'utf8');
    const filesOf = new Map(
      [...book.matchAll(/^import \{ (\w+) \} from '(\.[^']+)';$/gm)].map(([, dialog, file]) => [dialog, file]),
    );
    const paired = [...book.matchAll(/^ {2}'?([a-z-]+)'?: chapter\((\w+), at\('([^']+)'\)/gm)];
    expect(new Set(paired.map(([, name]) => name))).toEqual(new Set(Object.keys(chapters)));
    expect(paired.length).toBe(Object.keys(chapters).length);
    const crossed = paired.filter(([, , dialog = '', file]) => filesOf.get(dialog) !== file).map(([, name]) => name);
    expect(crossed).toEqual([]);
  });

  test('the real chapters have versions of their own', () => {
    const versions = Object.values(chapters).map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('an upgrade while a dialog is under way', () => {
  type Book = Partial<Record<ChapterName, Chapter<Office>>>;
  const changed = (...names: ChapterName[]): Book =>
    Object.fromEntries(names.map((name) => [name, { ...chapters[name], version: 'next' }]));

  /** Ivan has come to the password when the bot is started anew with another book of chapters. */
  async function afterUpgrade(upgrade: (book: Book) => void, script: string): Promise<string> {
    const book: Book = { ...chapters };
    const world = await openWorld({ ...SHORT_CONSENT, chapters: book });
    await play(world, '# после: identity/registration/happy до «tramvai-9»');
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
     {Вход | Регистрация / Передать показания счётчиков / Произвести оплату онлайн / Обратная связь | Контакты}
Иван: tramvai-9
Бот: Это похоже на логин или пароль, поэтому сотрудникам мы ничего не передали. Если это пароль, удалите, пожалуйста, сообщение. А чтобы написать сотрудникам, нажмите «Обратная связь» или ответьте на их сообщение.
     {Вход | Регистрация / Передать показания счётчиков / Произвести оплату онлайн / Обратная связь | Контакты}`);
  });

  test('is dropped in the same way where its version is the same and it comes to another call than was answered', async () => {
    const { 'registration-form': form } = chapters;
    const other: Chapter<Office> = {
      ...form,
      dialog: async ({ showPlace }) => showPlace({ latitude: 47, longitude: 38, title: '', address: '' }),
    };
    const outdated = await afterUpgrade((book) => Object.assign(book, changed('registration-form')), 'Иван: tramvai-9');
    const diverged = await afterUpgrade((book) => Object.assign(book, { 'registration-form': other }), 'Иван: tramvai-9');
    expect(diverged).toContain('этот раздел изменился');
    expect(diverged).toBe(outdated);
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
