import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** A provider on this machine: what it was asked, and what it is to answer next. */
export async function playingProvider() {
  const asked: Asked[] = [];
  let respond: (response: ServerResponse, body: string) => void = (response) => response.end('{}');
  const server = createServer((request, response) => {
    const hear = async () => {
      const body = await text(request);
      asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      respond(response, body);
    };
    void hear();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: (status: number, body: unknown) => {
      respond = (response) => response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    },
    /** The answer is made of what is asked. */
    replies: (answer: (body: string) => object) => {
      respond = (response, body) => response.end(JSON.stringify(answer(body)));
    },
    behaves: (behaviour: (response: ServerResponse) => void) => {
      respond = behaviour;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
