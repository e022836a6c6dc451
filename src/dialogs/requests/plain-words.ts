import type { Office } from '../../office/office.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Dialog, Option, Scene, TextArgs } from '../kit/scene.ts';
import { AccountNumber } from '../../domain/account-number.ts';
import { linesWithFigures } from '../../domain/typed.ts';
import { addMessageParts } from '../steps/add-message-parts.ts';
import { sayRefused } from '../steps/request-refused.ts';
import { requestOptions } from '../steps/request-words.ts';

/**
 * Words outside of any dialog: they join the only open request, or the only one that closed by itself lately; with several it is asked which; with
 * none they are offered as a new one.
 */
export const plainWords: Dialog<Office> = async (scene) => {
  const { brought, collect, goTo, office } = scene;
  const words = await brought();
  const known = await office.requests.openOnes();
  if (known.outcome === 'silenced') return sayRefused(scene, known);
  const [only, second] = known.open;
  if (only && !second) return addMessageParts(scene, only.number, words);
  if (!only && (await isNumber(scene, words))) return;

  if (known.writesOn !== null) return addMessageParts(scene, known.writesOn, words);

  // With none that may be meant it is a new one; what was closed a moment ago may be meant, too.
  const [lately] = known.lately;
  if (!only && !lately) return goTo('request', '', words);
  const meant = only
    ? await collect('plain-words-which', {
        buttons: known.another ? ['new-request'] : [],
        options: requestOptions(known.open),
        brought: words,
        more: 'plain-words-more',
      })
    : await collect('plain-words-new', {
        buttons: ['new-request'],
        options: requestOptions(known.lately.slice(0, MOST_LATELY)),
        brought: words,
        more: 'request-more',
      });
  if ('picked' in meant) return addMessageParts(scene, Number(meant.picked), meant.messageParts);
  return goTo('request', '', meant.messageParts);
};

/** A number alone is a reading, a sum or an account, which is asked; unless it is for staff. True where it was none of their business. */
async function isNumber(scene: Scene<Office>, [only, second]: readonly MessagePart[]): Promise<boolean> {
  const { choose, goTo } = scene;
  if (!only || second || only.kind !== 'words') return false;
  const lines = linesWithFigures(only.words);
  if (lines.length > 1) return areNumbers(scene, only.words, lines);
  const number = AccountNumber.safeParse(only.words).data;
  const account = isAccount(only.words) || CALLED_ACCOUNT.test(only.words) ? number : undefined;
  if (account === undefined && !isFigure(only.words)) return false;
  if (account !== undefined) {
    const is = await choose('plain-words-account', ['account-of-number', 'to-staff'], { number: account });
    return is === 'account-of-number' && goTo('paper-link', account);
  }
  return isMeant(scene, 'plain-words-number', { number: shown(only.words), account: number !== undefined }, number);
}

/** The same of several, each on a line of its own: they are never one number. */
async function areNumbers(scene: Scene<Office>, words: string, lines: readonly string[]): Promise<boolean> {
  const isAll = words.trim().split(/\s*[\n\r]\s*/).length === lines.length;
  const areThey = isAll && lines.length <= MOST_NUMBERS && lines.every((line) => isFigure(line) || isAccount(line));
  return areThey && isMeant(scene, 'plain-words-numbers', { numbers: lines.map(shown).join(', ') });
}

/** `account`: as which it can be read, too. */
async function isMeant(
  { pick, goTo }: Scene<Office>,
  question: string,
  words: TextArgs,
  account?: AccountNumber,
): Promise<boolean> {
  const [reading, sum, staff] = NUMBER_MEANS;
  const options = account === undefined ? NUMBER_MEANS : [reading, sum, NUMBER_IS_ACCOUNT, staff];
  const meant = await pick(question, options, words, { places: false });
  if (meant === 'account' && account !== undefined) return goTo('paper-link', account);
  if (meant === 'reading') return goTo('readings');
  return meant === 'sum' && goTo('pay');
}

const NUMBER_MEANS: readonly [Option, Option, Option] = [
  { key: 'reading', label: { text: 'button-readings' }, spoken: 'spoken-number-is-reading' },
  { key: 'sum', label: { text: 'button-pay' }, spoken: 'spoken-number-is-sum' },
  { key: 'staff', label: { text: 'button-to-staff' }, spoken: 'spoken-number-is-for-staff' },
];

const NUMBER_IS_ACCOUNT: Option = {
  key: 'account',
  label: { text: 'button-account-of-number' },
  spoken: 'spoken-number-is-account',
};

/** Of those that were closed lately, so many may be meant. */
const MOST_LATELY = 3;
/** More are a list of something else. */
const MOST_NUMBERS = 10;
/** A number is shown in one line, however it was typed. */
const shown = (number: string): string => number.trim().replace(/\s+/g, '\u00a0');
/** Up to eight digits and a fraction. */
const NUMBER = /^\s*\d[\d\s]{0,10}(?:[.,]\d{1,3})?\s*(?:₽|руб\p{L}*\.?|р\.?|м3|м³|куб\p{L}*\.?|квт\S*)?\s*$/iu;
const ACCOUNT = /^\s*(?:\D{0,20}[\s:])?\d[\d\s\p{Pd}]{7,24}$/u;
/** As they are typed on any keyboard. */
const isFigure = (words: string): boolean => NUMBER.test(words.normalize('NFKC'));
const isAccount = (words: string): boolean => ACCOUNT.test(words.replaceAll('№', ' ').normalize('NFKC'));
/** Called so, it may be as short as an account is. */
const CALLED_ACCOUNT = /^\s*(?:мой\s+)?(?:л\s?[/.]?\s?[сc]\.?(?!\p{L})|лицев|сч[её]т(?!ч)|№)/iu;
