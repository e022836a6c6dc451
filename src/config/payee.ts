import { z } from 'zod';
import type { Payee } from '../domain/payment-qr.ts';
import { type Rule, text } from './kinds.ts';

export const PAYEE_SETTINGS = {
  PAYEE_NAME: text(/^.{1,160}$/, 'нужно название получателя, не больше 160 знаков'),
  PAYEE_INN: text(/^(\d{10}|\d{12})$/, 'нужно 10 или 12 цифр'),
  PAYEE_ACCOUNT: text(/^\d{20}$/, 'нужно 20 цифр'),
  PAYEE_BANK: text(/^.{1,45}$/, 'нужно название банка, не больше 45 знаков'),
  PAYEE_BIC: text(/^\d{9}$/, 'нужно 9 цифр'),
  PAYEE_CORR_ACCOUNT: text(/^\d{20}$/, 'нужно 20 цифр'),
};

type Fields = { [Name in keyof typeof PAYEE_SETTINGS]?: string };

const PAYEE = z.object(PAYEE_SETTINGS).transform(
  (fields): Payee => ({
    name: fields.PAYEE_NAME,
    inn: fields.PAYEE_INN,
    account: fields.PAYEE_ACCOUNT,
    bank: fields.PAYEE_BANK,
    bic: fields.PAYEE_BIC,
    corrAccount: fields.PAYEE_CORR_ACCOUNT,
  }),
);

/** Half of the requisites is a slip: a payment could not be made with them. */
export function payeeRules(isGiven: (name: keyof Fields) => boolean): Rule[] {
  const names = PAYEE.in.keyof().options;
  const missing = names.filter((name) => !isGiven(name));
  if (missing.length === names.length) return [];
  return missing.map((name) => ({ name, expected: 'нужно вместе с остальными PAYEE_…: задайте все шесть или ни одного' }));
}

export function readPayee(fields: Fields): Payee | undefined {
  return PAYEE.safeParse(fields).data;
}
