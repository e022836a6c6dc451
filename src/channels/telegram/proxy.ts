import {
  Agent as HttpAgent,
  type AgentOptions,
  type ClientRequestArgs,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, type RequestOptions, request as httpsRequest } from 'node:https';
import { connect as connectTcp, isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { callbackify } from 'node:util';

/** What is amiss between us and the proxy. `no-way`: it works, and does not get to Telegram. */
type Fault = 'silent' | 'unknown-host' | 'credentials' | 'refuses' | 'no-way' | 'certificate' | 'other-protocol';

/** There is no way through the proxy, so that nothing of the request arrived. Holds neither the proxy's address nor its password. */
export class ProxyError extends Error {
  override name = 'ProxyError';
  readonly code: string;
  constructor(fault: Fault, code: string) {
    const [what, next] = SENTENCES[fault];
    super(`PROXY_URL: ${what} (${code}): ${next}`);
    this.code = code;
  }
}

/** What is amiss, and the next move. */
const SENTENCES: Record<Fault, readonly [what: string, next: string]> = {
  silent: ['прокси не отвечает', 'проверьте, что он работает, его вид (http, https или socks5), узел и порт'],
  'unknown-host': ['узла прокси с таким именем нет', 'проверьте имя'],
  credentials: ['прокси не принимает имя и пароль или требует их', 'исправьте их'],
  refuses: ['прокси не пускает к Telegram', 'разрешите в нём соединения с Bot API'],
  'no-way': ['прокси отвечает, но сам до Telegram не достаёт', 'возьмите другой'],
  certificate: ['сертификату прокси нельзя верить', 'исправьте его или возьмите http или socks5'],
  'other-protocol': ['там отвечает не такой прокси', 'проверьте http, https или socks5 и порт'],
};

/** The sentence for the operator, where the proxy is the reason of an error, however it was wrapped. */
export function proxySentence(error: unknown): string | undefined {
  let root = error;
  for (let depth = 0; depth < 5 && root instanceof Error; depth += 1) {
    if (root instanceof ProxyError) return root.message;
    root = 'error' in root ? root.error : root.cause;
  }
  return undefined;
}

/** How requests to a scheme get there. */
export type Way = {
  agent: HttpAgent;
  /** The connection is the proxy's own, and the request names its whole address: what is amiss with it is amiss with the proxy. */
  forwards?: { secure: boolean; hostname: string; port: number; headers: readonly string[] };
};

export type Ways = { http: Way; https: Way; close: () => void };

/** A proxy that takes the connection and then says nothing is given up after so long. */
const LIMIT_MS = 10_000;

/**
 * The ways to Telegram, straight or through the proxy at `proxyUrl`: names are looked up over there. Node gives an agent of one's own no
 * proxy, whatever the environment says.
 */
export function openWays(proxyUrl: string | undefined, kept: AgentOptions): Ways {
  const agents: HttpAgent[] = [];
  const keep = <A extends HttpAgent>(agent: A): A => {
    agents.push(agent);
    return agent;
  };
  const close = () => {
    for (const agent of agents) agent.destroy();
  };
  if (proxyUrl === undefined) {
    return { http: { agent: keep(new HttpAgent(kept)) }, https: { agent: keep(new HttpsAgent(kept)) }, close };
  }
  const proxy = readProxy(proxyUrl);
  if (proxy.kind === 'socks') {
    const open = (to: Target) => throughSocks(proxy, to);
    const http = { agent: keep(new TunnelAgent(kept, open)) };
    return { http, https: { agent: keep(new SecureTunnelAgent(kept, open)) }, close };
  }
  const { hostname, port, secure, headers } = proxy;
  // Some proxies close a connection after each answer, and do not say so before.
  const alone = { ...kept, keepAlive: false };
  const toProxy = keep(secure ? new HttpsAgent(alone) : new HttpAgent(alone));
  return {
    http: { agent: toProxy, forwards: { secure, hostname, port, headers } },
    https: { agent: keep(new SecureTunnelAgent(kept, (to) => throughHttp(proxy, to))) },
    close,
  };
}

type Target = { host: string; port: number };
type OpenTunnel = (to: Target) => Promise<Socket>;
type Proxy = { hostname: string; port: number; name: string; password: string };
type HttpProxy = Proxy & { kind: 'http'; secure: boolean; headers: readonly string[] };
type SocksProxy = Proxy & { kind: 'socks' };

const USUAL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const SOCKS_PORT = 1080;

/** The settings have seen to it that it can be read. */
function readProxy(proxyUrl: string): HttpProxy | SocksProxy {
  const url = new URL(proxyUrl);
  const name = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const port = Number(url.port) || (USUAL_PORTS[url.protocol] ?? SOCKS_PORT);
  const proxy = { hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, name, password };
  if (url.protocol.startsWith('socks')) return { ...proxy, kind: 'socks' };
  const basic = Buffer.from(`${name}:${password}`).toString('base64');
  const headers = name === '' && password === '' ? [] : ['Proxy-Authorization', `Basic ${basic}`];
  return { ...proxy, kind: 'http', secure: url.protocol === 'https:', headers };
}

type OnSocket = (error: Error | null, stream: Duplex) => void;

/** Node's own agent, whose connections are tunnels: kept alive and counted as any. */
class TunnelAgent extends HttpAgent {
  readonly #open: OpenTunnel;
  constructor(kept: AgentOptions, open: OpenTunnel) {
    super(kept);
    this.#open = open;
  }
  override createConnection(options: ClientRequestArgs, callback: OnSocket): undefined {
    callbackify(() => this.#open(targetOf(options)))(callback);
  }
}

class SecureTunnelAgent extends HttpsAgent {
  readonly #open: OpenTunnel;
  constructor(kept: AgentOptions, open: OpenTunnel) {
    super(kept);
    this.#open = open;
  }
  override createConnection(options: RequestOptions, callback: OnSocket): undefined {
    const to = targetOf(options);
    // The certificate is checked by the server's name, which the agent has put among the options; empty where it is a number.
    const { servername = '' } = options;
    callbackify(async () => connectTls({ socket: await this.#open(to), host: to.host, servername }))(callback);
  }
}

function targetOf({ host, port }: ClientRequestArgs): Target {
  return { host: host ?? '', port: Number(port) };
}

function throughHttp({ hostname, port, secure, headers }: HttpProxy, { host, port: toPort }: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const to = `${isIPv6(host) ? `[${host}]` : host}:${toPort}`;
    const options = { hostname, port, method: 'CONNECT', path: to, headers: ['Host', to, ...headers], timeout: LIMIT_MS };
    const request = (secure ? httpsRequest : httpRequest)({ ...options, agent: false });
    request.on('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0);
        return resolve(socket);
      }
      socket.destroy();
      reject(new ProxyError(faultOf(statusCode), `HTTP ${statusCode}`));
    });
    request.on('timeout', () => request.destroy(new ProxyError('silent', 'ETIMEDOUT')));
    request.on('error', (error) => reject(proxyError(error)));
    request.end();
  });
}

function faultOf(status: number): Fault {
  // Tinyproxy says 401.
  if (status === 407 || status === 401) return 'credentials';
  return status >= 500 ? 'no-way' : 'refuses';
}

async function throughSocks({ hostname, port, name, password }: SocksProxy, destination: Target): Promise<Socket> {
  const socket = await reach(hostname, port);
  try {
    // Few have such a proxy.
    const { SocksClient } = await import('socks');
    await SocksClient.createConnection({
      proxy: { host: hostname, port, type: 5, ...(name !== '' && { userId: name, password }) },
      command: 'connect',
      destination,
      timeout: LIMIT_MS,
      existing_socket: socket,
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw socksError(error);
  }
}

function reach(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: LIMIT_MS });
    const fail = (error: Error) => {
      socket.destroy();
      reject(proxyError(error));
    };
    const late = () => fail(new ProxyError('silent', 'ETIMEDOUT'));
    socket.once('error', fail);
    socket.once('timeout', late);
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.off('timeout', late);
      socket.setTimeout(0);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

const SOCKS_FAULTS: readonly [RegExp, Fault, string][] = [
  [/authentication failed|no accepted authentication/i, 'credentials', 'SOCKS5 authentication'],
  [/rejected connection - NotAllowed/i, 'refuses', 'SOCKS5 NotAllowed'],
  [/rejected connection - (CommandNotSupported|AddressNotSupported)/i, 'refuses', 'SOCKS5 not supported'],
  [/rejected connection/i, 'no-way', 'SOCKS5 unreachable'],
  [/timed out/i, 'silent', 'ETIMEDOUT'],
  [/socket closed/i, 'silent', 'ECONNRESET'],
  [/invalid/i, 'other-protocol', 'SOCKS5'],
];

/** The client of SOCKS tells its errors by their sentences. */
function socksError(error: unknown): ProxyError {
  const said = error instanceof Error ? error.message : '';
  const [, fault, code] = SOCKS_FAULTS.find(([sentence]) => sentence.test(said)) ?? [];
  return fault === undefined || code === undefined ? proxyError(error) : new ProxyError(fault, code);
}

const CONNECTING = /^(ECONNREFUSED|ENETUNREACH|EHOSTUNREACH)$/;
const UNKNOWN_HOST = /^(ENOTFOUND|EAI_|ENODATA)/;
const CERTIFICATE = /CERT|SIGNATURE|SELF_SIGNED|ERR_TLS/;
const OTHER_PROTOCOL = /^(EPROTO|ERR_SSL|HPE_)/;

/** Whether an answer to a request that the proxy forwards is its own no to the name and password; Telegram's 401 is JSON. */
export function refusesCredentials({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 407 || (statusCode === 401 && !/json/.test(headers['content-type'] ?? ''));
}

/** What broke where a request goes to the proxy itself: before it was there the proxy is the reason, after that it is not known. */
export function forwardError(error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  const before = CONNECTING.test(code) || UNKNOWN_HOST.test(code) || CERTIFICATE.test(code) || /^(EPROTO|ERR_SSL)/.test(code);
  return before ? proxyError(error) : error;
}

/** What a connection to the proxy broke by. */
function proxyError(error: unknown): ProxyError {
  if (error instanceof ProxyError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (UNKNOWN_HOST.test(code)) return new ProxyError('unknown-host', code);
  if (CERTIFICATE.test(code)) return new ProxyError('certificate', code);
  if (OTHER_PROTOCOL.test(code)) return new ProxyError('other-protocol', code);
  return new ProxyError('silent', code);
}
