/** Loaded into each program before its own code (`node --import`): the run's clock, texts that are overheard, a wide pace. */
import { appendFileSync, openSync, readSync } from 'node:fs';
import { FluentBundle } from '@fluent/bundle';
import { TELEGRAM_PACE } from '../../../src/channels/telegram/limits.ts';

const { HOLD_CLOCK = '', HOLD_WORDS = '' } = process.env;

/** Eight bytes that the run writes: by how many milliseconds everybody's clock is ahead of the machine's. */
const clock = openSync(HOLD_CLOCK, 'r');
const bytes = Buffer.alloc(8);
function aheadMs(): number {
  readSync(clock, bytes, 0, 8, 0);
  return bytes.readDoubleLE();
}

const now = () => MachineDate.now() + aheadMs();
const MachineDate = globalThis.Date;
globalThis.Date = new Proxy(MachineDate, {
  construct: (target, given, as) => Reflect.construct(target, given.length > 0 ? given : [now()], as) as Date,
  get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
});

/** Which texts a pattern is the words of; short ones of the same words share it. */
const namesOf = new Map<unknown, Set<string>>();
const { getMessage, formatPattern } = FluentBundle.prototype;

FluentBundle.prototype.getMessage = function (name) {
  const message = getMessage.call(this, name);
  if (message?.value) namesOf.set(message.value, (namesOf.get(message.value) ?? new Set()).add(name));
  return message;
};

FluentBundle.prototype.formatPattern = function (pattern, words, errors) {
  const said = formatPattern.call(this, pattern, words, errors);
  appendFileSync(HOLD_WORDS, `${JSON.stringify({ names: [...(namesOf.get(pattern) ?? [])], said })}\n`);
  return said;
};

// At Telegram's own pace for a group a seed would take hours; the pace is measured by `npm run bench`.
Object.assign(TELEGRAM_PACE, { chatRestMs: 20, perGroupMinute: 1_000, threadsPerGroupMinute: 1_000 });
