import { findListenError } from '../../adapters/http/listening.ts';
import { OWNER_HEADER } from '../../adapters/http/server.ts';
import type { Config, Places } from '../../config/config.ts';
import { type Finding, fault, good } from './finding.ts';

/** Longer than `/readyz` takes. */
const ANSWER_MS = 8_000;

/** Whoever has the port. `isOurs`: it is the bot of these settings, and what its `/readyz` says: `ready`, `starting: …`. */
export type Heard = { isOurs: true; ready: string } | { isOurs: false };

/** Whether the bot can listen at `HOST` and `PORT`, or does. */
export async function lookAtListening(
  listens: Places['listens'],
  config?: Config,
): Promise<{ heard: Heard; findings: readonly Finding[] }> {
  const nobody: Heard = { isOurs: false };
  if (listens === undefined) return { heard: nobody, findings: [] };
  const error = await findListenError(listens);
  if (error === undefined) return { heard: nobody, findings: [good('PORT', `${listens.host}:${listens.port} свободен`)] };
  const answer = error.code === 'EADDRINUSE' ? await ask(listens) : undefined;
  if (answer?.owner === undefined) return { heard: nobody, findings: [fault(error.setting, error.message)] };
  // Whose settings these are is not known: the bot may go on with those of before.
  if (config === undefined) return { heard: nobody, findings: [] };
  if (answer.owner !== config.owner) {
    const says = `порт ${listens.port} занял другой бот (${answer.owner}): задайте этому другой PORT`;
    return { heard: nobody, findings: [fault('PORT', says)] };
  }
  const findings = [good('PORT', `${listens.host}:${listens.port} занят этим же ботом`)];
  return { heard: { isOurs: true, ready: answer.ready }, findings };
}

/** Asks what listens there how it is. */
async function ask({
  host,
  port,
}: NonNullable<Places['listens']>): Promise<{ owner: string | undefined; ready: string } | undefined> {
  const named = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const url = `http://${named.includes(':') ? `[${named}]` : named}:${port}/readyz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
    return { owner: response.headers.get(OWNER_HEADER) ?? undefined, ready: (await response.text()).slice(0, 500) };
  } catch {
    return undefined;
  }
}
