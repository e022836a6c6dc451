/** One call of a Bot API method. */

import type { Upload } from './files.ts';
import type { ApiLimits } from './limits.ts';
import type { Method, Parameters } from './schema.ts';
import type { Couriers } from './updates/couriers.ts';
import type { World } from './world.ts';

export type ApiCall = {
  method: Method;
  parameters: Parameters;
  /** Files of a multipart call by the name of their part. */
  uploads: ReadonlyMap<string, Upload>;
  world: World;
  limits: ApiLimits;
  couriers: Couriers;
  /** Fires when the caller hangs up. */
  signal: AbortSignal;
};

/** Returns `result` or throws a `Refusal`. */
export type ApiMethod = (call: ApiCall) => unknown;

export type Handlers = Record<string, ApiMethod>;

const DESCRIPTION = Symbol('description');

/** A result that comes with a `description`, as that of `setWebhook` does. */
export const described = (result: true, description: string): unknown => ({ result, [DESCRIPTION]: description });

export function takeApart(answer: unknown): { result: unknown; description?: string } {
  if (typeof answer === 'object' && answer !== null && DESCRIPTION in answer) {
    const { result, [DESCRIPTION]: description } = answer as { result: unknown; [DESCRIPTION]: string };
    return { result, description };
  }
  return { result: answer };
}
