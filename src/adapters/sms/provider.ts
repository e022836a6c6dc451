import type { SmsError } from '../../office/edges.ts';
import type { Http, HttpAnswer, HttpPost } from './http.ts';

/** A code on its way; `phone` is `+79…`. `avoid`: the provider to be asked last. */
export type CodeMessage = { phone: string; code: string; text: string; ttlSeconds: number; avoid?: string };

export type SmsErrorReason = SmsError['reason'];

/** What a provider said to one code. */
export type Verdict =
  | { verdict: 'sent'; reference?: string }
  /** It may have gone out. */
  | { verdict: 'unknown'; detail: string }
  /** There is no such number. */
  | { verdict: 'bad-number' }
  /** The number is not reached by this way, and nothing is amiss. */
  | { verdict: 'not-here' }
  | { verdict: 'trouble'; reason: SmsErrorReason; detail: string };

/** `detail` may quote the provider: whoever passes it on cleans it (`chain.ts`). */
export type Provider = { name: string; secrets: readonly string[]; send: (message: CodeMessage) => Promise<Verdict> };

/** What all providers share: `SMS_API_ROOT`, which replaces scheme, host and port of their addresses, and `SMS_SENDER`. */
export type Common = { apiRoot?: string | undefined; sender?: string | undefined };

/** The answer of a provider as JSON; everything about it is still to be checked. */
export type Reply = { status: number; json: Record<string, unknown> };

/** Asks a provider and reads its answer as a JSON object; whatever is none is a verdict already. */
export async function ask(
  http: Http,
  { apiRoot }: Common,
  address: string,
  post: Omit<HttpPost, 'url'>,
  judge: (reply: Reply) => Verdict,
): Promise<Verdict> {
  const url = new URL(address);
  if (apiRoot) {
    const root = new URL(apiRoot);
    url.protocol = root.protocol;
    url.host = root.host;
  }
  return read(await http({ url, ...post }), judge);
}

function read(answer: HttpAnswer, judge: (reply: Reply) => Verdict): Verdict {
  if (answer.came === 'nothing') return { verdict: 'trouble', reason: 'down', detail: answer.why };
  if (answer.came === 'unknown') return { verdict: 'unknown', detail: answer.why };
  // A gateway that tired of waiting does not know what became of the request.
  if (answer.status === 504) return { verdict: 'unknown', detail: 'HTTP 504' };
  const json = parse(answer.body);
  if (json && answer.status < 500) return judge({ status: answer.status, json });
  return { verdict: 'trouble', reason: byStatus(answer.status), detail: `HTTP ${answer.status}${json ? '' : ', not JSON'}` };
}

/** What an HTTP status means where the provider says nothing better. */
export function byStatus(status: number): SmsErrorReason {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'no-money';
  if (status === 429) return 'limit';
  return status >= 500 || status < 400 ? 'down' : 'refused';
}

export function trouble(reason: SmsErrorReason, ...details: unknown[]): Verdict {
  const said = details.filter((detail) => typeof detail === 'string' || typeof detail === 'number');
  return { verdict: 'trouble', reason, detail: said.join(' ') };
}

export function sent(reference: unknown): Verdict {
  const known = typeof reference === 'string' || typeof reference === 'number';
  return known ? { verdict: 'sent', reference: String(reference) } : { verdict: 'sent' };
}

/** The object under a key; an empty one when there is none. */
export function objectIn(json: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = json[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function form(fields: Record<string, string | undefined>): Omit<HttpPost, 'url'> {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(given).toString() };
}

export function asJson(fields: Record<string, unknown>, authorization: string): Omit<HttpPost, 'url'> {
  return { headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify(fields) };
}

/** `79123456789`, as most providers want it. */
export function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
