import { cutTo } from '../../domain/cut.ts';
import { formatMoney } from '../../domain/money.ts';
import { plainSpaces } from '../../domain/unbroken.ts';
import type { BankPaymentOrder, Payee } from '../../domain/payment-qr.ts';
import type { Office } from '../../office/office.ts';
import type { AddressButton, CopyButton, Door, Scene, TextArgs } from '../kit/scene.ts';
import { accountWords } from './account-words.ts';
import { OTHER_ACCOUNT } from '../../domain/door-refs.ts';
import { sayGuestAccountGone } from './guest-account.ts';
import { ownLabels } from './own-labels.ts';
import { otherSumRef, type OwnLine } from './pay-what.ts';
import { turnAway } from './turn-away.ts';

/** Why not by card: it was chosen so, or the card takes no such sum (`limit`, kopecks) or none at all. */
export type WhyQr = { why: 'chosen' | 'small' | 'large' | 'none'; limit: number };

/** So many pictures at once; of more accounts a button each. */
const MOST_PICTURES = 4;

/** The QR codes of sums for accounts of the resident, a picture each: a code is of one account. */
export async function handPaymentQrs(scene: Scene<Office>, lines: readonly OwnLine[], why: WhyQr): Promise<void> {
  if (lines.length > MOST_PICTURES) return scene.say('pay-qr-which', why, await qrDoors(scene, lines));
  for (const line of lines) await handPaymentQr(scene, line, why);
}

/** A button for the QR code of each account, called as the resident knows it. */
export async function qrDoors(scene: Scene<Office>, lines: readonly OwnLine[]): Promise<Door[]> {
  const labels = await ownLabels(scene);
  return lines.map(({ account, link }) => ({
    label: 'button-qr-of',
    words: { label: labels.get(link) ?? account },
    dialog: 'pay-qr',
    ref: link,
  }));
}

async function handPaymentQr(scene: Scene<Office>, { link, account, sumKopecks }: OwnLine, why: WhyQr): Promise<void> {
  const { say, hand, office } = scene;
  const asked = await office.payments.paymentQr(link, sumKopecks);
  const bill: Door = { label: 'button-bill', dialog: 'bill', ref: link };
  const other: Door[] = ['small', 'large'].includes(why.why)
    ? [{ label: 'button-other-sum', dialog: 'pay', ref: otherSumRef(link) }]
    : [];
  switch (asked.outcome) {
    case 'ordered': {
      const words = { ...accountWords(asked.account), sum: sumKopecks, ...why };
      return hand({ kind: 'payment-qr', data: asked.order }, 'pay-qr', words, [
        ...sbpRow(asked.sbp),
        ...copyRows(asked.order),
        [bill, ...other],
      ]);
    }
    case 'no-payee':
      return say('pay-no-payee', { account, sum: sumKopecks, ...why }, [
        [bill, ...other],
        { label: 'button-contacts', dialog: 'contacts' },
      ]);
    case 'gone':
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, asked.outcome);
  }
}

/** What a guest pays. */
export type GuestPayment = { guestAccount: string; account: string; sumKopecks: number };

/** The QR code of the sum that a guest typed. */
export async function handGuestQr(scene: Scene<Office>, payment: GuestPayment, why: WhyQr): Promise<void> {
  const { say, hand, office } = scene;
  const { guestAccount, account, sumKopecks } = payment;
  const words = { ...accountWords({ account, name: null, closed: false }), sum: sumKopecks, ...why };
  const asked = await office.guestPayments.paymentQr(guestAccount, sumKopecks);
  switch (asked.outcome) {
    case 'ordered':
      return hand({ kind: 'payment-qr', data: asked.order }, 'pay-qr', words, [
        ...sbpRow(asked.sbp),
        ...copyRows(asked.order),
        { label: 'button-account-by-number', dialog: 'pay', ref: OTHER_ACCOUNT },
      ]);
    case 'no-payee':
      return say('pay-no-payee', words, [{ label: 'button-contacts', dialog: 'contacts' }]);
    case 'gone':
      return sayGuestAccountGone(scene, 'pay');
  }
}

/** For who pays with the phone that shows the code: the bank's app at once, where the centre has such an address. */
function sbpRow(address: string | null): readonly AddressButton[] {
  return address === null ? [] : [{ label: 'button-pay-sbp', address }];
}

/** For who fills in a payment by hand: the account's number, the sum, the requisites. */
export function copyRows({ accountNumber, sumKopecks, payee }: BankPaymentOrder): readonly (readonly CopyButton[])[] {
  const account: CopyButton = {
    label: 'button-copy-account',
    copies: { text: 'copied-words', words: { words: accountNumber } },
  };
  const sum: CopyButton[] =
    sumKopecks === null
      ? []
      : [{ label: 'button-copy-sum', copies: { text: 'copied-words', words: { words: bareSum(sumKopecks) } } }];
  const requisites: CopyButton = {
    label: 'button-copy-requisites',
    copies: { text: 'copied-requisites', words: { ...requisiteWords(payee), number: accountNumber } },
  };
  return [[account, ...sum], [requisites]];
}

/** `2725,67`, as a field for sums takes it. */
const bareSum = (sumKopecks: number): string => plainSpaces(formatMoney(sumKopecks)).replace(/[ ₽]/g, '');

/** A name that is very long is left out: all else must fit what a button copies, and an app knows the bank by its БИК. */
const LONGEST_NAME = 70;

function requisiteWords({ name, inn, account, bank, bic, corrAccount }: Payee): TextArgs {
  return { name: cutTo(name, LONGEST_NAME), inn, payeeAccount: account, bank: cutTo(bank, 40), bic, corrAccount };
}
