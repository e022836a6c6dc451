import type { Payee } from './payment-qr.ts';

/**
 * What of the requisites cannot be right; a slip of one digit pays a whole town's money into the void, or to somebody else. `digits`: the
 * check digits do not fit; `kind`: no such thing begins so; `bank`: it is not of the bank of this БИК.
 */
export type RequisiteFault =
  | 'inn digits'
  | 'account digits'
  | 'account kind'
  | 'bic kind'
  | 'corrAccount digits'
  | 'corrAccount kind'
  | 'corrAccount bank';

/**
 * What cannot be right in the requisites by their own check digits: ИНН (ФНС, приказ ММВ-7-6/435@), the keys of the account and of the
 * correspondent account (Банк России, № 515) and what ties both to the БИК. Accounts in the Treasury (БИК 01…) have keys of another kind
 * and are only looked at for their beginning.
 */
export function requisiteFaults({ inn, account, bic, corrAccount }: Payee): RequisiteFault[] {
  const faults: RequisiteFault[] = [];
  const find = (isWrong: boolean, fault: RequisiteFault) => {
    if (isWrong) faults.push(fault);
  };
  find(!isInn(inn), 'inn digits');
  if (bic.startsWith('01')) {
    find(!corrAccount.startsWith('40102'), 'corrAccount kind');
    find(!/^0[34]/.test(account), 'account kind');
    return faults;
  }
  find(!bic.startsWith('04'), 'bic kind');
  find(!corrAccount.startsWith('301'), 'corrAccount kind');
  find(corrAccount.slice(-3) !== bic.slice(-3), 'corrAccount bank');
  find(!hasKey(`0${bic.slice(4, 6)}${corrAccount}`), 'corrAccount digits');
  find(account.startsWith('301'), 'account kind');
  find(!hasKey(`${bic.slice(-3)}${account}`), 'account digits');
  return faults;
}

const INN_WEIGHTS = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

function isInn(inn: string): boolean {
  const digitAfter = (count: number) => {
    const weights = INN_WEIGHTS.slice(-count);
    const sum = weights.reduce((total, weight, index) => total + weight * Number(inn[index]), 0);
    return String((sum % 11) % 10);
  };
  if (inn.length === 10) return inn[9] === digitAfter(9);
  return inn[10] === digitAfter(10) && inn[11] === digitAfter(11);
}

/** Weights 7, 1, 3 over and over; the sum of the products' last digits ends with 0. */
function hasKey(digits: string): boolean {
  const sum = digits.split('').reduce((total, digit, index) => total + ((Number(digit) * ([7, 1, 3][index % 3] ?? 0)) % 10), 0);
  return sum % 10 === 0;
}
