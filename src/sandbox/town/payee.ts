import type { Payee } from '../../domain/payment-qr.ts';

/** Whom the made-up town pays. Neither the bank nor the accounts exist; their check digits are right. */
export const TOWN_PAYEE: Payee = {
  name: 'АО ВЦ «Инкомус» (учебный)',
  inn: '6154999016',
  account: '40702810300100000017',
  bank: 'Банк «Причал», г. Приморск-на-Миусе',
  bic: '046099701',
  corrAccount: '30101810200000000701',
};

/** Telegram's word for «a provider is set»; the sandbox's Bot API takes any. */
export const TOWN_PROVIDER_TOKEN = 'sandbox-provider';
