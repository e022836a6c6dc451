/** The Bot API without its transport: a method's name and parameters in, `{ ok, … }` out. */
import type { Logger } from '../logger.ts';
import { takeApart } from './call.ts';
import type { Upload } from './files.ts';
import type { ApiLimits } from './limits.ts';
import { registry } from './methods/registry.ts';
import { Refusal } from './refusal.ts';
import { methodNamed, readParameters } from './schema.ts';
import { type Couriers, openCouriers } from './updates/couriers.ts';
import type { World } from './world.ts';

/** What goes back as JSON, `status` being the HTTP status as well. */
type ApiAnswer = {
  status: number;
  body:
    | { ok: true; result: unknown; description?: string }
    | { ok: false; error_code: number; description: string; parameters?: Refusal['parameters'] };
};

export type BotApi = {
  call(
    method: string,
    raw: ReadonlyMap<string, unknown>,
    uploads: ReadonlyMap<string, Upload>,
    signal: AbortSignal,
  ): Promise<ApiAnswer>;
  couriers: Couriers;
};

export function openBotApi(world: World, limits: ApiLimits, log: Logger): BotApi {
  const couriers = openCouriers(world, (method, raw) => call(method, raw, new Map(), new AbortController().signal));

  async function call(
    name: string,
    raw: ReadonlyMap<string, unknown>,
    uploads: ReadonlyMap<string, Upload>,
    signal: AbortSignal,
  ): Promise<ApiAnswer> {
    try {
      const method = methodNamed(name);
      const handler = method && registry[method.name];
      if (!handler) throw new Refusal(404, 'Not Found: method not found');
      const parameters = readParameters(method, raw);
      return {
        status: 200,
        body: { ok: true, ...takeApart(await handler({ method, parameters, uploads, world, limits, couriers, signal })) },
      };
    } catch (error) {
      return refused(error instanceof Refusal ? error : broken(name, error));
    }
  }

  /** A breakage of ours: what and where is for the log, without anybody's words. */
  function broken(method: string, error: unknown): Refusal {
    log.error(
      { method, stack: error instanceof Error ? error.stack?.split('\n').slice(1, 6).join('\n') : undefined },
      'sandbox: a method broke',
    );
    return new Refusal(500, 'Internal Server Error');
  }

  return { call, couriers };
}

export function refused({ code, message, parameters }: Refusal): ApiAnswer {
  return {
    status: code,
    body: { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) },
  };
}
