import { z } from 'zod';
import { formatPhone, Phone, parsePhone } from './phone.ts';
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

/**
 * A phone where many write the login: `phone-not-login`. The login is not taken instead: an SMS to a phone that was not named would let others find
 * out, by the caps of that phone, whose it is.
 */
export const PhoneNotLogin = z.string().transform((text, context): Phone => {
  const phone = Phone.safeParse(text);
  if (phone.success) return phone.data;
  const isLogin = /[A-Za-z]/.test(text) && Login.safeParse(text).success;
  const message = isLogin ? 'phone-not-login' : (phone.error.issues[0]?.message ?? 'phone');
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

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
