import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address by which others reach this machine; where it has none, another one of its own than 127.0.0.1. */
export const FROM_ELSEWHERE =
  Object.values(networkInterfaces())
    .flat()
    .find((at) => at?.family === 'IPv4' && !at.internal)?.address ?? '127.0.0.2';

/** Whether somebody listens there: `open`, or how it was refused. */
export async function knock(host: string, port: number): Promise<string> {
  const socket = connect({ host, port, timeout: 5_000 });
  const answer = Promise.race([once(socket, 'connect').then(() => 'open'), once(socket, 'timeout').then(() => 'silent')]).catch(
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'closed',
  );
  return answer.finally(() => socket.destroy());
}
