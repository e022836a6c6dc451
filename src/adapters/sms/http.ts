import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

export type HttpPost = { url: URL; headers: Record<string, string>; body: string };

export type HttpAnswer =
  | { came: 'answer'; status: number; body: string }
  /** The request surely did not arrive. */
  | { came: 'nothing'; why: string }
  /** The request went out and no whole answer came back: it may have been carried out. */
  | { came: 'unknown'; why: string };

/** Never throws; `why` names what happened and never the address, which may hold a key. */
export type Http = (post: HttpPost) => Promise<HttpAnswer>;

const MOST_BYTES = 65_536;

/**
 * Posts on a connection of its own: codes are few, and on a connection kept alive a request that met its closing could not be told
 * from one that arrived.
 */
export function createHttp({ connectMs = 5000, answerMs = 15_000 } = {}): Http {
  return ({ url, headers, body }) =>
    new Promise((resolve) => {
      let connected = false;
      let timer: NodeJS.Timeout | undefined;
      const limit = (ms: number, why: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => end(connected ? { came: 'unknown', why } : { came: 'nothing', why }), ms);
      };
      const end = (answer: HttpAnswer) => {
        clearTimeout(timer);
        resolve(answer);
        request.destroy();
      };
      const broke = (why: string) => end(connected ? { came: 'unknown', why } : { came: 'nothing', why });

      const secure = url.protocol === 'https:';
      const options: RequestOptions = {
        method: 'POST',
        agent: false,
        headers: { ...headers, accept: 'application/json', 'content-length': String(Buffer.byteLength(body)) },
      };
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          parts.push(part);
          if (bytes > MOST_BYTES) end({ came: 'unknown', why: 'answer too long' });
        });
        response.on('end', () =>
          end({ came: 'answer', status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
        response.on('error', () => broke('answer broken off'));
      });
      request.on('error', (error: NodeJS.ErrnoException) => broke(error.code ?? 'connection failed'));
      request.on('socket', (socket: Socket) => {
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true;
          limit(answerMs, 'no answer in time');
        });
      });
      limit(connectMs, 'no connection in time');
      request.end(body);
    });
}
