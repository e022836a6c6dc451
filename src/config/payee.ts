import { z } from 'zod';
import { type Payee, type PayeeFault, whyNotInQr } from '../domain/payment-qr.ts';
import { singleLine, text } from '../domain/setting-kinds.ts';
import type { Rule } from './rule.ts';

export const PAYEE_SETTINGS = {
  PAYEE_NAME: singleLine(160, 'нужно название получателя одной строкой, не больше 160 знаков, без табуляции'),
  PAYEE_INN: text(/^(\d{10}|\d{12})$/, 'нужно 10 или 12 цифр'),
  PAYEE_ACCOUNT: text(/^\d{20}$/, 'нужно 20 цифр'),
  PAYEE_BANK: singleLine(45, 'нужно название банка одной строкой, не больше 45 знаков, без табуляции'),
  PAYEE_BIC: text(/^\d{9}$/, 'нужно 9 цифр'),
  PAYEE_CORR_ACCOUNT: text(/^\d{20}$/, 'нужно 20 цифр'),
};

const NOT_IN_QR: Readonly<Record<PayeeFault, string>> = {
  separators: 'в QR-коде нужен хотя бы один из знаков | ~ ^ # \\ _, которого нет ни в PAYEE_NAME, ни в PAYEE_BANK',
  'too long in UTF-8':
    'вместе с другим названием (PAYEE_NAME и PAYEE_BANK) не помещается в QR-код: нужно короче или без знаков, которых нет в windows-1251 (например, − ‑ é)',
};

type PayeeFields = { [Name in keyof typeof PAYEE_SETTINGS]?: string };

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

/** Half of the requisites is a slip, and so are names that no QR code holds: a payment could not be made with them. */
export function payeeRules(fields: PayeeFields, isGiven: (name: keyof PayeeFields) => boolean): Rule[] {
  const names = PAYEE.in.keyof().options;
  const missing = names.filter((name) => !isGiven(name));
  if (missing.length === names.length) return [];
  const payee = readPayee(fields);
  const inQr = payee && whyNotInQr(payee);
  if (inQr) return [{ name: inQr.of === 'name' ? 'PAYEE_NAME' : 'PAYEE_BANK', expected: NOT_IN_QR[inQr.fault] }];
  return missing.map((name) => ({ name, expected: 'нужно вместе с остальными PAYEE_…: задайте все шесть или ни одного' }));
}

export function readPayee(fields: PayeeFields): Payee | undefined {
  return PAYEE.safeParse(fields).data;
}
