import { maskPhone } from './phone.ts';

/** `ivan_tag` → `iv•••g`: enough to say which of two logins it is. One that is the phone is masked as one. */
export function maskLogin(login: string): string {
  if (isPhone(login)) return shownLogin(login);
  return login.length <= 4 ? `${login.slice(0, 1)}•••` : `${login.slice(0, 2)}•••${login.slice(-1)}`;
}

/** A login as its owner sees it: whole, but where it is the phone, which is shown masked beside it. */
export function shownLogin(login: string): string {
  return isPhone(login) ? maskPhone(login.replace(/^\+?[78]?(9\d{9})$/, '+7$1')) : login;
}

const isPhone = (login: string): boolean => /^\+?\d{10,12}$/.test(login);
