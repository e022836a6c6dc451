import type { Http } from './http.ts';
import type { Provider, SmsProvider } from './provider.ts';
import { exolve } from './providers/exolve.ts';
import { gateway } from './providers/gateway.ts';
import { smsaero } from './providers/smsaero.ts';
import { smsc } from './providers/smsc.ts';
import { smsru } from './providers/smsru.ts';

/** Every provider that there is, in the order in which people read of them: where a new one is named, beside its own file. */
export const SMS_PROVIDERS: readonly SmsProvider[] = [smsru, smsc, smsaero, exolve, gateway];

/** What the settings say of sending codes. */
export type SmsSettings = {
  /** Names, in the order in which they are to be tried. */
  providers: readonly string[];
  apiRoot: string | undefined;
  /** The settings of all of them, as text. */
  given: Readonly<Record<string, string>>;
};

/** Whether a code may come into a chat, and not as an SMS, by one of the providers of the settings. */
export function mayComeIntoChat({ providers }: Pick<SmsSettings, 'providers'>): boolean {
  return SMS_PROVIDERS.some(({ name, intoChat }) => intoChat && providers.includes(name));
}

/** The providers of the settings, in their order. */
export function openProviders({ providers, apiRoot, given }: SmsSettings, http: Http): Provider[] {
  return providers.map((wanted) => {
    const provider = SMS_PROVIDERS.find(({ name }) => name === wanted);
    if (!provider) throw new Error(`SMS_PROVIDER: there is no ${wanted}`);
    return provider.open(given, http, apiRoot);
  });
}
