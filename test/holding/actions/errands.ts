import { linksByPassword, linksBySum, looksAtDebt, staffIssuePasswords, unlinks } from './accounts.ts';
import type { Errand } from './errand.ts';
import { registers, signsIn, signsOut } from './identity.ts';
import { asksToPay, asksToPayAsGuest, moneyComesBack, moneyGoes, moneySaidAgain, paymentsGoOut, pays } from './payments.ts';
import { disowns, staffDecide } from './disowned.ts';
import { handsIn, handsInAsGuest } from './readings.ts';
import {
  accountCloses,
  accountOpens,
  chargesCome,
  importIsUndone,
  meterComes,
  ownerComes,
  paymentsCome,
  readingsAreAnswered,
  readingsGoOut,
} from './registries.ts';
import { adds, asks, edits, rates, reopens, staffAnswer, staffClose, staffEdit, staffHear, staffSilence } from './requests.ts';
import { switchesNews } from './news.ts';
import { guessesToTheBrim, looksUpNumbers, triesWhatProvesNothing } from './guessing.ts';
import { twoTakeAccess, twoUsePassword } from './races.ts';
import { endsAccess, givesAccess, takesAccess } from './relatives.ts';
import { announces, staffCredit, staffTakes, staffWrite } from './staff.ts';
import { changesPassword, changesPhone, endsSession, recovers, withdraws } from './settings.ts';
import { comesAgain, waits } from './time.ts';

/** All that people of a run do, by the name under which it is kept. */
export const ERRANDS: Readonly<Record<string, Errand<unknown>>> = {
  registers,
  signsIn,
  signsOut,
  recovers,
  changesPassword,
  changesPhone,
  endsSession,
  withdraws,
  switchesNews,
  linksBySum,
  linksByPassword,
  guessesToTheBrim,
  looksUpNumbers,
  triesWhatProvesNothing,
  givesAccess,
  takesAccess,
  twoTakeAccess,
  twoUsePassword,
  endsAccess,
  staffIssuePasswords,
  unlinks,
  looksAtDebt,
  asksToPay,
  asksToPayAsGuest,
  pays,
  moneyGoes,
  moneySaidAgain,
  moneyComesBack,
  paymentsGoOut,
  paymentsCome,
  chargesCome,
  ownerComes,
  meterComes,
  readingsGoOut,
  readingsAreAnswered,
  importIsUndone,
  accountOpens,
  accountCloses,
  handsIn,
  handsInAsGuest,
  disowns,
  staffDecide,
  asks,
  adds,
  edits,
  rates,
  reopens,
  staffTakes,
  announces,
  staffCredit,
  staffWrite,
  staffAnswer,
  staffEdit,
  staffClose,
  staffSilence,
  staffHear,
  waits,
  comesAgain,
};
