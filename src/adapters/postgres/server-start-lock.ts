import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import process from 'node:process';

/**
 * Lets one process at a time start a server on a data folder; undefined when another is at it. On Linux it is a name in the
 * kernel's abstract socket space, which goes with its process however that ends. Elsewhere the answer is always yes, and Postgres's
 * own `postmaster.pid` decides.
 */
export async function takeStartLock(data: string): Promise<{ release(): void } | undefined> {
  if (process.platform !== 'linux') return { release: () => undefined };
  const name = createHash('sha256').update(data).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(`\0inkomus-postgres-${name}`, () => {
      server.unref();
      resolve({ release: () => server.close() });
    });
  });
}
