import { COMMON_PASSWORDS } from './common-passwords.ts';
import { parsePhone } from './phone.ts';

const PASSWORD_MAX_LENGTH = 128;
/** A password from this length on is accepted without advice. */
const PASSWORD_ADVISED_LENGTH = 8;

export type PasswordProblem =
  | 'password-characters'
  | 'password-short'
  | 'password-long'
  | 'password-common'
  | 'password-is-login'
  | 'password-is-phone';

/**
 * Whether a new password will do (point 3: the alphabet of the login): not the login or the phone in any of its forms, not one of those
 * that everybody tries first. `advice` asks the bot to recommend a longer one.
 */
export function judgePassword(
  password: string,
  { login, phone, minLength }: { login: string; phone: string; minLength: number },
): { fit: true; advice: boolean } | { fit: false; problem: PasswordProblem } {
  const no = (problem: PasswordProblem) => ({ fit: false, problem }) as const;
  // A phone is told as such, though its `+` and brackets are not of the alphabet.
  if (parsePhone(password.replaceAll('_', '')) === phone) return no('password-is-phone');
  if (!/^[A-Za-z0-9_-]*$/.test(password)) return no('password-characters');
  if (password.length < minLength) return no('password-short');
  if (password.length > PASSWORD_MAX_LENGTH) return no('password-long');
  if (password.toLowerCase() === login.toLowerCase()) return no('password-is-login');
  if (isCommon(password.toLowerCase())) return no('password-common');
  return { fit: true, advice: password.length < PASSWORD_ADVISED_LENGTH };
}

function isCommon(password: string): boolean {
  return COMMON_PASSWORDS.has(password) || isRun(password);
}

/** `aaaa`, `3456`, `fedcba`: each sign is the one before it, or its neighbour in one direction. */
function isRun(password: string): boolean {
  const steps = Array.from(password.slice(1), (sign, i) => sign.charCodeAt(0) - password.charCodeAt(i));
  return [0, 1, -1].some((step) => steps.every((each) => each === step));
}
