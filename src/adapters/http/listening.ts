import { createServer, type Server } from 'node:net';

/** `HOST` and `PORT`. */
export type Address = { host: string; port: number };

/** It cannot be listened there: which setting it is, what is wrong with it and the next move. */
class ListenError extends Error {
  override name = 'ListenError';
  readonly setting: 'HOST' | 'PORT';
  readonly code: string;
  constructor(setting: 'HOST' | 'PORT', code: string, says: string) {
    super(`${setting}: ${says}`);
    this.setting = setting;
    this.code = code;
  }
}

/** Resolves when the server listens. @throws {ListenError} */
export function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error.code ?? error.name, port)));
    server.listen(port, host, () => resolve());
  });
}

/** Tries whether it can be listened there now, and lets go at once. */
export async function findListenError(address: Address): Promise<ListenError | undefined> {
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, address);
    await new Promise((resolve) => server.close(resolve));
    return undefined;
  } catch (error) {
    if (error instanceof ListenError) return error;
    throw error;
  }
}

function listenError(code: string, port: number): ListenError {
  if (/^(EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL)$/.test(code)) {
    const says = `такого адреса у этой машины нет (${code}): 127.0.0.1 — только для неё самой, 0.0.0.0 — для всех, кто до неё достаёт`;
    return new ListenError('HOST', code, says);
  }
  if (code === 'EADDRINUSE')
    return new ListenError(
      'PORT',
      code,
      `порт ${port} уже занят (${code}): остановите того, кто его занял, или задайте другой PORT`,
    );
  if (code === 'EACCES')
    return new ListenError('PORT', code, `порт ${port} этому пользователю занять нельзя (${code}): задайте другой PORT, от 1024`);
  return new ListenError('PORT', code, `порт ${port} занять нельзя (${code}): задайте другой PORT`);
}
