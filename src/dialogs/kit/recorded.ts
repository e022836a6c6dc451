import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Plain } from '../../office/idempotent.ts';
import type { Recorded } from './scene.ts';

type Verb = (caller: StaffCaller, ...args: unknown[]) => Promise<Plain>;

/**
 * The office as a dialog calls it. `perform` decides what becomes of a call (done and remembered, or its answer of old given again) and
 * knows the operation that makes a repetition harmless; `call` is what was called, as in `links.end`.
 */
export function recorded<Office extends object>(
  office: Office,
  perform: (work: (caller: StaffCaller) => Promise<Plain>, call: string) => Promise<Plain>,
): Recorded<Office> {
  const subjects = new Proxy(office, {
    get(target, subject) {
      return new Proxy(Reflect.get(target, subject) as object, {
        get(verbs, verb) {
          const work = Reflect.get(verbs, verb) as Verb;
          return (...args: unknown[]) => perform((caller) => work(caller, ...args), `${String(subject)}.${String(verb)}`);
        },
      });
    },
  });
  return subjects as Recorded<Office>;
}
