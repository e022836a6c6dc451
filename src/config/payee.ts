import { z } from 'zod';
import type { Payee } from '../domain/payment-qr.ts';
import { type Rule, text } from './kinds.ts';

export const PAYEE_SETTINGS = {
  PAYEE_NAME: text(/^.{1,160}$/, 'the name of the payee, at most 160 characters'),
  PAYEE_INN: text(/^(\d{10}|\d{12})$/, '10 or 12 digits'),
  PAYEE_ACCOUNT: text(/^\d{20}$/, '20 digits'),
  PAYEE_BANK: text(/^.{1,45}$/, 'the name of the bank, at most 45 characters'),
  PAYEE_BIC: text(/^\d{9}$/, '9 digits'),
  PAYEE_CORR_ACCOUNT: text(/^\d{20}$/, '20 digits'),
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
export function payeeRules(fields: Fields): Rule[] {
  const names = PAYEE.in.keyof().options;
  const missing = names.filter((name) => fields[name] === undefined);
  if (missing.length === names.length) return [];
  return missing.map((name) => ({ name, expected: 'required together with the other PAYEE_… settings' }));
}

export function readPayee(fields: Fields): Payee | undefined {
  return PAYEE.safeParse(fields).data;
}
