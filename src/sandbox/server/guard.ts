/** Keeps web pages of elsewhere out: the server is for this machine's person and programs only. */
import type { IncomingMessage } from 'node:http';

/** Names that lead here; another name in `Host` is a page that had its domain resolve to 127.0.0.1 (DNS rebinding). */
const HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** Why the request must not be served; undefined when it may. */
export function intrusion(request: IncomingMessage): string | undefined {
  const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  if (host === undefined || !HOSTS.test(host)) return 'wrong Host';
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return 'wrong Origin';
  // A link to the page from elsewhere is fine, a request behind a person's back is not.
  const isVisit = mode === 'navigate' && request.method === 'GET' && !/^\/(bot|file|sandbox)/.test(request.url ?? '');
  if ((site === 'cross-site' || site === 'same-site') && !isVisit) return 'wrong Sec-Fetch-Site';
  return undefined;
}
