import { cutTo } from '../../domain/cut.ts';
import type { Clock, CodeSender, CodeSent, SmsError } from '../../office/edges.ts';
import type { CodeMessage, Provider } from './provider.ts';

/** Staff learn it with the first code that is asked for. */
const NOBODY: SmsError = { provider: 'nobody', reason: 'refused', detail: 'SMS_PROVIDER не задан' };

/** A provider that fell silent is tried after the others for so long. */
const SILENT_MS = 300_000;

/**
 * Sends a code by the first provider that takes it, in the order given. Where a request went out and no answer came, nobody else is asked: the
 * SMS may arrive, and would be paid twice (it would be one and the same code, so never two live ones). So that a provider that hangs does not
 * swallow one code after another, it goes to the end of the line for five minutes, and the resident's next code takes another way. `onEnd`
 * hears how each code ended.
 */
export function createCodeSender(
  providers: readonly Provider[],
  clock: Clock,
  onEnd: (sent: CodeSent) => void = () => undefined,
): CodeSender {
  const silentUntil = new Map<string, number>();
  const isSilent = ({ name }: Provider) => (silentUntil.get(name) ?? 0) > clock().getTime();

  return async (message) => {
    const sent = await send(message);
    onEnd(sent);
    return sent;
  };

  async function send(message: CodeMessage): Promise<CodeSent> {
    if (providers.length === 0) return { outcome: 'failed', reasons: [NOBODY] };
    const failures: SmsError[] = [];
    const told = () => (failures.length > 0 ? { failures } : {});
    let badNumber: string | undefined;
    let notHere: string | undefined;
    let mayArrive = false;

    const lateness = (provider: Provider) => Number(isSilent(provider)) + 2 * Number(provider.name === message.avoid);
    for (const provider of [...providers].sort((a, b) => lateness(a) - lateness(b))) {
      const { name } = provider;
      const said = await provider.send(message);
      switch (said.verdict) {
        case 'sent':
          silentUntil.delete(name);
          return { outcome: 'sent', provider: name, ...(said.reference && { reference: said.reference }), ...told() };
        case 'unknown':
          silentUntil.set(name, clock().getTime() + SILENT_MS);
          failures.push({ provider: name, reason: 'down', detail: clean(said.detail, provider, message) });
          return { outcome: 'unknown', provider: name, ...told() };
        case 'bad-number':
          badNumber = name;
          break;
        case 'not-here':
          notHere = name;
          break;
        case 'failed':
          mayArrive ||= said.mayArrive === true;
          failures.push({ provider: name, reason: said.reason, detail: clean(said.detail, provider, message) });
      }
    }
    return refusal(badNumber, notHere, failures, mayArrive);
  }
}

/** A number that one of them calls bad is bad; one without Telegram is, only when there was no other way. */
function refusal(
  badNumber: string | undefined,
  notHere: string | undefined,
  failures: readonly SmsError[],
  mayArrive: boolean,
): CodeSent {
  if (badNumber) return { outcome: 'bad-number', provider: badNumber, ...(failures.length > 0 && { failures }) };
  if (notHere && failures.length === 0) return { outcome: 'bad-number', provider: notHere };
  return { outcome: 'failed', reasons: failures, ...(mayArrive && { mayArrive: true }) };
}

/** A provider's words without our secrets, the code, the text and telephone numbers, on one short line. */
function clean(detail: string, { secrets }: Provider, { code, text }: CodeMessage): string {
  // One that another begins with would leave the rest of it.
  const hidden = [...secrets, text, code].filter((secret) => secret.length > 0).sort((a, b) => b.length - a.length);
  const said = hidden
    .reduce((said, secret) => said.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…'), detail)
    .replace(/\+?\d{7,}/g, '…')
    .replace(/\s+/g, ' ');
  return cutTo(said, 120);
}
