import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from './tcp-proxy.ts';

/** PgBouncer in transaction mode before a Postgres, with few connections, so that they are shared; the database's address by way of it. */
export async function startPgbouncer(postgresUrl: string) {
  // It must not be root, and who it is then may not enter the folder of the server's socket.
  const toPostgres = await startTcpProxy(placeOfPostgres(postgresUrl));
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'inkomus-pgbouncer-'));
  await chmod(folder, 0o755);
  const ini = join(folder, 'pgbouncer.ini');
  await writeFile(
    ini,
    `[databases]
* = host=127.0.0.1 port=${toPostgres.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_client_conn = 300
server_login_retry = 1
`,
    { mode: 0o644 },
  );
  const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', 'pgbouncer', ini];
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child =
    process.getuid?.() === 0
      ? spawn('setpriv', asNobody, { stdio: [...stdio] })
      : spawn('pgbouncer', [ini], { stdio: [...stdio] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'close');
  const up = async () => {
    while (!said.includes('process up')) await once(child.stderr, 'data');
  };
  await Promise.race([up(), ended.then(() => Promise.reject(new Error(`pgbouncer ended: ${said}`)))]);

  return {
    url: throughPort(postgresUrl, port),
    /** Between PgBouncer and Postgres. */
    toPostgres,
    async stop() {
      child.kill('SIGINT');
      child.kill('SIGTERM');
      await ended;
      await toPostgres.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
