import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCentre } from '../../src/adapters/centre-file.ts';
import { listRunningOut } from '../../src/office/centre.ts';
import { readCentre } from '../../src/office/centre/read-centre.ts';

const EXAMPLE = new URL('../../centre.example.json', import.meta.url);
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Record<string, unknown>;
const complaint = (change: Record<string, unknown>) => {
  try {
    readCentre(JSON.stringify({ ...example(), ...change }));
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const PENALTY = { from: '2022-02-28', percent: 9.5, steps: [{ fromDay: 31, divisor: 300 }] };
const read = (change: Record<string, unknown>) => readCentre(JSON.stringify({ ...example(), ...change }));

describe('dated tables', () => {
  test('until and source are taken in each of them', () => {
    const dated = { from: '2020-01-01', until: '2030-12-31', source: 'приказ' };
    const centre = read({
      paymentDue: [{ ...dated, day: 10 }],
      paymentDocumentReady: [{ ...dated, day: 5 }],
      penalty: [{ ...PENALTY, ...dated }],
      holidays: [{ ...dated, days: ['2030-01-01'] }],
      cards: { receipts: [{ ...dated, taxSystem: 1, vat: 1 }] },
    });
    const { paymentDue, paymentDocumentReady, penalty, holidays, cards } = centre;
    for (const table of [paymentDue, paymentDocumentReady, penalty, holidays, cards.receipts])
      expect(table).toEqual([expect.objectContaining(dated)]);
    expect(listRunningOut(centre, '2030-12-01', 60).map(({ table }) => table)).toHaveLength(5);
    expect(listRunningOut(centre, '2030-11-01', 59)).toEqual([]);
  });

  test('a rule of the penalty from before rows could end stops where the law does; one that begins later is another one', () => {
    expect(read({ penalty: [PENALTY] }).penalty).toEqual([
      { ...PENALTY, until: '2026-12-31', source: expect.stringContaining('№ 329') },
    ]);
    const two = [PENALTY, { ...PENALTY, from: '2027-01-01', percent: 16 }];
    expect(read({ penalty: two }).penalty).toEqual(two);
    expect(read({ penalty: [{ ...PENALTY, until: '2027-12-31' }] }).penalty).toEqual([{ ...PENALTY, until: '2027-12-31' }]);
  });

  test('a bare list of holidays is known to the end of its last year, a row without an end for its year', () => {
    const bare = read({ holidays: ['2026-11-04', '2026-01-01'] }).holidays;
    expect(bare).toEqual([{ from: '2026-01-01', until: '2026-12-31', days: ['2026-01-01', '2026-11-04'] }]);
    expect(read({ holidays: [{ from: '2027-01-01', days: [] }] }).holidays).toEqual([
      { from: '2027-01-01', until: '2027-12-31', days: [] },
    ]);
    expect(read({ holidays: [] }).holidays).toEqual([]);
  });
});

describe('the settings file of the centre', () => {
  test('the example that ships is a good one', async () => {
    const centre = await loadCentre(EXAMPLE);
    expect(centre.consent.text).toContain('ч. 16 ст. 155');
    expect(centre.paymentPoints.length).toBeGreaterThan(1);
    expect(centre.paymentDue).toContainEqual(expect.objectContaining({ from: '2026-03-01', day: 15 }));
  });

  test.each([
    [
      { paymentPoints: [{ name: 'Пункт', address: 'ул. Мира, 1', hours: ['пн'], latitude: 95, longitude: 38 }] },
      'paymentPoints[0].latitude',
    ],
    [{ phones: [] }, 'phones: нужен хотя бы один телефон'],
    [
      {
        requests: {
          topics: [{ key: 'other', label: 'Другое' }],
          cannedAnswers: [{ command: 'close', label: 'Закрываем', text: 'Вопрос решён.' }],
        },
      },
      'requests.cannedAnswers[0].command: нужна команда, которой у самого бота нет',
    ],
    [{ site: 'inkomus.ru' }, 'site: нужен адрес, который начинается с https://'],
    [{ consent: { version: '1', title: 'Согласие', text: 'да' } }, 'consent.text: нужен весь текст согласия'],
    [
      {
        paymentDue: [
          { from: '2026-03-01', day: 15 },
          { from: '2020-01-01', day: 10 },
        ],
      },
      'paymentDue: нужны строки по порядку дат',
    ],
    [
      {
        paymentDue: [
          { from: '2020-01-01', until: '2026-03-01', day: 10 },
          { from: '2026-03-01', day: 15 },
        ],
      },
      'paymentDue: нужен until не раньше from своей строки и раньше from следующей',
    ],
    [{ paymentDue: [{ from: '2020-01-01', until: '2019-12-31', day: 10 }] }, 'paymentDue: нужен until не раньше'],
    [{ cards: { receipts: [{ from: '2026-01-01', until: '2025-01-01', taxSystem: 1, vat: 1 }] } }, 'cards.receipts: нужен until'],
    [{ penalty: [{ ...PENALTY, until: 'потом' }] }, 'penalty[0].until: нужна дата ГГГГ-ММ-ДД'],
    [{ holidays: [{ from: '2026-01-01' }] }, 'holidays: нужен список дат или строк с from, until и days'],
    [{ paymentDue: [{ from: '01.03.2026', day: 15 }] }, 'paymentDue[0].from: нужна дата ГГГГ-ММ-ДД'],
    [
      {
        penalty: [
          {
            from: '2022-02-28',
            percent: 9.5,
            steps: [
              { fromDay: 91, divisor: 130 },
              { fromDay: 31, divisor: 300 },
            ],
          },
        ],
      },
      'penalty[0].steps: нужны шаги по порядку дней',
    ],
    [{ workingHours: [{ days: ['mon'], from: '8:00', to: '17:00' }] }, 'workingHours[0].from: нужно время ЧЧ:ММ'],
    [{ cards: { leastRoubles: 99.5 } }, 'cards.leastRoubles: нужны целые рубли'],
    [{ sbp: 'http://pay.example.ru/{account}' }, 'sbp: нужен адрес https://'],
    [{ cards: { receipts: [{ from: '2026-01-01', taxSystem: 7, vat: 1 }] } }, 'cards.receipts[0].taxSystem'],
    [{ phone: '1' }, 'phone: такого поля нет: проверьте'],
  ])('%j is refused by the name of its field', (change, expected) => {
    const message = complaint(change);
    expect(message).toContain('CENTRE_FILE');
    expect(message).toContain(expected);
    expect(message).not.toMatch(/inkomus\.ru|01\.03\.2026|\b95\b/);
  });

  test('all that is wrong is named at once, a line each: the file, the line in it, the field', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'centre-'));
    const file = join(folder, 'centre.json');
    const { phones: _, ...rest } = example();
    const whole = JSON.stringify(
      { ...rest, site: 'inkomus', workingHours: [{ days: ['mo'], from: '8:00', to: '17:00' }] },
      undefined,
      2,
    );
    await writeFile(file, whole);
    const lineOf = (words: string) => whole.split('\n').findIndex((line) => line.includes(words)) + 1;
    const said = await loadCentre(file).then(
      () => 'taken',
      (error: Error) => error.message,
    );
    await rm(folder, { recursive: true });
    expect(said.split('\n').slice(1).toSorted()).toEqual(
      [
        `  CENTRE_FILE: ${file}, строка 1: phones: нужен список […]`,
        `  CENTRE_FILE: ${file}, строка ${lineOf('"site"')}: site: нужен адрес, который начинается с https:// или http://`,
        `  CENTRE_FILE: ${file}, строка ${lineOf('"mo"')}: workingHours[0].days[0]: нужно одно из: mon, tue, wed, thu, fri, sat, sun`,
        `  CENTRE_FILE: ${file}, строка ${lineOf('"8:00"')}: workingHours[0].from: нужно время ЧЧ:ММ`,
      ].toSorted(),
    );
  });

  test.each<[slip: string, json: string, line: number, column: number]>([
    ['a comma at the end of a list', '{\n  "a": [1, 2,\n  ]\n}', 3, 3],
    ['no comma', '{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['a comment', '{\n  // the centre\n  "a": 1\n}', 2, 3],
    ['single quotes', "{ 'a': 1 }", 1, 3],
    ['a text that goes on in the next line', '{\n  "a": "b\nc"\n}', 2, 8],
    ['something behind the end', '{}\n}', 2, 1],
    ['a value that is none', '{"a": yes}', 1, 7],
  ])('%s is found by line and column', (_, json, line, column) => {
    expect(() => readCentre(json, '/srv/c.json')).toThrow(
      `  CENTRE_FILE: /srv/c.json, строка ${line}: столбец ${column}: здесь перестаёт быть JSON`,
    );
    expect(() => JSON.parse(json) as unknown).toThrow();
  });

  test('no fault is told in English, whatever zod would say of it', () => {
    const wrong = [1, 'a', [], {}, null, [null], [{}], -1];
    for (const field of Object.keys(example()))
      for (const value of wrong) {
        const faults = complaint({ [field]: value })
          .split('\n')
          .slice(1);
        for (const fault of faults) expect(fault).toMatch(/: [^:]*[а-яё]{3}/);
        expect(faults.join()).not.toMatch(/expected|Invalid|Too (small|big)|Unrecognized/);
      }
  });

  test('a file from before documents had a day of their own: the 5th', () => {
    const { paymentDocumentReady: _, ...older } = example();
    expect(readCentre(JSON.stringify(older)).paymentDocumentReady).toEqual([{ from: '2005-03-01', day: 5 }]);
  });

  test('what is not said of cards is as docs/operating.md has it', () => {
    const { cards: _, ...rest } = example();
    expect(readCentre(JSON.stringify(rest)).cards).toEqual(example().cards);
    expect(readCentre(JSON.stringify({ ...rest, cards: { receipts: [] } })).cards.receipts).toEqual([]);
  });

  test('what is no JSON and what is no file are said so', async () => {
    expect(() => readCentre('{')).toThrow(/^ {2}CENTRE_FILE: строка 1: это не JSON: файл обрывается/m);
    await expect(loadCentre('/nowhere/centre.json')).rejects.toThrow(
      /^ {2}CENTRE_FILE: \/nowhere\/centre\.json: такого файла нет \(ENOENT\); .*centre\.example\.json/m,
    );
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['windows-1251', Buffer.from([0x7b, 0x22, 0xcf, 0xd0, 0x22, 0x3a, 0x31, 0x7d]), /нужен UTF-8, а это другая кодировка/],
    ['UTF-16', Buffer.from('\ufeff{"name":"ВЦ"}', 'utf16le'), /нужен UTF-8, а это другая кодировка/],
    ['letters that were lost', Buffer.from('{\n"name":"\ufffd\ufffd"}'), /, строка 2: буквы потерялись в другой кодировке/],
    ['the same, escaped', Buffer.from('{"name":"\\uFFFD"}'), /, строка 1: буквы потерялись/],
  ])('a file of %s is refused by its setting’s name', async (_, bytes, sentence) => {
    const folder = await mkdtemp(join(tmpdir(), 'centre-'));
    await writeFile(join(folder, 'centre.json'), bytes);
    await expect(loadCentre(join(folder, 'centre.json'))).rejects.toThrow(sentence);
    await expect(loadCentre(join(folder, 'centre.json'))).rejects.toThrow(`\n  CENTRE_FILE: ${join(folder, 'centre.json')}`);
    await rm(folder, { recursive: true });
  });

  test('a pipe is no file and is not waited for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'centre-'));
    spawnSync('mkfifo', [join(folder, 'centre.json')]);
    await expect(loadCentre(join(folder, 'centre.json'))).rejects.toThrow(/это не обычный файл .*\(EFTYPE\)/);
    await rm(folder, { recursive: true });
  });
});
