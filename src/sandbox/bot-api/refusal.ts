/** An answer `{ ok: false }` in Telegram's words. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(code: number, description: string, parameters?: Refusal['parameters']) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400 `Bad Request: <what>`. */
export const badRequest = (what: string): Refusal => new Refusal(400, `Bad Request: ${what}`);

/** 403 `Forbidden: <what>`. */
export const forbidden = (what: string): Refusal => new Refusal(403, `Forbidden: ${what}`);

/** 409 `Conflict: <what>`. */
export const conflict = (what: string): Refusal => new Refusal(409, `Conflict: ${what}`);

export const tooManyRequests = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

/** Somebody else's query, an answered one, or one that waited too long. */
export const queryTooOld = (): Refusal => badRequest('query is too old and response timeout expired or query ID is invalid');

export const tooLarge = (): Refusal => new Refusal(413, 'Request Entity Too Large');
