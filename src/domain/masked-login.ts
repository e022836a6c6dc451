import { maskPhone } from './phone.ts';

/** `ivan_tag` → `iv•••g`: enough to say which of two logins it is. One that is the phone is masked as one. */
export function maskLogin(login: string): string {
  if (/^\+?\d{10,12}$/.test(login)) return maskPhone(login.replace(/^\+?[78]?(9\d{9})$/, '+7$1'));
  return login.length <= 4 ? `${login.slice(0, 1)}•••` : `${login.slice(0, 2)}•••${login.slice(-1)}`;
}
