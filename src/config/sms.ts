import type { z } from 'zod';
import { SMS_PROVIDERS, type SmsSettings } from '../adapters/sms/providers.ts';
import { list } from '../domain/setting-kinds.ts';
import type { Rule } from './rule.ts';

const NAMES = SMS_PROVIDERS.map(({ name }) => name);

export const SMS_PROVIDER = list(
  new RegExp(`^(${NAMES.join('|')})$`),
  `нужно одно или несколько из: ${NAMES.join(', ')}, через запятую, в том порядке, в каком их пробовать`,
  (item) => item,
);

/** The settings that are each one provider's own, by name. */
export const SMS_SETTINGS: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  SMS_PROVIDERS.flatMap(({ settings }) => Object.entries(settings)),
);

/** What the providers chosen lack. */
export function smsRules(chosen: readonly string[], texts: Readonly<Record<string, string>>): Rule[] {
  return providersOf(chosen).flatMap(({ name: provider, required }) =>
    required
      .filter((name) => texts[name] === undefined)
      .map((name) => ({ name, expected: `нужно вместе с SMS_PROVIDER=${provider}: возьмите в кабинете провайдера` })),
  );
}

/** Of other providers than the chosen ones nothing is handed on. */
export function readSms(
  chosen: readonly string[],
  texts: Readonly<Record<string, string>>,
  apiRoot: string | undefined,
): SmsSettings {
  const providers = providersOf(chosen);
  const names = new Set(providers.flatMap(({ reads }) => reads));
  return {
    providers: providers.map(({ name }) => name),
    apiRoot,
    given: Object.fromEntries(Object.entries(texts).filter(([name]) => names.has(name))),
  };
}

function providersOf(chosen: readonly string[]) {
  return [...new Set(chosen)].flatMap((wanted) => SMS_PROVIDERS.filter(({ name }) => name === wanted));
}
