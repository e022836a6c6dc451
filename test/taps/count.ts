import { readVoice } from '../kit/chat/lines.ts';
import { MARKS, NOTATIONS, SIGNS } from '../kit/chat/notations.ts';
import { readTranscript, stepsOf } from '../kit/chat/passages.ts';

/** What a task costs a person: presses, those in Telegram's own sheets apart, messages typed or attached, and new messages of the bot. */
export type Cost = { taps: number; sheetTaps: number; typed: number; messages: number };

const EDITED: readonly string[] = [MARKS.textEdited, MARKS.captionEdited, MARKS.fileEdited].map((mark) => `     ${mark}`);
/** A file's words stand in the line after it: both are one message. */
const FILE = new RegExp(`^Бот: (${SIGNS.document}|${SIGNS.photo}) `, 'u');
/** «Заплатить» below the invoice, then the sum's button in the sheet. */
const SHEET_TAPS_OF_PAYMENT = 2;
/** Telegram asks once more before it hands a number over. */
const SHEET_TAPS_OF_CONTACT = 1;

/**
 * Counts what the references of a transcript bring, step by step, for the first who speaks in it. A command or the label of a menu is a press:
 * its button stands below the input.
 */
export function costOf(script: string, menu: ReadonlySet<string>): Cost {
  const steps = stepsOf(readTranscript(script).passages.flatMap(({ lines }) => lines));
  const person = steps.map(([said = '']) => readVoice(said)?.name).find((name) => name !== undefined);
  const cost: Cost = { taps: 0, sheetTaps: 0, typed: 0, messages: 0 };
  for (const [said = '', ...answer] of steps) {
    const voice = readVoice(said);
    if (voice?.name !== person) continue;
    if (voice) add(cost, voice.words, menu);
    cost.messages += answer.filter(
      (line, index) => line.startsWith('Бот: ') && !FILE.test(line) && !EDITED.includes(answer[index - 1] ?? ''),
    ).length;
  }
  return cost;
}

function add(cost: Cost, words: string, menu: ReadonlySet<string>): void {
  if (NOTATIONS.pays.test(words)) cost.sheetTaps += SHEET_TAPS_OF_PAYMENT;
  else if (NOTATIONS.ownContact.test(words)) {
    cost.taps += 1;
    cost.sheetTaps += SHEET_TAPS_OF_CONTACT;
  } else if (NOTATIONS.press.test(words) || NOTATIONS.pressOldest.test(words) || words.startsWith('/') || menu.has(bare(words)))
    cost.taps += 1;
  else cost.typed += 1;
}

/** е and ё are one, and so are large letters and small ones. */
export const bare = (words: string): string => words.trim().toLowerCase().replaceAll('ё', 'е');
