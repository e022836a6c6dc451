import type { Expected } from './answers.ts';

/** What is known of a provider from its own documentation: all that its test needs (`providers.test.ts` is the contract). */
export type Fixture = {
  /** Good ones, as text; all that is required, and nothing else. */
  settings: Readonly<Record<string, string>>;
  /** A value of each setting of its own that is no good one; a setting that takes any text is not here. */
  badSettings: Readonly<Record<string, string>>;
  /** What is asked for `MESSAGE`, once for each way in which the settings change it. */
  asked: readonly {
    with?: Readonly<Record<string, string>>;
    path: string;
    authorization?: string;
    /** The fields of the body. */
    form?: Readonly<Record<string, string>>;
    json?: Readonly<Record<string, unknown>>;
  }[];
  /** HTTP status, body, and what that means. */
  answered: readonly (readonly [status: number, body: object, verdict: Expected])[];
  /** Where it tells what is left: what it is asked, the answer of an account with 123.45 roubles, and one to a wrong key. */
  balance?: { path: string; form?: Readonly<Record<string, string>>; json?: object; answer: object; refusal: object };
  /** As the provider would: whom and what a request is about, and the answer that it was taken. */
  take: (body: string) => { phone: string; code: string; answer: object };
};

export const MESSAGE = { phone: '+79123456789', code: '012345', text: 'Код 012345. Никому', ttlSeconds: 600 };
