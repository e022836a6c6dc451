/** Telegram's word for «a provider is set»; the sandbox's Bot API takes any. */
const PROVIDER_TOKEN = 'sandbox-provider';

/** Requisites with check digits in order, of a payee and a bank that there are none of. */
const PAYEE = {
  name: 'АО «Песочница» (получателя нет)',
  inn: '6154999993',
  account: '40702810600000000001',
  bank: 'Банк «Песочница» (такого банка нет)',
  bic: '046015999',
  corrAccount: '30101810300000000999',
};

type Payments = { paymentProviderToken: string | undefined; payee: { [Part in keyof typeof PAYEE]: string | undefined } };

/** Payment, documents and QR codes work in the sandbox with no settings; requisites that are set stand as they are. */
export function withSandboxPayments<Settings extends Payments>(settings: Settings): Settings {
  const { paymentProviderToken = PROVIDER_TOKEN, payee } = settings;
  return { ...settings, paymentProviderToken, payee: payee.account === undefined ? PAYEE : payee };
}
