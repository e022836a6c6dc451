import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NEWS_KINDS } from '../../src/domain/news.ts';
import { newsText } from '../../src/office/news/news-texts.ts';
import { loadTexts } from '../../src/texts/texts.ts';

/** Texts and the code that names them, held together; the scan is by regular expressions and knows names that stand as literals. */

const SRC = new URL('../../src/', import.meta.url);
const read = (ending: string) =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name, source: readFileSync(new URL(name, SRC), 'utf8') }));

const code = read('.ts');
const files = read('.ftl');
const { text, has } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });

/** name → its source, without comments. */
const bodies = new Map(
  files.flatMap(({ source }) => {
    const entries = source.replace(/^#.*\n/gm, '').split(/^(?=[a-z][\w-]*\s*=)/m);
    return entries.filter((entry) => entry.trim()).map((entry) => [/^[\w-]+/.exec(entry)?.[0] ?? '', entry] as const);
  }),
);
const references = (body: string) => [...body.matchAll(/\{\s*([a-z][\w-]*)\s*\}/g)].map((match) => match[1] ?? '');
const whole = (name: string): string => {
  const body = bodies.get(name) ?? '';
  return [body, ...references(body).map(whole)].join('\n');
};

const literals = new Set(
  code.flatMap(({ source }) => [...source.matchAll(/(['"`])([a-z0-9][\w-]*)\1/g)].map((match) => match[2])),
);
const kinds = [
  ...(code.find(({ name }) => name === 'office/escalations.ts')?.source.matchAll(/^ {2}'?([a-z-]+)'?: \{/gm) ?? []),
].map((match) => match[1] ?? '');

type Named = { file: string; name: string };
function named(room: RegExp, pattern: RegExp, toName: (found: string) => string = (found) => found): Named[] {
  const inRoom = code.filter(({ name }) => room.test(name) && !name.startsWith('dialogs/kit/'));
  return inRoom.flatMap(({ name: file, source }) =>
    [...source.matchAll(pattern)].flatMap((match) =>
      [...(match[1] ?? '').matchAll(/'([a-z0-9][a-z0-9-]*)'/g)].map(([, found]) => ({ file, name: toName(found ?? '') })),
    ),
  );
}

describe('every text that the code names exists', () => {
  const asked = named(/^(dialogs|bot)\//, /\b(?:say|ask|askOr|askPhone|askSecret|choose|pick)\(\s*('[a-z0-9-]+')/g);
  const posted = named(/^(office|dialogs|bot|adapters)\//, /\b(?:text|label): ('[a-z0-9-]+')/g);
  const literal = named(
    /^(office|dialogs|bot|adapters)\//,
    /(?<!(?:dialog: |goTo\())('(?:button|problem|staff)-[a-z0-9-]+')(?!: chapter)/g,
  );
  const buttons = [
    ...named(/^dialogs\//, /\bchoose\(\s*[^[\]]*?\[([^\]]*)\]/g, (key) => `button-${key}`),
    ...named(/^dialogs\//, /\bbuttons: \[([^\]]*)\]/g, (key) => `button-${key}`),
  ];
  const problems = named(
    /^(domain|dialogs)\//,
    /(?:\.(?:regex|min|max|length|refine)\([^\n]*,\s*|\b(?:error|message): )('[a-z0-9-]+')/g,
    (message) => `problem-${message}`,
  );

  test.each([
    ['questions and answers', asked],
    ['notices and labels', posted],
    ['literals', literal],
    ['buttons', buttons],
    ['problems', problems],
    ['escalations', kinds.map((kind) => ({ file: 'office/escalations.ts', name: `staff-${kind}` }))],
  ])('%s', (_, names) => {
    expect(names.filter(({ name }) => !has(name))).toEqual([]);
  });

  test('the scan finds the kinds of escalations', () => expect(kinds).toContain('limit-by-account'));
});

test('every kind of news has its name and its words, also for whoever is signed out', () => {
  const names = NEWS_KINDS.flatMap((kind) => [`news-name-${kind}`, newsText(kind, true), newsText(kind, false)]);
  expect(names.filter((name) => !has(name))).toEqual([]);
  const called = [...bodies.keys()].filter((name) => name.startsWith('news-name-'));
  expect(called.map((name) => name.replace('news-name-', ''))).toEqual(NEWS_KINDS);
});

test('every kind of escalation has a name among the topics', () => {
  const named = kinds.map((kind) => text('thread-escalation', { kind, account: 'none' }));
  expect(named.filter((name) => name === text('thread-escalation', { kind: 'none of them', account: 'none' }))).toEqual([]);
});

test('every text is used', () => {
  const prefixes = code.flatMap(({ source }) => [...source.matchAll(/`([a-z][a-z0-9-]*-)\$\{/g)].map((match) => match[1] ?? ''));
  const families = prefixes.filter((prefix) => !['button-', 'problem-', 'staff-'].includes(prefix));
  const referred = new Set([...bodies.values()].flatMap(references));
  const unused = [...bodies.keys()].filter((name) => {
    const bare = name.replace(/^(button|problem|staff)-/, '');
    return (
      !literals.has(name) &&
      !literals.has(bare) &&
      !kinds.includes(bare) &&
      !referred.has(name) &&
      !families.some((prefix) => name.startsWith(prefix))
    );
  });
  expect(unused).toEqual([]);
});

test.each([...bodies.keys()])('%s says itself once its words are given', (name) => {
  const source = whole(name);
  const words = Object.fromEntries(
    [...source.matchAll(/\$([\w-]+)/g)].map(([, word = '']) => {
      const kind = new RegExp(`([A-Z_]+)\\(\\s*\\$${word}\\b`).exec(source)?.[1];
      const likely: Record<string, string | number> = {
        MONEY: 150,
        ROUBLES: 7_150,
        DATE: '2026-11-05',
        FULLDATE: '2026-11-05',
        TIME: '2026-11-05T09:00:00Z',
        UNTIL: '2026-11-05T09:00:00Z',
        NO: 1234,
        PERIOD: '2026-10',
        MONTH: '2026-10',
        MONTH_OF: '2026-10',
      };
      return [word, (kind && likely[kind]) ?? 2];
    }),
  );
  expect(text(name, words, { marked: true })).not.toBe('');
  expect(() => text(name, words, { marked: true })).not.toThrow();
});

describe('typography', () => {
  // What people type is written as they do.
  const ours = files.filter(({ name }) => !name.endsWith('spoken.ftl'));
  const lines = ours.flatMap(({ name, source }) =>
    source.split('\n').map((line, index) => ({
      at: `${name}:${index + 1}`,
      line,
      prose: line.startsWith('#')
        ? ''
        : line
            .replace(/\{[^{}]*\}/g, '0')
            .replace(/<[^<>]*>/g, '')
            .replace(/^[\w-]+\s*=/, '')
            .replace(/^\s*\*?\[[\w-]+\]/, ''),
    })),
  );
  const where = (wrong: (prose: string, line: string) => boolean) =>
    lines.filter(({ prose, line }) => wrong(prose, line)).map(({ at }) => at);

  test('no trailing spaces', () => expect(where((_, line) => line !== line.trimEnd())).toEqual([]));
  test('no two spaces in a row', () => expect(where((prose) => /\S {2,}\S/.test(prose))).toEqual([]));
  test('«» and not ""', () => expect(where((prose) => /["“”„]/.test(prose))).toEqual([]));
  test('« are closed by »', () => {
    const uneven = [...bodies].filter(([, body]) => body.split('«').length !== body.split('»').length);
    expect(uneven.map(([name]) => name)).toEqual([]);
  });
  test('a dash is —, dots are …', () => expect(where((prose) => /\S - \S/.test(prose) || prose.includes('...'))).toEqual([]));
  test('«вы» and never «ты»', () => {
    expect(where((prose) => /(?<!\p{L})(ты|тебя|тебе|тобой|твой|твоя|твоё|твои|твоего)(?!\p{L})/iu.test(prose))).toEqual([]);
  });
  /** Quotations of buttons stand as the buttons do. */
  const told = (prose: string) => prose.replace(/«[^»]*»/g, '«»');
  const spoken = lines.filter(({ at, line }) => !at.startsWith('texts/ru/buttons.ftl') && !line.startsWith('button-'));
  const whereSpoken = (wrong: RegExp) => spoken.filter(({ prose }) => wrong.test(told(prose))).map(({ at }) => at);
  test('the bot speaks for the centre: «мы» and never «я»', () => {
    expect(whereSpoken(/(?<!\p{L})(я|меня|мне|мной|мой|моя|моё|мои)(?!\p{L})/iu)).toEqual([]);
  });
  test('ё where it is heard, on buttons too', () => {
    expect(
      where((prose) =>
        /(?<!\p{L})(счет|счете|счетом|счетчик\p{L}*|еще|ее|все верно|прием|приема|приеме|придет|подойдет|введен|сохранен|подключен)(?!\p{L})/iu.test(
          prose,
        ),
      ),
    ).toEqual([]);
  });
  test('SMS, and one «Telegram-аккаунт», two «Telegram-аккаунта»', () => {
    expect(whereSpoken(/(?<!\p{L})СМС(?!\p{L})|Этот Telegram(?!-)|друг\p{L}+ Telegram(?!-)|\d Telegram(?!-)/iu)).toEqual([]);
  });
  test('«!» only where somebody is greeted or has done it', () => {
    expect(whereSpoken(/(?<!Здравствуйте|Готово)!/u)).toEqual([]);
  });
  test('a button fits a phone', () => {
    const labels = [...bodies].filter(([name]) => name.startsWith('button-'));
    expect(
      labels
        .filter(
          ([, body]) =>
            (body
              .split('=')[1]
              ?.replace(/\{[^{}]*\}/g, '0')
              .trim().length ?? 0) > 35,
        )
        .map(([name]) => name),
    ).toEqual([]);
  });
  test('a number by which something is called is never grouped: behind «№» stands NO()', () => {
    expect(where((_, line) => /№(?: |\{"\\u00A0"\}|<[^<>]*>)*\{ \$/.test(line))).toEqual([]);
    const called = [...bodies.keys()].filter((name) => whole(name).includes('NO('));
    expect(called.length).toBeGreaterThan(50);
  });
  test('«до сегодня в 16:45» is no Russian: UNTIL() says it', () => {
    expect(where((_, line) => /(?<!\p{L})(?:до|после|от) \{ TIME\(/iu.test(line))).toEqual([]);
  });
  test('[one] is said of 21, too: where the number is not seen beside it, it is [1]', () => {
    expect(where((_, line) => /^\s*\*?\[one\](?!.*\{ \$)/.test(line))).toEqual([]);
  });
  test('no shouting', () => expect(where((prose) => /!!|[А-ЯЁ]{2,} [А-ЯЁ]{3,}/.test(prose))).toEqual([]));
});
