import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listening.ts';
import type { Readiness } from './readiness.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type Routes = ReadonlyMap<string, HttpHandler>;

/** Prometheus' figures as text; `figures` may take a while. */
export type ServedFigures = { figures: () => Promise<string>; contentType: string };

/** Whose bot it is that answers `/readyz`, by which doctor tells it from another one on the same port: `bot 4711`. */
export const OWNER_HEADER = 'x-inkomus-bot';

/** `/healthz`: the process is there; `/readyz`: it can do its work now, or what is in the way; `/metrics`: Prometheus. */
export function healthRoutes({ faults }: Pick<Readiness, 'faults'>, metrics: ServedFigures, owner?: string): Routes {
  const figures = onceASecond(metrics.figures);
  return new Map<string, HttpHandler>([
    ['/healthz', async (_, response) => say(response, 200, 'ok')],
    [
      '/readyz',
      async (_, response) => {
        const found = await faults();
        if (owner !== undefined) response.setHeader(OWNER_HEADER, owner);
        if (found.length === 0) say(response, 200, 'ready');
        else say(response, 503, found.join('; '));
      },
    ],
    ['/metrics', async (_, response) => say(response, 200, await figures(), metrics.contentType)],
  ]);
}

/** What takes a while is not worked out for each of many who ask. */
function onceASecond<T>(workOut: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (!last || performance.now() - last.at >= 1_000) last = { at: performance.now(), answer: workOut() };
    return last.answer;
  };
}

export type WebParts = { port: number; host: string; routes: Routes; onError: (error: unknown) => void };

/** Whoever has not had an answer by then asks again. */
const LONGEST_CLOSE_MS = 5_000;

/** Serves the routes, and 404 for the rest. Resolves when it listens. */
export async function startWeb({ port, host, routes, onError }: WebParts): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const handler = routes.get(path) ?? (async () => say(response, 404, 'not found'));
    handler(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      onError(error);
      if (response.headersSent) response.destroy();
      else say(response, 500, 'error');
    });
  });
  server.keepAliveTimeout = 75_000;
  await listen(server, { port, host });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    /** Takes no more and waits for what is being answered; may be called again. */
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A kept-alive connection that has just had its answer would hold us for its whole idle time.
      const hurry = setInterval(() => server.closeIdleConnections(), 50);
      const enough = setTimeout(() => server.closeAllConnections(), LONGEST_CLOSE_MS);
      await closed;
      clearInterval(hurry);
      clearTimeout(enough);
    },
  };
}

function say(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type }).end(text);
}
