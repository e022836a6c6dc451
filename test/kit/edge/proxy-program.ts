import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, connect, type Socket } from 'node:net';

/**
 * A proxy as a program of its own: `http`, `https` (with PROXY_TLS_KEY and PROXY_TLS_CERT) or `socks5`; with NAME_AND_PASSWORD it wants
 * them. Says its port first, then a line for each way that it opened or refused.
 */
const [kind = 'http'] = process.argv.slice(2);
const wanted = process.env.NAME_AND_PASSWORD;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const server = kind === 'socks5' ? createTcpServer((socket) => void serveSocks(socket)) : webProxy();
server.listen(Number(process.env.PROXY_PORT ?? 0), '127.0.0.1', () => say(`port ${(server.address() as AddressInfo).port}`));

function webProxy() {
  const tls = { key: read('PROXY_TLS_KEY'), cert: read('PROXY_TLS_CERT') };
  const web = kind === 'https' ? createSecureServer(tls) : createServer();
  web.on('request', forward);
  web.on('connect', tunnel);
  return web;
}

function read(setting: string): Buffer | undefined {
  const path = process.env[setting];
  return path === undefined ? undefined : readFileSync(path);
}

function isWelcome(message: IncomingMessage): boolean {
  const [, basic = ''] = /^Basic (.*)$/.exec(message.headers['proxy-authorization'] ?? '') ?? [];
  return wanted === undefined || Buffer.from(basic, 'base64').toString() === wanted;
}

function forward(asked: IncomingMessage, response: ServerResponse): void {
  if (!isWelcome(asked)) {
    say('refused');
    return void response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('<html>407</html>');
  }
  const { hostname, port, pathname, search, host } = new URL(asked.url ?? '');
  say(`forward ${asked.method} ${host} ${pathname.replace(/^\/(file\/)?bot[^/]+/, '/$1bot')}`);
  const headers = { ...asked.headers, host };
  delete headers['proxy-authorization'];
  const onwards = request({ hostname, port, path: pathname + search, method: asked.method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onwards.on('error', () => response.writeHead(502).end('<html>502</html>'));
  response.on('close', () => onwards.destroy());
  asked.pipe(onwards);
}

function tunnel(asked: IncomingMessage, socket: Socket): void {
  socket.on('error', () => {});
  if (!isWelcome(asked)) {
    say('refused');
    return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
  }
  const status = process.env.CONNECT_STATUS;
  if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(asked.url ?? '') ?? [];
  const onwards = connect(Number(port), host, () => {
    say(`tunnel ${host}:${port}`);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    join(socket, onwards);
  });
  onwards.on('error', () => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
}

/** RFC 1928 and 1929, as much as a client of ours can ask for. */
async function serveSocks(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  const take = reader(socket);
  const [, methods = 0] = await take(2);
  const offered = await take(methods);
  const method = wanted === undefined ? 0 : 2;
  if (!offered.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, method]));
  if (wanted !== undefined) {
    const [, nameLength = 0] = await take(2);
    const name = (await take(nameLength)).toString();
    const [passwordLength = 0] = await take(1);
    const fits = `${name}:${(await take(passwordLength)).toString()}` === wanted;
    socket.write(Buffer.from([1, fits ? 0 : 1]));
    if (!fits) {
      say('refused');
      return void socket.end();
    }
  }
  const [, , , kindOfHost = 0] = await take(4);
  const host =
    kindOfHost === 3
      ? (await take((await take(1))[0] ?? 0)).toString()
      : Array.from(await take(kindOfHost === 4 ? 16 : 4)).join('.');
  const port = (await take(2)).readUInt16BE(0);
  const answer = (reply: number) => Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
  const onwards = connect(port, host, () => {
    say(`socks ${kindOfHost === 3 ? 'name' : 'number'} ${host}:${port}`);
    socket.write(answer(0));
    join(socket, onwards);
  });
  onwards.on('error', () => void socket.end(answer(5)));
}

/** So many bytes, once they are there. */
function reader(socket: Socket): (bytes: number) => Promise<Buffer> {
  return async (bytes) => {
    if (bytes === 0) return Buffer.alloc(0);
    for (;;) {
      const part = socket.read(bytes) as Buffer | null;
      if (part) return part;
      await new Promise((resolve) => socket.once('readable', resolve));
    }
  };
}

function join(one: Socket, other: Socket): void {
  one.pipe(other);
  other.pipe(one);
  one.on('close', () => other.destroy());
  other.on('close', () => one.destroy());
  other.on('error', () => one.destroy());
}
