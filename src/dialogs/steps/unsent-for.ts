import type { Plain } from '../../office/idempotent.ts';
import type { DialogProgress } from '../kit/progress.ts';

/**
 * What unsent words were written for, as the `ref` of «unsent-words» begins: the number of a request, or what was chosen for a new one, without `>`;
 * '' for a new one of which nothing was chosen.
 */
export function unsentFor({ dialog, ref, answers }: Pick<DialogProgress, 'dialog' | 'ref' | 'answers'>): string {
  if (dialog === 'unsent-words') return ref.split('>')[0] ?? '';
  if (dialog === 'add-to-request') return ref;
  return dialog === 'request' ? chosenIn(ref, answers) : '';
}

/** `topic`: its key, '' where it is to be guessed. `link`: null where it is about no account, undefined where that is to be guessed. */
export type UnsentFor = { number: string; topic: string; link: string | null | undefined };

export function readUnsentFor(beginning: string): UnsentFor {
  const [number = '', topic = '', link = ''] = beginning.split(':');
  return { number, topic, link: link === '' ? undefined : link === NO_ACCOUNT ? null : link };
}

/** The key of «Не о лицевом счёте» in the chapter «request». */
const NO_ACCOUNT = '*';

/** By the verbs of the chapter «request», which may have been opened for a topic: another one is picked at once, or behind «Другая тема». */
function chosenIn(ref: string, answers: readonly Plain[]): string {
  let topic = ref;
  let link = '';
  for (const [i, answer] of answers.entries()) {
    const picked = fieldOf(answer, 'picked');
    if (typeof picked === 'string' && picked !== '') topic = picked;
    const pressed = fieldOf(answer, 'pressed');
    const next = answers[i + 1];
    if (typeof next !== 'string') continue;
    if (pressed === 'other-topic') topic = next;
    if (pressed === 'which-account') link = next;
  }
  return topic === '' && link === '' ? '' : `:${topic}:${link}`;
}

function fieldOf(answer: Plain, name: string): Plain {
  return typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, Plain>>)[name] : undefined;
}
