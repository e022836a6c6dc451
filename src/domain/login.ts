import { z } from 'zod';
import { formatPhone, type Phone, parsePhone } from './phone.ts';
import { trimTyped } from './typed.ts';

/**
 * Latin letters, digits, `_` and `-`, 3 to 32 characters (point 3 of the instruction). Errors: `login-characters`, `login-short`, `login-long`.
 * A login that looks like a phone is written as the phone is shown, `89123456789`, so that no two forms of it are two logins.
 */
export const Login = z
  .string()
  .transform(plain)
  .pipe(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/, { error: 'login-characters', abort: true })
      .min(3, 'login-short')
      .max(32, 'login-long')
      .brand<'Login'>(),
  );
export type Login = z.output<typeof Login>;

/** What the sign-in asks for, login or phone, in the one form that each has; whatever can be neither is `login-or-phone`. */
export const LoginOrPhone = z
  .string()
  .transform(plain)
  .pipe(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{3,32}$/, 'login-or-phone')
      .brand<'LoginOrPhone'>(),
  );
export type LoginOrPhone = z.output<typeof LoginOrPhone>;

/** The phone that a login looks like: such a login may only be that phone's owner's. */
export function phoneOfLogin(login: string): Phone | undefined {
  return parsePhone(login.replaceAll('_', ''));
}

export function loginOfPhone(phone: string): Login {
  return formatPhone(phone) as Login;
}

/** Without what a keyboard adds at the ends; a phone in its one form. */
function plain(text: string): string {
  const phone = phoneOfLogin(text);
  return phone ? loginOfPhone(phone) : trimTyped(text);
}
