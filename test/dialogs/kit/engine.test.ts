import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Button, type Buttons, CANCEL, type Keyboard } from '../../../src/dialogs/kit/keyboard.ts';
import { choiceOf, type Letter } from '../../../src/dialogs/kit/letter.ts';
import { beginning, decodeProgress, encodeProgress, type DialogProgress } from '../../../src/dialogs/kit/progress.ts';
import { runDialog } from '../../../src/dialogs/kit/run-dialog.ts';
import type { Dialog } from '../../../src/dialogs/kit/scene.ts';
import type { DialogEnd } from '../../../src/dialogs/kit/turn.ts';
import type { Powers, Voice } from '../../../src/dialogs/kit/voice.ts';
import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import type { StaffCaller } from '../../../src/office/staff/staff.ts';

const Word = z.string().regex(/^[a-z]{3,8}$/, 'account-number');

const office = { desk: { note: async (caller: StaffCaller, what: string) => `${caller.idempotencyKey} ${what}` } };
type Office = typeof office;

const ALL: Powers = {
  sharesContact: true,
  deletesLetters: true,
  changesMessages: true,
  takesBack: true,
  offersCommands: true,
  sendsInvoices: true,
  copiesText: true,
  showsPlaces: true,
};
const NONE: Powers = {
  sharesContact: false,
  deletesLetters: false,
  changesMessages: false,
  takesBack: false,
  offersCommands: false,
  sendsInvoices: false,
  copiesText: false,
  showsPlaces: false,
};

const SPOKEN: Readonly<Record<string, string>> = { 'spoken-yes': 'да; ок', 'spoken-no': 'нет; не надо' };

/** A messenger of three lines: it numbers messages from 100, and calls them by names of its own. */
function openMessenger(powers: Powers, dialog: Dialog<Office>, earlier: string[] = []) {
  const lines: string[] = [];
  /** What is to be pressed now, by its label. */
  const buttons = new Map<string, Button>();
  let progress: DialogProgress | undefined = beginning('contacts', 'v1', 'r1', 'ref', null, earlier);
  let count = 100;

  const show = (rows: Buttons) => rows.map((row) => row.map(({ label }) => `[${label}]`).join(' ')).join(' / ');
  const rowsBelow = (keyboard: Exclude<Keyboard, Buttons>) =>
    keyboard.below === 'contact' ? [[keyboard.cancel]] : keyboard.below === 'menu' ? keyboard.rows : undefined;
  const put = (rows: Buttons) => {
    for (const button of rows.flat()) buttons.set(button.label, button);
  };
  const note = (verb: string, text: string, words: object, keyboard: Keyboard | undefined): true => {
    const rows = keyboard && ('below' in keyboard ? rowsBelow(keyboard) : keyboard);
    if (rows) put(rows);
    const where = keyboard && 'below' in keyboard ? ` ${keyboard.below}` : '';
    lines.push(
      [`${verb} ${text}`, JSON.stringify(words), rows ? `${where} ${show(rows)}`.trim() : '']
        .filter((each) => each !== '{}' && each !== '')
        .join(' '),
    );
    count += 1;
    return true;
  };
  const does = (what: string) => async () => lines.push(what) > 0;
  const voice: Voice = {
    powers,
    bot: { name: 'centre', link: () => 'https://example.org/centre' },
    largestFileBytes: 1_000_000,
    unsaid: () => ({ outcome: 'nothing' }),
    lastSaid: () => String(count),
    label: (text) => SPOKEN[text] ?? text.replace('button-', ''),
    say: async (text, words, keyboard) => note('say', text, words, keyboard),
    show: async (text, words, keyboard, place) => note(place === undefined ? 'show' : `at ${place}`, text, words, keyboard),
    hand: async (paper, text, words, keyboard) => note(`hand ${paper.kind}`, text, words, keyboard),
    handSecret: async () => null,
    invoice: does('invoice'),
    showPlace: async () => void lines.push('place'),
    deleteMessage: does('delete'),
    answerPress: async (text = '') => void lines.push(`answered ${text}`.trim()),
    replaceButtons: async (rows, place) => {
      if (rows) put(rows);
      return lines.push(`buttons ${place ? `of ${place} ` : ''}${rows ? show(rows) : 'gone'}`) > 0;
    },
    restoreButtons: does('buttons back'),
    offerCommands: async () => void lines.push('commands'),
    takeBack: async (place) => lines.push(`${place} taken back`) > 0,
  };

  /** What comes of a letter; the state goes through its bytes between two of them, as between two processes. */
  async function take(incoming?: Letter): Promise<{ lines: string[]; end: DialogEnd }> {
    if (!progress) throw new Error('the dialog is over');
    const caller = {
      messengerId: 'max:7' as const,
      name: 'Иван',
      turn: { token: 't', isHeld: () => true },
      letterId: `l${++count}`,
    };
    const end = await runDialog(dialog, {
      incoming,
      progress,
      voice,
      office,
      caller,
      expectSecret: async () => void lines.push('a secret is awaited'),
      sectionOf: (typed) => (typed === 'долг' ? { dialog: 'debt' } : undefined),
    });
    progress = end.end === 'asking' ? decodeProgress(encodeProgress(progress)) : undefined;
    return { lines: lines.splice(0), end };
  }

  return {
    take,
    /** The state as it stands now, to be put back: that of a turn that failed. */
    keep(): () => void {
      const kept = progress && encodeProgress(progress);
      return () => void (progress = kept && decodeProgress(kept));
    },
    written: (): { place: string; mark: string; part: undefined } => ({
      place: String(++count),
      mark: String(count),
      part: undefined,
    }),
    press(label: string): Letter {
      const { means } = buttons.get(label) ?? {};
      if (!means || 'copies' in means || 'address' in means) throw new Error(`no button is called ${label}`);
      if ('dialog' in means) return { kind: 'press', button: { is: 'door', dialog: means.dialog, ref: means.ref ?? '' } };
      return { kind: 'press', button: { is: 'choice', ...means } };
    },
  };
}

const everything: Dialog<Office> = async ({
  ask,
  askPhone,
  askSecret,
  pick,
  tick,
  invoice,
  showPlace,
  say,
  office: { desk },
}) => {
  const word = await ask('word', Word);
  const phone = await askPhone('phone', z.string());
  const secret = await askSecret('secret', async (typed) => ({ length: typed.length }));
  const options = Array.from({ length: 12 }, (_, i) => ({ key: `k${i}`, label: `Счёт ${i}` }));
  const picked = await pick('pick', options);
  const ticked = await tick('tick', ['a', 'b'], { done: 'ready', enough: ({ length }) => length > 0 });
  const noted = await desk.note(word);
  const paid = await invoice(
    { order: 'o', lines: [], totalKopecks: 1, receipt: null, receiptTo: 'email' },
    { title: 'title', about: 'about', line: 'line' },
  );
  await showPlace({ latitude: 47, longitude: 38, title: 'Касса', address: 'ул. Портовая' });
  await say('end', { all: JSON.stringify([word, phone, secret, picked, ticked, noted, paid]) }, [
    { label: 'button-pay', dialog: 'pay', ref: '7' },
  ]);
};

const words = (text: string, messenger: ReturnType<typeof openMessenger>): Letter => ({
  ...messenger.written(),
  kind: 'words',
  words: text,
});

describe('a chapter over a messenger that the kit has never seen', () => {
  test('with all powers', async () => {
    const chat = openMessenger(ALL, everything);
    const said = async (letter?: Letter) => (await chat.take(letter)).lines;
    expect(await said()).toEqual(['say word [cancel]']);
    expect(await said(words('Nope', chat))).toEqual(['say problem-account-number [cancel]', 'buttons of 102 gone']);
    expect(await said(words('abc', chat))).toEqual(['say phone contact [cancel]', 'buttons of 105 gone']);
    const contact = { kind: 'contact', phone: '79123456789' } as const;
    expect(await said({ ...chat.written(), ...contact, own: false })).toEqual(['say problem-contact-not-yours contact [cancel]']);
    expect(await said({ ...chat.written(), ...contact, own: true })).toEqual([
      'say phone-taken-down {"phone":"79123456789"}',
      'a secret is awaited',
      'say secret [cancel]',
    ]);
    expect((await said({ ...chat.written(), kind: 'other' }))[0]).toBe(
      'say question-again {"because":[{"text":"problem-words-expected","words":{}}],"question":[{"text":"secret","words":{}}]} [cancel]',
    );
    const [firstPage] = await said(words('hidden', chat));
    expect(firstPage).toMatch(/^say pick \[Счёт 0\] .* \[Счёт 9\] \/ \[next-page\] \/ \[cancel\]$/);
    // What is typed where a button is wanted may be the secret once more.
    const [dropped, again] = await said(words('hidden', chat));
    expect(dropped).toBe('delete');
    expect(again).toMatch(/^say question-again .*problem-press-a-button.*"pick".* \[Счёт 0\] .* \[cancel\]$/);
    expect(await said(chat.press('next-page'))).toEqual([
      'buttons [Счёт 10] / [Счёт 11] / [previous-page] / [cancel]',
      'answered',
    ]);
    const pickedOne = chat.press('Счёт 10');
    expect(await said(pickedOne)).toEqual(['answered', 'buttons gone', 'say tick [a] [b] / [cancel]']);
    expect(await said(pickedOne)).toEqual(['answered problem-button-of-before', 'buttons gone']);
    expect(await said(chat.press('a'))).toEqual(['buttons [✅ a] [b] / [ready] / [cancel]', 'answered']);
    const { lines, end } = await chat.take(chat.press('ready'));
    expect(lines.slice(0, 4)).toEqual(['answered', 'buttons gone', 'invoice', 'place']);
    expect(lines.at(-1)).toMatch(
      /^say end .*\[\\"abc\\",\\"79123456789\\",\{\\"length\\":6\},\\"k10\\",\[\\"a\\"\],\\"r1::[\w-]{43} abc\\",true\].*\[pay\]$/,
    );
    expect(end).toEqual({ end: 'done' });
  });

  test('what the office did is known again where the turn failed after it and the same is answered once more', async () => {
    const noting: Dialog<Office> = async ({ choose, say, office: { desk } }) => {
      const chosen = await choose('really', ['agree', 'refuse']);
      await say('end', { noted: await desk.note(chosen) });
    };
    const chat = openMessenger(ALL, noting);
    await chat.take();
    const fails = chat.keep();
    const noted = async (letter: Letter) => {
      const { lines } = await chat.take(letter);
      fails();
      return lines.find((line) => line.startsWith('say end'));
    };
    const [agree, refuse] = [chat.press('agree'), chat.press('refuse')];
    const first = await noted(refuse);
    expect(first).toContain('refuse');
    expect(await noted(refuse)).toBe(first);
    expect(await noted(words('refuse', chat))).toBe(first);
    expect((await noted(agree))?.replace('agree', 'refuse')).not.toBe(first);
  });

  test.each(['question', 'verb of the office', 'order'] as const)(
    'a replay that comes to another %s than was answered ends as changed, and nothing is said or done',
    async (what) => {
      let isUpgraded = false;
      const upgraded: Dialog<Office> = async ({ ask, choose, say, office: { desk } }) => {
        const isOther = (which: typeof what) => isUpgraded && what === which;
        if (isOther('order')) await desk.note('abc');
        await ask(isOther('question') ? 'other-word' : 'word', Word);
        if (isOther('verb of the office')) await say('noted');
        else await desk.note('abc');
        await choose('really', ['agree']);
        await desk.note('agreed');
      };
      const chat = openMessenger(ALL, upgraded);
      await chat.take();
      await chat.take(words('abc', chat));
      isUpgraded = true;
      expect(await chat.take(chat.press('agree'))).toEqual({ lines: [], end: { end: 'changed' } });
    },
  );

  test('with none: each has another way', async () => {
    const chat = openMessenger(NONE, everything);
    const said = async (letter?: Letter) => (await chat.take(letter)).lines;
    await said();
    expect(await said(words('abc', chat))).toEqual(['say phone [cancel]']);
    expect(await said(words('79123456789', chat))).toEqual(['a secret is awaited', 'say secret [cancel]']);
    await said(words('hidden', chat));
    const [left, again] = await said(words('hidden', chat));
    expect([left, again?.slice(0, 18)]).toEqual(['say problem-secret-not-deleted', 'say question-again']);
    expect(await said(chat.press('next-page'))).toEqual([
      'say pick [Счёт 10] / [Счёт 11] / [previous-page] / [cancel]',
      'answered',
    ]);
    expect(await said(chat.press('Счёт 11'))).toEqual(['answered', 'say tick [a] [b] / [cancel]']);
    expect(await said(chat.press('b'))).toEqual(['say tick [a] [✅ b] / [ready] / [cancel]', 'answered']);
    const lines = await said(chat.press('ready'));
    expect(lines.slice(0, 2)).toEqual(['answered', 'say problem-place-not-shown {"title":"Касса","address":"ул. Портовая"}']);
    expect(lines.at(-1)).toContain('false]');
  });

  test('«Отмена» leaves it', async () => {
    const chat = openMessenger(ALL, everything);
    await chat.take();
    expect(await chat.take(chat.press('cancel'))).toEqual({
      lines: ['answered', 'buttons gone'],
      end: { end: 'left', says: 'cancelled' },
    });
  });

  test('a slip in a question of buttons puts all of it again, and its buttons stand under the newest message alone', async () => {
    const asking: Dialog<Office> = async ({ choose, say }) => {
      await choose('really', ['agree'], { sum: 5 });
      await say('end');
    };
    const chat = openMessenger(ALL, asking);
    await chat.take();
    const { lines } = await chat.take(words('так вот', chat));
    expect(lines).toEqual([
      'say question-again {"because":[{"text":"problem-press-a-button","words":{}}],"question":[{"text":"really","words":{"sum":5}}]} [agree] / [cancel]',
      'buttons of 102 gone',
    ]);
    expect((await chat.take(words('agree', chat))).lines).toEqual(['say end', 'buttons of 105 gone']);
  });

  test('an older «Отмена» of the same run leaves it; one of another run does not', async () => {
    const chat = openMessenger(ALL, everything);
    await chat.take();
    const older = chat.press('cancel');
    await chat.take(words('abc', chat));
    const foreign: Letter = { kind: 'press', button: { is: 'choice', run: 'r0', step: 1, choice: 'x' } };
    expect(await chat.take(foreign)).toEqual({
      lines: ['answered problem-button-of-before', 'buttons gone'],
      end: { end: 'asking' },
    });
    expect((await chat.take(older)).end).toEqual({ end: 'left', says: 'cancelled' });
  });

  test.each([
    ['да', { end: 'done' }],
    ['Да!', { end: 'done' }],
    ['может быть', { end: 'asking' }],
    ['нет', { end: 'left', says: null }],
    ['Не надо', { end: 'left', says: null }],
  ])('where there is one button «%s» gives %j', async (typed, end) => {
    const asking: Dialog<Office> = async ({ choose }) => void (await choose('really', ['delete-all'], {}, { left: null }));
    const chat = openMessenger(ALL, asking);
    await chat.take();
    expect((await chat.take(words(typed, chat))).end).toEqual(end);
  });

  describe('how it ended takes the place of the question', () => {
    const concluding: Dialog<Office> = async ({ choose, say, conclude }) => {
      const pressed = await choose('really', ['send', 'tell-more']);
      if (pressed === 'tell-more') await say('more');
      await conclude('sent', { number: 5 }, [{ label: 'button-pay', dialog: 'pay' }]);
    };
    const after = async (powers: Powers, answer: (chat: ReturnType<typeof openMessenger>) => Letter) => {
      const chat = openMessenger(powers, concluding);
      await chat.take();
      return (await chat.take(answer(chat))).lines;
    };

    test('where a button was the answer', async () => {
      expect(await after(ALL, (chat) => chat.press('send'))).toEqual([
        'answered',
        'buttons gone',
        'at 102 sent {"number":5} [pay]',
      ]);
    });

    test.each<[string, Powers, (chat: ReturnType<typeof openMessenger>) => Letter]>([
      ['the answer was typed', ALL, (chat) => words('send', chat)],
      ['something was said since', ALL, (chat) => chat.press('tell-more')],
      ['the button stood under an older message', ALL, (chat) => ({ ...chat.press('send'), place: '100' })],
      ['no message can be changed', NONE, (chat) => chat.press('send')],
    ])('it is said below where %s', async (_, powers, answer) => {
      const lines = await after(powers, answer);
      expect(lines).toContain('say sent {"number":5} [pay]');
      expect(lines.join()).not.toContain('at 102');
    });
  });

  test.each([
    ['⭐️⭐️', { picked: 'good' }],
    ['⭐', { picked: 'bad' }],
    ['👎', null],
    ['...', null],
  ])('of labels that are emoji alone «%s» means %j', async (typed, meant) => {
    let given: unknown = null;
    const rating: Dialog<Office> = async ({ pick }) => {
      const options = [
        { key: 'good', label: '⭐⭐' },
        { key: 'bad', label: '⭐' },
      ];
      given = { picked: await pick('rate', options) };
    };
    const chat = openMessenger(ALL, rating);
    await chat.take();
    await chat.take(words(typed, chat));
    expect(given).toEqual(meant);
  });

  test('what is no answer to a question of words may be a part of one of its buttons', async () => {
    const asking: Dialog<Office> = async ({ askOr, say }) => {
      const given = await askOr('word', Word, { buttons: ['другой-счёт', 'skip'] });
      await say('end', { given: JSON.stringify(given) });
    };
    for (const [typed, given] of [
      ['другого счёта', '{"pressed":"другой-счёт"}'],
      ['abc', '{"answer":"abc"}'],
    ] as const) {
      const chat = openMessenger(ALL, asking);
      await chat.take();
      const { lines } = await chat.take(words(typed, chat));
      expect(lines[0]).toBe(`say end ${JSON.stringify({ given })}`);
    }
  });

  test('the same secret asked again takes the place of the former question, with the reason above it', async () => {
    const asking: Dialog<Office> = async ({ askSecret, say }) => {
      const first = await askSecret('secret', async (typed) => typed.length);
      const because = first < 3 ? { text: 'too-short' } : undefined;
      const second = await askSecret('secret', async (typed) => typed.length, { because });
      await say('end', { second });
    };
    const chat = openMessenger(ALL, asking);
    await chat.take();
    expect((await chat.take(words('ab', chat))).lines).toEqual([
      'a secret is awaited',
      'say question-again {"because":[{"text":"too-short"}],"question":[{"text":"secret","words":{}}]} [cancel]',
      '102 taken back',
    ]);
    expect((await chat.take(words('abc', chat))).lines).toEqual(['say end {"second":3}', 'buttons of 105 gone']);
  });

  test('a word that means a section leads there where it is no answer', async () => {
    const chat = openMessenger(ALL, everything);
    await chat.take();
    expect(await chat.take(words('долг', chat))).toEqual({
      lines: ['buttons of 102 gone'],
      end: { end: 'elsewhere', dialog: 'debt', ref: '', brought: [], byWord: true },
    });
  });

  test('also at a question for a secret, where it is not tried as one', async () => {
    const tried: string[] = [];
    const asking: Dialog<Office> = async ({ askSecret }) => {
      await askSecret('secret', async (typed) => tried.push(typed));
    };
    const chat = openMessenger(ALL, asking);
    await chat.take();
    expect(await chat.take(words('долг', chat))).toEqual({
      lines: ['buttons of 102 gone'],
      end: { end: 'elsewhere', dialog: 'debt', ref: '', brought: [], byWord: true },
    });
    expect(tried).toEqual([]);
  });

  test('what it throws is thrown, and a button of a chapter answers no question', async () => {
    const breaking: Dialog<Office> = async ({ ask }) => {
      await ask('word', Word);
      throw new TypeError('broken');
    };
    const chat = openMessenger(ALL, breaking);
    await chat.take();
    const door: Letter = { kind: 'press', button: { is: 'door', dialog: 'pay', ref: '' } };
    expect(choiceOf(door)).toBeUndefined();
    expect((await chat.take(door)).lines).toEqual(['answered problem-button-of-before']);
    await expect(chat.take(words('abc', chat))).rejects.toThrow('broken');
  });
});

test('messages are collected by their parts, albums quietly, and edits change what was taken', async () => {
  let taken: readonly MessagePart[] = [];
  const collecting: Dialog<Office> = async ({ collect }) => {
    taken = (await collect('bring', { buttons: ['send'], more: 'more' })).messageParts;
  };
  const chat = openMessenger(NONE, collecting);
  const part = (id: number, text: string, album: string | null = null): MessagePart => ({
    source: `max:7/${id}`,
    album,
    repliesTo: null,
    kind: 'photo',
    words: text,
    file: `f${id}`,
    fileName: null,
  });
  const photo = (each: MessagePart): Letter => ({ ...chat.written(), kind: 'photo', file: 'f', unique: 'u', part: each });
  const said = async (letter?: Letter) => (await chat.take(letter)).lines;
  await said();
  expect(await said({ ...chat.written(), kind: 'other' })).toEqual(['say problem-not-collected [send] / [cancel]']);
  expect(await said(photo(part(1, 'one', 'a')))).toEqual(['say more [send] / [cancel]']);
  expect(await said(photo(part(2, 'two', 'a')))).toEqual([]);
  const edit = { ...chat.written(), kind: 'edit', words: undefined, afterSeconds: 5 } as const;
  expect(await said({ ...edit, part: part(1, 'other') })).toEqual([]);
  await said(chat.press('send'));
  expect(taken.map((each) => each.words)).toEqual(['other', 'two']);
});

test.each([
  ['end-link', 'end-link'],
  ['2', 'report-link'],
  ['report', 'report-link'],
  ['1', undefined],
  ['end', undefined],
  ['первая', undefined],
])('a button after which something is gone is meant by its whole label alone: «%s» is %s', async (typed, chosen) => {
  const chat = openMessenger(ALL, async ({ choose, say }) => say(`chosen-${await choose('sure', ['end-link', 'report-link'])}`));
  await chat.take();
  const { lines } = await chat.take(words(typed, chat));
  expect(lines.flatMap((line) => /^say chosen-(\S+)/.exec(line)?.[1] ?? [])).toEqual(chosen === undefined ? [] : [chosen]);
});

test.each([
  ['that led here leaves the dialog', 'r0', 'left'],
  ['that did not lead here is one of before', 'r9', 'asking'],
])('«Отмена» under a question of a chapter %s', async (_, run, end) => {
  const chat = openMessenger(ALL, async ({ ask }) => void (await ask('word', Word)), ['r0']);
  await chat.take();
  const pressed = await chat.take({ kind: 'press', button: { is: 'choice', run, step: 4, choice: CANCEL }, place: '100' });
  expect(pressed.end).toMatchObject({ end });
  if (end === 'asking') expect(pressed.lines[0]).toBe('answered problem-button-of-before');
});
