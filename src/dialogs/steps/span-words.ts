import type { TextArgs } from '../kit/scene.ts';

/** The words of the text `details-span`: one month, or from one to another. */
export function spanWords(from: string, to: string): TextArgs {
  return { span: from === to ? 'month' : 'months', from, to };
}
