import { expect, test } from 'vitest';
import { nameOfError, whyAway } from '../../src/runtime/name-of-error.ts';
import { openPulse } from '../../src/adapters/pulse.ts';

const coded = (code: unknown) => Object.assign(new Error('of +79123456789'), { code });
const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test('a log says the name and the code, and no words', () => {
  expect(nameOfError(coded('25006'))).toBe('Error 25006');
  expect(nameOfError(reply("OOM command not allowed when used memory > 'maxmemory'."))).toBe('ReplyError OOM');
  expect(nameOfError(coded('of +79123456789'))).toBe('Error');
  expect(nameOfError(coded(undefined))).toBe('Error');
  expect(nameOfError('of +79123456789')).toBe('unknown');
});

test('why a neighbour is away is the code of what was behind it', () => {
  expect(whyAway(new Error('x', { cause: coded('53100') }))).toBe('53100');
  expect(whyAway(new AggregateError([coded('ECONNREFUSED')]))).toBe('ECONNREFUSED');
  expect(whyAway(new Error('x', { cause: reply('MISCONF Redis is configured to save RDB snapshots') }))).toBe('MISCONF');
  expect(whyAway(new Error('of +79123456789'))).toBe('no answer');
  expect(whyAway(undefined)).toBe('no answer');
});

test('a pulse counts whole seconds since the last step', () => {
  let now = 5_000;
  const pulse = openPulse(() => now);
  now = 7_900;
  expect(pulse.ageSeconds()).toBe(2);
  pulse.beat();
  expect(pulse.ageSeconds()).toBe(0);
});
