import { newRequestRef, readUnsentRef } from '../../domain/door-refs.ts';
import type { Plain } from '../../office/idempotent.ts';
import type { DialogProgress } from '../kit/progress.ts';

/** What unsent words were written for, as the `ref` of «unsent-words» begins: the number of a request, or what was chosen for a new one. */
export function unsentFor({ dialog, ref, answers }: Pick<DialogProgress, 'dialog' | 'ref' | 'answers'>): string {
  if (dialog === 'unsent-words') return readUnsentRef(ref).writtenFor;
  if (dialog === 'add-to-request') return ref;
  return dialog === 'request' ? chosenIn(ref, answers) : '';
}

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
  return newRequestRef({ topic, link });
}

function fieldOf(answer: Plain, name: string): Plain {
  return typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, Plain>>)[name] : undefined;
}
