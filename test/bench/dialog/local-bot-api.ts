import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of a Bot API as the dialog needs, as fast as can be, as its time is in the measurement (so not the sandbox's): tells `onMessage` whom each message is for and what it says. */
export async function startLocalBotApi(
  onMessage: (chat: number, text: string) => void,
): Promise<{ root: string; close(): void }> {
  let lastMessage = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { chat_id, text } = JSON.parse(body || '{}') as { chat_id?: number | string; text?: string };
      const chat = Number(chat_id);
      const message = {
        message_id: ++lastMessage,
        date: 1_790_000_000,
        chat: { id: chat, type: 'private', first_name: 'Иван' },
        text,
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result: message }));
      if (text !== undefined) onMessage(chat, text);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.closeAllConnections(),
  };
}
