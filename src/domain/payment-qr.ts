import type { Kopecks } from './money.ts';
import type { Period } from './period.ts';

/** Whom residents pay: the operator's settings `PAYEE_…`, all of them given. */
export type Payee = {
  /** 1 to 160 characters. */
  name: string;
  /** 10 or 12 digits. */
  inn: string;
  /** 20 digits. */
  account: string;
  /** The bank's name, 1 to 45 characters. */
  bank: string;
  /** 9 digits. */
  bic: string;
  /** 20 digits. */
  corrAccount: string;
};

/** A payment that a bank's app can be asked for. */
export type BankPaymentOrder = {
  payee: Payee;
  /** The payer's personal account. */
  accountNumber: string;
  period: Period;
  /** Above 0; null where the payer types the sum. */
  sumKopecks: Kopecks | null;
};

/** What a QR code holds: the text, and the encoding in which its bytes have to be written. */
export type PaymentQr = { text: string; encoding: 'utf-8' | 'windows-1251' };

/** GOST R 56042-2014: what may stand between the fields, in the order of preference. */
const SEPARATORS = ['|', '~', '^', '#', '\\', '_'];
const MOST_MANDATORY_BYTES = 300;
/** One byte for a character, of those that it has: all that its bytes stand for, but for control signs. */
const IN_WINDOWS_1251 = new Set(
  new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)).replace(/\p{Cc}/gu, ''),
);
/** «Оплата ЖКУ». */
const TECH_CODE = '02';

/**
 * The payment as GOST R 56042-2014 writes it, for bank apps to read: `ST00012|Name=…|PersonalAcc=…|…`. In UTF-8; in windows-1251 (`ST00011`)
 * where the mandatory fields would outgrow 300 bytes otherwise. The penalty is a part of `Sum`: there is no `AddAmount`.
 * @throws {RangeError} naming the field that the standard does not allow, never its value.
 */
export function writePaymentQr(order: BankPaymentOrder): PaymentQr {
  const { payee, accountNumber, period, sumKopecks } = order;
  checkPayee(payee);
  if (!/^\d{5,20}$/.test(accountNumber)) throw new RangeError('PersAcc: 5 to 20 digits are expected');
  if (sumKopecks !== null && !(Number.isSafeInteger(sumKopecks) && sumKopecks > 0))
    throw new RangeError('Sum: whole kopecks above 0 are expected');

  const mandatory = mandatoryOf(payee);
  const fields = [
    ...mandatory,
    ['PayeeINN', payee.inn],
    ...(sumKopecks === null ? [] : [['Sum', String(sumKopecks)] as const]),
    ['PersAcc', accountNumber],
    ['PaymPeriod', period.slice(5) + period.slice(0, 4)],
    ['TechCode', TECH_CODE],
  ] as const;
  const separator = SEPARATORS.find((mark) => !fields.some(([, value]) => value.includes(mark)));
  if (separator === undefined)
    throw new RangeError('Name, BankName: every character that could separate the fields stands in them');

  const written = mandatory.map(([key, value]) => `${key}=${value}`).join(separator);
  const encoding = encodingOf(written);
  if (encoding === undefined) throw new RangeError('Name, BankName: together too long for a QR code');
  const head = encoding === 'utf-8' ? 'ST00012' : 'ST00011';
  return { text: [head, ...fields.map(([key, value]) => `${key}=${value}`)].join(separator), encoding };
}

/** Why no payment can be written for a payee, whoever pays; each of its fields is as its type says. */
export type PayeeFault = 'separators' | 'too long in UTF-8';

/**
 * What of a payee's names does not go into a QR code: every character that could separate the fields stands in them; or they have one that
 * windows-1251 does not know, and in UTF-8 are too long together. Undefined where `writePaymentQr` will not refuse this payee.
 */
export function whyNotInQr(payee: Payee): { fault: PayeeFault; of: 'name' | 'bank' } | undefined {
  const { name, bank } = payee;
  const partsNothing = (text: string) => SEPARATORS.every((mark) => text.includes(mark));
  if (partsNothing(name + bank)) return { fault: 'separators', of: partsNothing(bank) ? 'bank' : 'name' };
  const written = mandatoryOf(payee)
    .map(([key, value]) => `${key}=${value}`)
    .join('|');
  if (encodingOf(written) !== undefined) return undefined;
  return { fault: 'too long in UTF-8', of: isInWindows1251(name) ? 'bank' : 'name' };
}

const mandatoryOf = ({ name, account, bank, bic, corrAccount }: Payee) =>
  [
    ['Name', name],
    ['PersonalAcc', account],
    ['BankName', bank],
    ['BIC', bic],
    ['CorrespAcc', corrAccount],
  ] as const;

/** In which the mandatory fields have room; undefined: in none. */
function encodingOf(mandatory: string): PaymentQr['encoding'] | undefined {
  if (new TextEncoder().encode(mandatory).length <= MOST_MANDATORY_BYTES) return 'utf-8';
  return mandatory.length <= MOST_MANDATORY_BYTES && isInWindows1251(mandatory) ? 'windows-1251' : undefined;
}

const isInWindows1251 = (text: string): boolean => Array.from(text).every((character) => IN_WINDOWS_1251.has(character));

function checkPayee({ name, account, bank, bic, corrAccount, inn }: Payee): void {
  const rules: readonly [field: string, fits: boolean, expected: string][] = [
    ['Name', isLine(name, 160), '1 to 160 characters on one line'],
    ['PersonalAcc', /^\d{20}$/.test(account), '20 digits'],
    ['BankName', isLine(bank, 45), '1 to 45 characters on one line'],
    ['BIC', /^\d{9}$/.test(bic), '9 digits'],
    ['CorrespAcc', /^\d{20}$/.test(corrAccount), '20 digits'],
    ['PayeeINN', /^(\d{10}|\d{12})$/.test(inn), '10 or 12 digits'],
  ];
  for (const [field, fits, expected] of rules) if (!fits) throw new RangeError(`${field}: ${expected} are expected`);
}

function isLine(text: string, most: number): boolean {
  return text.trim() !== '' && text.length <= most && !/\p{Cc}/u.test(text);
}
