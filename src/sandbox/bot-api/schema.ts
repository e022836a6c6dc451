/** The methods that are called here and their parameters, as data; and parameters read by it. */

import { badRequest } from './refusal.ts';
import table from './schema.json' with { type: 'json' };

/** `reply_to_message_id` and `allow_sending_without_reply` are no longer in the documentation; the server still takes them. */
export type Method = { name: string; parameters: ReadonlySet<string> };

/** By lower-case name: Telegram does not tell cases apart. */
const methods = new Map<string, Method>(
  Object.entries(table).map(([name, line]) => [name.toLowerCase(), { name, parameters: new Set(line.split(' ')) }]),
);

export const methodNamed = (name: string): Method | undefined => methods.get(name.toLowerCase());

/** Parameters of one call; absent, empty, null and unknown to the method are the same, as at Telegram. */
export type Parameters = {
  text(name: string): string | undefined;
  integer(name: string): number | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean;
  /** An object or an array, also where it came as text. Its shape is for the caller to check. */
  json(name: string): unknown;
};

/** Reads raw values (JSON, or text of forms and queries) as the kind that is asked for; what the method does not know is ignored. */
export function readParameters(method: Method, raw: ReadonlyMap<string, unknown>): Parameters {
  const value = (name: string): unknown => {
    const given = method.parameters.has(name) ? raw.get(name) : undefined;
    return given === null || given === '' ? undefined : given;
  };
  const number = (name: string): number | undefined => {
    const given = value(name);
    if (given === undefined) return undefined;
    const parsed = typeof given === 'string' ? Number(given.trim()) : given;
    if (typeof parsed !== 'number' || Number.isNaN(parsed)) throw badRequest(`${name} must be a valid Number`);
    return parsed;
  };
  return {
    number,
    integer(name) {
      const parsed = number(name);
      return parsed === undefined ? undefined : Math.trunc(parsed);
    },
    text(name) {
      const given = value(name);
      if (given === undefined) return undefined;
      if (typeof given === 'string') return given;
      if (typeof given !== 'number' && typeof given !== 'boolean') throw badRequest(`${name} must be of type String`);
      return String(given);
    },
    flag(name) {
      const given = value(name);
      return given === true || (typeof given === 'string' && /^(true|yes|1)$/i.test(given)) || given === 1;
    },
    json(name) {
      const given = value(name);
      if (typeof given !== 'string') return given;
      try {
        return JSON.parse(given) as unknown;
      } catch {
        throw badRequest(`can't parse ${NAMES_IN_ERRORS[name] ?? name} JSON object`);
      }
    },
  };
}

const NAMES_IN_ERRORS: Record<string, string> = {
  reply_markup: 'reply keyboard markup',
  reply_parameters: 'reply parameters',
  link_preview_options: 'link preview options',
};
