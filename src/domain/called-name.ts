import { seenOf } from './unseen.ts';

const LONGEST = 40;

/** The part of a name in the messenger by which a person is addressed; '' where nothing of it is seen. */
export function calledName(name: string): string {
  const [first = ''] = seenOf(name).split(' ');
  return Array.from(first).slice(0, LONGEST).join('');
}
