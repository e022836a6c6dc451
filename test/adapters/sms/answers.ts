import type { SmsErrorReason, ProviderAnswer } from '../../../src/adapters/sms/provider.ts';

/** A failure without `detail` is told of in whatever words. */
export type Expected =
  | Exclude<ProviderAnswer, { verdict: 'failed' }>
  | { verdict: 'failed'; reason: SmsErrorReason; detail?: string; mayArrive?: true };

export const taken = (reference?: string): Expected => ({ verdict: 'sent', ...(reference !== undefined && { reference }) });
export const badNumber: Expected = { verdict: 'bad-number' };
export const notHere: Expected = { verdict: 'not-here' };
export const failed = (reason: SmsErrorReason, detail?: string): Expected => ({
  verdict: 'failed',
  reason,
  ...(detail !== undefined && { detail }),
});

export const codeIn = (text: string | null) => /\d{6}/.exec(text ?? '')?.[0] ?? '';
