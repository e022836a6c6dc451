import { z } from 'zod';
import { bare } from './typed.ts';

const INVALID = 'phone';
const NOT_MOBILE = 'phone-not-mobile';

/**
 * A Russian mobile number as `+79123456789`, read from what people type: `89123456789`, `+7 (912) 345-67-89`, `912 345 67 89`.
 * Other numbers get no SMS: `phone-not-mobile`; what is no number at all: `phone`.
 */
export const Phone = z
  .string()
  .transform((text, context) => {
    const phone = readPhone(text);
    if (phone.outcome === 'mobile') return phone.phone;
    context.addIssue({ code: 'custom', message: phone.outcome === 'not-mobile' ? NOT_MOBILE : INVALID });
    return z.NEVER;
  })
  .pipe(z.string().brand<'Phone'>());
export type Phone = z.output<typeof Phone>;

/** Undefined when the text is no Russian mobile number. */
export function parsePhone(text: string): Phone | undefined {
  const result = Phone.safeParse(text);
  return result.success ? result.data : undefined;
}

/** `89123456789`, the form that the instruction shows. */
export function formatPhone(phone: string): string {
  return phone.replace(/^\+7/, '8');
}

/** `8912•••••89`: enough for its owner, too little for anybody else. */
export function maskPhone(phone: string): string {
  return formatPhone(phone).replace(/^(\d{4})\d{5}(\d{2})$/, '$1•••••$2');
}

/** What numbers alike but for the last three digits have in common. */
export function phonePrefix(phone: string): string {
  return phone.slice(0, -3);
}

function readPhone(text: string): { outcome: 'mobile'; phone: string } | { outcome: 'not-mobile' | 'none' } {
  const digits = bare(text).replace(/[().\p{Pd}−]/gu, '');
  if (!/^\+?\d{5,15}$/.test(digits)) return { outcome: 'none' };
  const national = /^(?:\+7|8|7)?(9\d{9})$/.exec(digits);
  if (national) return { outcome: 'mobile', phone: `+7${national[1]}` };
  // A mobile number with a digit too many or too few is a slip; ten digits or more are else a number somewhere.
  const elsewhere = digits.replace('+', '').length >= 10 && !/^(?:\+7|8|7)9/.test(digits);
  return { outcome: elsewhere ? 'not-mobile' : 'none' };
}
