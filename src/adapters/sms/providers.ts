import { exolve } from './exolve.ts';
import { gateway } from './gateway.ts';
import type { Http } from './http.ts';
import type { Common, Provider } from './provider.ts';
import { smsaero } from './smsaero.ts';
import { smsc } from './smsc.ts';
import { smsru } from './smsru.ts';

/** A provider as the settings name it, with what it needs. */
export type ProviderSettings =
  | { name: 'smsru'; apiId: string }
  | { name: 'smsc'; login: string; password: string }
  | { name: 'smsaero'; email: string; apiKey: string; sender: string }
  | { name: 'exolve'; token: string; sender: string }
  | { name: 'gateway'; token: string };

/** The providers of the settings, in their order. */
export function openProviders(list: readonly ProviderSettings[], common: Common, http: Http): Provider[] {
  return list.map((settings) => {
    switch (settings.name) {
      case 'smsru':
        return smsru({ ...common, ...settings }, http);
      case 'smsc':
        return smsc({ ...common, ...settings }, http);
      case 'smsaero':
        return smsaero({ ...common, ...settings }, http);
      case 'exolve':
        return exolve({ ...common, ...settings }, http);
      case 'gateway':
        break;
    }
    return gateway({ ...common, ...settings }, http);
  });
}
