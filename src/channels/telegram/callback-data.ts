import type { Choice, OpeningButton } from '../../dialogs/kit/keyboard.ts';
import { type DeskDoor, isChapterName, isDeskVerb } from '../../domain/doors.ts';
import { chatId, personId, readPersonId } from './ids.ts';
import { MOST_CALLBACK_BYTES } from './limits.ts';

/** The client's word, of any age: whose the reference is, and who presses, the office checks. */
export type CallbackData =
  | { kind: 'door'; dialog: OpeningButton['dialog']; ref: string; replaces: boolean }
  | ({ kind: 'desk' } & Required<DeskDoor>)
  | ({ kind: 'choice' } & Choice);

/** `d.<chapter>.<ref>`, or `t.…` where the chapter replaces the message. */
export function doorData({ dialog, ref = '', replaces }: OpeningButton): string {
  return fitting(`${replaces ? 't' : 'd'}.${dialog}.${ref}`);
}

/** `s.<verb>.<number>`, and `-<rest>` where the verb needs more; a person is written by the number. */
export function deskData({ verb, number, rest = '' }: DeskDoor): string {
  const short = readPersonId(rest) ?? rest;
  return fitting(`s.${verb}.${number}${short === '' ? '' : `-${short}`}`);
}

/** `q.<run>.<step>.<choice>` */
export function choiceData({ run, step, choice }: Choice): string {
  return fitting(`q.${run}.${step}.${choice}`);
}

/** Of whatever a button means. */
export function buttonData(means: Choice | OpeningButton | DeskDoor): string {
  if ('verb' in means) return deskData(means);
  return 'dialog' in means ? doorData(means) : choiceData(means);
}

/** Undefined for what none of our buttons carries. */
export function readCallbackData(data: string): CallbackData | undefined {
  if (Buffer.byteLength(data) > MOST_CALLBACK_BYTES) return undefined;
  const [, door, dialog, ref = ''] = /^([dt])\.([a-z-]+)\.(.*)$/s.exec(data) ?? [];
  if (isChapterName(dialog)) return { kind: 'door', dialog, ref, replaces: door === 't' };
  const [, verb, about, rest = ''] = /^s\.([a-z-]+)\.(\d{1,15})(?:-(.*))?$/s.exec(data) ?? [];
  if (isDeskVerb(verb)) return { kind: 'desk', verb, number: Number(about), rest: verb === 'to' ? personOf(rest) : rest };
  const [, run, step, choice = ''] = /^q\.([\w-]+)\.(\d{1,6})\.(.*)$/s.exec(data) ?? [];
  if (run !== undefined) return { kind: 'choice', run, step: Number(step), choice };
  return undefined;
}

/** Of a number; what is none stays as it is. */
function personOf(digits: string): string {
  const person = readPersonId(chatId(Number(digits)));
  return person === undefined ? digits : personId(person);
}

/** Telegram would refuse the whole message for one such button. */
function fitting(data: string): string {
  if (Buffer.byteLength(data) > MOST_CALLBACK_BYTES)
    throw new RangeError(`A button carries at most ${MOST_CALLBACK_BYTES} bytes; this one begins with ${data.slice(0, 12)}`);
  return data;
}
