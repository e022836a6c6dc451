import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before a server and counts the bytes that are sent to it. */
export async function countBytes(port: number): Promise<{ port: number; sent: () => number; close: () => Promise<void> }> {
  let sent = 0;
  const open = new Set<Socket>();
  const gate = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk) => {
      sent += chunk.length;
    });
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(gate, 'listening');
  return {
    port: (gate.address() as AddressInfo).port,
    sent: () => sent,
    close: async () => {
      for (const socket of open) socket.destroy();
      gate.close();
      await once(gate, 'close');
    },
  };
}
