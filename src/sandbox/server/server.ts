/** One HTTP server on 127.0.0.1: the Bot API, its files, the page and the page's API. */
import { timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from '../../adapters/http/listening.ts';
import { type BotApi, refused } from '../bot-api/bot-api.ts';
import { DOWNLOAD_LIMIT_BYTES } from '../bot-api/media.ts';
import { Refusal } from '../bot-api/refusal.ts';
import type { World } from '../bot-api/world.ts';
import type { Logger } from '../logger.ts';
import { intrusion } from './guard.ts';
import type { PageApi } from './page-api.ts';
import { sendPageFile } from './page-files.ts';
import { readCallParameters } from './parameters.ts';
import { respondWithFile, sendJson, respondWithText } from './send.ts';

type SandboxServer = { port: number; close(): Promise<void> };

/** Paths that the program serves on the sandbox's port besides. */
export type OtherRoutes = ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>;

type Parts = { world: World; botApi: BotApi; pageApi: PageApi; log: Logger; routes: OtherRoutes };

/** Port 0 takes any free one. */
export async function openServer(parts: Parts, port: number): Promise<SandboxServer> {
  const server: Server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => fail(parts.log, request, response, error));
  });
  // Longer than clients keep an idle connection, so that none is cut while a request is on its way.
  server.keepAliveTimeout = 75_000;
  await listen(server, { host: '127.0.0.1', port });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const problem = intrusion(request);
  if (problem !== undefined) return respondWithText(response, 403, `Forbidden: ${problem}`);
  if (!URL.canParse(request.url ?? '/', 'http://sandbox')) throw new Refusal(400, 'Bad Request');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
  const other = parts.routes.get(pathname);
  if (other) return other(request, response);
  if (pathname.startsWith('/bot')) return serveMethod(parts, request, response, pathname, searchParams);
  if (pathname.startsWith('/file/bot')) return serveBotFile(parts, request, response, pathname);
  if (pathname.startsWith('/sandbox/api/'))
    return parts.pageApi.handle(request, response, pathname.slice('/sandbox/api/'.length), searchParams);
  if (request.method !== 'GET' && request.method !== 'HEAD') return respondWithText(response, 405, 'Method Not Allowed');
  return sendPageFile(request, response, decodeURIComponent(pathname));
}

async function serveMethod(
  { world, botApi }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  query: URLSearchParams,
): Promise<void> {
  const [, token = '', method = ''] = /^\/bot([^/]*)\/(\w+)\/?$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!/^\d+:/.test(token)) throw new Refusal(404, 'Not Found');
  if (!isToken(world, token)) throw new Refusal(401, 'Unauthorized');
  const { raw, uploads } = await readCallParameters(request, query, world.files);
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  const { status, body } = await botApi.call(method, raw, uploads, hungUp.signal);
  sendJson(response, status, body);
  await Promise.all([...uploads.values()].map(({ temporaryPath }) => rm(temporaryPath, { force: true })));
}

async function serveBotFile(
  { world }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const [, token = '', path = ''] = /^\/file\/bot([^/]*)\/(.+)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!isToken(world, token)) throw new Refusal(401, 'Unauthorized');
  const file = [...world.state.files.values()].find((one) => one.path === path);
  if (!file || file.size > DOWNLOAD_LIMIT_BYTES) throw new Refusal(404, 'Not Found');
  return respondWithFile(request, response, world.files, file, false);
}

function isToken(world: World, given: string): boolean {
  const [known, told] = [Buffer.from(world.state.bot.token), Buffer.from(given)];
  return known.length === told.length && timingSafeEqual(known, told);
}

/** A refusal goes out in Telegram's words; anything else is ours, and is logged without what was sent. */
function fail(log: Logger, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const refusal = error instanceof Refusal ? error : error instanceof URIError ? new Refusal(400, 'Bad Request') : undefined;
  if (!refusal && !request.destroyed)
    log.error(
      { stack: error instanceof Error ? error.stack?.split('\n').slice(1, 6).join('\n') : undefined },
      'sandbox: a request broke',
    );
  if (response.headersSent) return void response.destroy();
  const { status, body } = refused(refusal ?? new Refusal(500, 'Internal Server Error'));
  // Clients read the answer only when they could send everything.
  request.resume();
  sendJson(response, status, body);
}
