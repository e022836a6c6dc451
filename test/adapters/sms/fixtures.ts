import { readdirSync } from 'node:fs';
import { builtFile } from '../../../src/build/places.js';
import type { Fixture } from './fixture.ts';

/** A file of `providers/` for each provider; its name is the provider's. */
export const FIXTURES: Readonly<Record<string, Fixture>> = Object.fromEntries(
  await Promise.all(
    readdirSync(new URL('providers', import.meta.url)).map(async (file) => {
      const { fixture } = (await import(builtFile(new URL(`providers/${file}`, import.meta.url)).href)) as { fixture: Fixture };
      return [file.replace(/\.ts$/, ''), fixture] as const;
    }),
  ),
);

export function fixtureOf(provider: string): Fixture {
  const fixture = FIXTURES[provider];
  if (!fixture) throw new Error(`${provider} has no test/adapters/sms/providers/${provider}.ts`);
  return fixture;
}
