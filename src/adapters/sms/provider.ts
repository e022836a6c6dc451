import { z } from 'zod';
import { text } from '../../domain/setting-kinds.ts';
import type { SmsError } from '../../office/edges.ts';
import type { Http, HttpAnswer } from './http.ts';

/** A code on its way; `phone` is `+79…`. `avoid`: the provider to be asked last. */
export type CodeMessage = { phone: string; code: string; text: string; ttlSeconds: number; avoid?: string };

export type SmsErrorReason = SmsError['reason'];

/** What a provider said to one code. */
export type ProviderAnswer =
  | { verdict: 'sent'; reference?: string }
  /** It may have gone out. */
  | { verdict: 'unknown'; detail: string }
  /** There is no such number. */
  | { verdict: 'bad-number' }
  /** The number is not reached by this way, and nothing is amiss. */
  | { verdict: 'not-here' }
  /** Not taken. `mayArrive`: the answer was broken by what stands before the provider, which may have taken it. */
  | { verdict: 'failed'; reason: SmsErrorReason; detail: string; mayArrive?: true };

/** `detail` may quote the provider: whoever passes it on cleans it (`chain.ts`). */
export type Provider = {
  name: string;
  secrets: readonly string[];
  send: (message: CodeMessage) => Promise<ProviderAnswer>;
  /** Asks what is left on the account; absent where the provider does not tell. */
  balance?: () => Promise<Balance>;
};

export type Balance = { outcome: 'told'; roubles: number } | { outcome: 'failed'; reason: SmsErrorReason; detail: string };

/** The answer of a provider as JSON; everything about it is still to be checked. */
export type Reply = { status: number; json: Record<string, unknown> };

/** The body of a request; `form` and `asJson` make one. */
export type Body = { type: string; body: string };

/** The one setting that several providers read; one that can do without says `.optional()` or `.default(…)`. */
export const SENDER = { SMS_SENDER: text(/^.{1,20}$/, 'нужно имя или номер отправителя, как он записан у провайдера') };
type Shared = keyof typeof SENDER;

type ProviderSettings = Readonly<Record<string, z.ZodType<string | undefined, string | undefined>>>;
type Values<S extends ProviderSettings> = z.output<z.ZodObject<S>>;

/** All that is known of a provider: what it is called, what it is set up with, what it is asked and what its answer means. */
type Definition<S extends ProviderSettings> = {
  /** As `SMS_PROVIDER` says it. */
  name: string;
  /** As people say it. */
  title: string;
  /** For `.env.example`: where its settings come from. */
  about: string;
  /** What it reads, `SMS_SENDER` among it where it takes one. What may not be absent is required. */
  settings: S;
  /** For `.env.example`: a good value of each that is its own. */
  examples: Record<Exclude<keyof S, Shared>, string>;
  /** `SMS_API_ROOT` replaces its scheme, host and port. */
  address: string;
  /** The header; its value is a secret, as the settings that are its own are. */
  authorization?: (settings: Values<S>) => string;
  body: (settings: Values<S>, message: CodeMessage) => Body;
  judge: (reply: Reply, message: CodeMessage) => ProviderAnswer;
  /** Where it tells what is left on the account: what it is asked, and the roubles in its answer (a number, or one as text). */
  balance?: { address: string; body: (settings: Values<S>) => Body; roubles: (json: Record<string, unknown>) => unknown };
  /** The code comes into a chat of that number's messenger, and is no SMS. */
  intoChat?: true;
};

/** A provider as settings, documentation and the chain see it, whatever it reads. */
export type SmsProvider = {
  name: string;
  title: string;
  about: string;
  /** The settings that nobody else reads. */
  settings: Readonly<Record<string, z.ZodType>>;
  examples: Readonly<Record<string, string>>;
  /** Whether its codes come into a chat, and not as SMS. */
  intoChat: boolean;
  /** The names of all that it reads. */
  reads: readonly string[];
  /** The names of those without which it cannot be opened. */
  required: readonly string[];
  /** `given`: the settings as text, each of them good and none that is required missing. */
  open: (given: Readonly<Record<string, string>>, http: Http, apiRoot: string | undefined) => Provider;
};

export function smsProvider<const S extends ProviderSettings>(definition: Definition<S>): SmsProvider {
  const { name, title, about, settings, examples, address, authorization, body, judge, balance, intoChat = false } = definition;
  const schema = z.object(settings);
  const own = Object.entries(settings).filter(([setting]) => !Object.hasOwn(SENDER, setting));
  return {
    name,
    title,
    about,
    settings: Object.fromEntries(own),
    examples,
    intoChat,
    reads: Object.keys(settings),
    required: Object.keys(settings).filter((setting) => !settings[setting]?.isOptional()),
    open(given, http, apiRoot) {
      const values = schema.parse(given);
      const header = authorization?.(values);
      const url = under(apiRoot, address);
      const ask = ({ type, body: sent }: Body, at: URL) => {
        const headers = { 'content-type': type, ...(header !== undefined && { authorization: header }) };
        return http({ url: at, headers, body: sent });
      };
      return {
        name,
        // Of `Basic …` the provider may quote the second word alone.
        secrets: [...own.flatMap(([setting]) => given[setting] ?? []), ...(header?.split(' ').slice(-1) ?? [])],
        async send(message) {
          return read(await ask(body(values, message), url), (reply) => judge(reply, message));
        },
        ...(balance && {
          balance: async () => readBalance(await ask(balance.body(values), under(apiRoot, balance.address)), balance.roubles),
        }),
      };
    },
  };
}

function under(apiRoot: string | undefined, address: string): URL {
  const url = new URL(address);
  if (apiRoot === undefined) return url;
  const root = new URL(apiRoot);
  url.protocol = root.protocol;
  url.host = root.host;
  return url;
}

/** Whatever is no JSON object is a verdict already. */
function read(answer: HttpAnswer, judge: (reply: Reply) => ProviderAnswer): ProviderAnswer {
  if (answer.came === 'nothing') return { verdict: 'failed', reason: 'down', detail: answer.why };
  if (answer.came === 'unknown') return { verdict: 'unknown', detail: answer.why };
  // A gateway that tired of waiting does not know what became of the request.
  if (answer.status === 504) return { verdict: 'unknown', detail: 'HTTP 504' };
  const json = parse(answer.body);
  if (json && answer.status < 500) return judge({ status: answer.status, json });
  return {
    verdict: 'failed',
    reason: byStatus(answer.status),
    detail: `HTTP ${answer.status}${json ? '' : ', not JSON'}`,
    ...(answer.status >= 500 && { mayArrive: true }),
  };
}

function readBalance(answer: HttpAnswer, roubles: (json: Record<string, unknown>) => unknown): Balance {
  if (answer.came !== 'answer') return { outcome: 'failed', reason: 'down', detail: answer.why };
  const json = parse(answer.body);
  const left = json && roubles(json);
  const number = typeof left === 'string' && left.trim() !== '' ? Number(left) : left;
  if (typeof number === 'number' && Number.isFinite(number)) return { outcome: 'told', roubles: number };
  return { outcome: 'failed', reason: answer.status < 400 ? 'auth' : byStatus(answer.status), detail: `HTTP ${answer.status}` };
}

/** What an HTTP status means where the provider says nothing better. */
export function byStatus(status: number): SmsErrorReason {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'no-money';
  if (status === 429) return 'limit';
  return status >= 500 || status < 400 ? 'down' : 'refused';
}

export function failed(reason: SmsErrorReason, ...details: unknown[]): ProviderAnswer {
  const said = details.filter((detail) => typeof detail === 'string' || typeof detail === 'number');
  return { verdict: 'failed', reason, detail: said.join(' ') };
}

export function sent(reference: unknown): ProviderAnswer {
  const known = typeof reference === 'string' || typeof reference === 'number';
  return known ? { verdict: 'sent', reference: String(reference) } : { verdict: 'sent' };
}

/** The object under a key; an empty one when there is none. */
export function objectIn(json: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = json[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function form(fields: Record<string, string | undefined>): Body {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(given).toString() };
}

export function asJson(fields: Record<string, unknown>): Body {
  return { type: 'application/json', body: JSON.stringify(fields) };
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
