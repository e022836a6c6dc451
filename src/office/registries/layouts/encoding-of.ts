import { isUtf16, isUtf8 } from '../reading/encoding.ts';
import { ENCODINGS, type LayoutEncoding } from './layout.ts';

/**
 * In what a described file is written: what its layout says, or else what the bytes look like; where they are too few to tell, one of the two
 * that our own form takes. Where they are plainly another encoding than the layout says, which one.
 */
export function encodingOf(head: Buffer, said: LayoutEncoding | undefined): LayoutEncoding | { looks: string } {
  if (isUtf16(head))
    return said === 'utf-16le' && head[0] !== 0xfe ? said : { looks: head[0] === 0xfe ? 'utf-16be' : 'utf-16le' };
  const looks = looksLike(head);
  if (said === 'utf-16le') return { looks: looks ?? 'utf-8' };
  if (said === undefined) return looks ?? (isUtf8(head, true) ? 'utf-8' : 'windows-1251');
  return looks === undefined || looks === said ? said : { looks };
}

/** Undefined where the bytes say nothing: plain Latin, or too few Russian letters. */
function looksLike(head: Buffer): LayoutEncoding | undefined {
  if (head.every((byte) => byte < 0x80)) return undefined;
  if (isMostlyUtf8(head)) return 'utf-8';
  const scored = ONE_BYTE.map((encoding) => ({ encoding, score: scoreOf(head, encoding) })).toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  return best && best.score >= ENOUGH && best.score >= (next?.score ?? 0) * SURELY ? best.encoding : undefined;
}

const ONE_BYTE = ['windows-1251', 'cp866', 'koi8-r'] as const;
const ENOUGH = 8;
const SURELY = 1.3;

/** But for a spoilt byte here and there, which costs its row. Letters of one byte hardly ever make one of UTF-8. */
function isMostlyUtf8(head: Buffer): boolean {
  if (isUtf8(head, true)) return true;
  const text = new TextDecoder('utf-8').decode(head);
  const spoilt = text.split('\ufffd').length - 1;
  return (text.match(RUSSIAN)?.length ?? 0) >= ENOUGH + spoilt * MOST_OFTEN;
}

const RUSSIAN = /[а-яё]/giu;
const MOST_OFTEN = 10;

/** Half of the letters of any Russian text. In another encoding they are rare letters, frames, or of the other case within words. */
const FREQUENT = /[оеаинтсрвл]/giu;
const TURNED = /[а-яё][А-ЯЁ]/gu;
const FOREIGN = /[^\p{ASCII}\u0400-\u045f\u00a0«»№–—]/gu;

function scoreOf(head: Buffer, encoding: (typeof ONE_BYTE)[number]): number {
  const text = new TextDecoder(ENCODINGS[encoding]).decode(head);
  const many = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return many(FREQUENT) - 2 * many(TURNED) - many(FOREIGN);
}
