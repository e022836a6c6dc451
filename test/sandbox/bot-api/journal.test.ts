import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InputFile } from 'grammy';
import type { Update, WebhookInfo } from 'grammy/types';
import { expect, onTestFinished, test } from 'vitest';
import { RUN } from '../../../src/build/places.js';
import type { Action, ActionAnswer, ActionResult, Snapshot } from '../../../src/sandbox/protocol.ts';
import { openSandbox, temporaryFolder } from './sandbox-kit.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

type Child = { process: ChildProcess; apiRoot: string; token: string; staffChatId: number };

async function startChild(dataDir: string): Promise<Child> {
  const child = spawn(process.execPath, [RUN, CHILD, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { process: child, ...(JSON.parse(line) as Omit<Child, 'process'>) };
}

async function act({ apiRoot }: Child, action: Action): Promise<ActionResult> {
  const response = await fetch(`${apiRoot}/sandbox/api/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  });
  const answer = (await response.json()) as ActionAnswer;
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

test('all that was acknowledged is there after kill -9 in the middle of work, updates not yet confirmed included', async () => {
  const dataDir = await temporaryFolder();
  const child = await startChild(dataDir);
  const { people } = (await (await fetch(`${child.apiRoot}/sandbox/api/state`)).json()) as Snapshot;
  const ivan = people[0]?.id ?? 0;
  const acknowledged: string[] = [];
  const works = Array.from({ length: 4 }, async (_, worker) => {
    for (let count = 0; ; count += 1) {
      const text = `${worker}.${count}`;
      try {
        await act(child, { type: 'send-text', as: ivan, chatId: ivan, text });
      } catch {
        return;
      }
      acknowledged.push(text);
      if (acknowledged.length === 200) child.process.kill('SIGKILL');
    }
  });
  await Promise.all(works);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const { token, messages, result } = await openSandbox({ dataDir, started: false });
  expect(token).toBe(child.token);
  const kept = new Set(messages(ivan).map(({ message }) => message.text));
  expect(acknowledged.filter((text) => !kept.has(text))).toEqual([]);
  const waiting = new Set<string | undefined>();
  for (let offset = 0; ; ) {
    const updates = await result<Update[]>('getUpdates', { offset });
    if (updates.length === 0) break;
    for (const { message } of updates) waiting.add(message?.text);
    offset = (updates.at(-1)?.update_id ?? 0) + 1;
  }
  expect(acknowledged.filter((text) => !waiting.has(text))).toEqual([]);
});

test('everything comes back: chats, topics, files, keyboards, commands, webhook, SMS, clock; ids go on', async () => {
  const dataDir = await temporaryFolder();
  const first = await openSandbox({ dataDir });
  const { ivan, olga, staffChatId } = first;
  const { document } = await first.api.sendDocument(ivan, new InputFile(PIXEL_PNG, 'a.pdf'), {
    reply_markup: { keyboard: [['Да']] },
  });
  const topic = await first.api.createForumTopic(staffChatId, 'Тема');
  await first.api.setMyCommands([{ command: 'debt', description: 'Задолженность' }]);
  first.receiveSms('+79281234567', 'Код 123456');
  first.act({ type: 'move-clock', seconds: 3600 });
  first.act({ type: 'block-bot', as: olga });
  first.act({ type: 'unblock-bot', as: olga });
  await first.call('setWebhook', { url: 'http://127.0.0.1:9/hook', secret_token: 's', allowed_updates: ['message'] });
  const before = snapshotWithoutIds(await stateOf(first.url));
  await first.close();

  const second = await openSandbox({ dataDir, started: false });
  expect(snapshotWithoutIds(await stateOf(second.url))).toEqual(before);
  expect(await second.result<WebhookInfo>('getWebhookInfo')).toMatchObject({
    url: 'http://127.0.0.1:9/hook',
    allowed_updates: ['message'],
  });
  const file = await second.api.getFile(document.file_id);
  const bytes = await fetch(`${second.apiRoot}/file/bot${second.token}/${file.file_path}`);
  expect(Buffer.from(await bytes.arrayBuffer())).toEqual(PIXEL_PNG);
  const again = await second.api.sendDocument(ivan, new InputFile(PIXEL_PNG, 'b.pdf'));
  expect(again.message_id).toBe(first.last(ivan).message_id + 1);
  expect((await second.api.getFile(again.document.file_id)).file_path).not.toBe(file.file_path);
  const next = await second.api.sendMessage(staffChatId, 'я', { message_thread_id: topic.message_thread_id });
  expect(next.message_id).toBe(topic.message_thread_id + 1);
  expect(second.act({ type: 'new-person' }).personId).toBe(Math.max(...first.people().map(({ id }) => id)) + 1);
});

test('a start writes the journal anew: what was deleted and confirmed is not in it', async () => {
  const dataDir = await temporaryFolder();
  const journal = join(dataDir, 'journal.jsonl');
  const first = await openSandbox({ dataDir });
  const [id = 0] = first.act({ type: 'send-text', as: first.ivan, chatId: first.ivan, text: 'parol-123' }).messageIds ?? [];
  await first.updates();
  await first.api.deleteMessage(first.ivan, id);
  expect(readFileSync(journal, 'utf8')).toContain('parol-123');
  await first.close();
  await openSandbox({ dataDir, started: false });
  expect(readFileSync(journal, 'utf8')).not.toContain('parol-123');
});

test('a line that was being written when the process died is passed over', async () => {
  const dataDir = await temporaryFolder();
  const first = await openSandbox({ dataDir });
  first.act({ type: 'send-text', as: first.ivan, chatId: first.ivan, text: 'целое' });
  await first.close();
  appendFileSync(join(dataDir, 'journal.jsonl'), '[{"fact":"sms","sms":{"id":1,"pho');
  const second = await openSandbox({ dataDir, started: false });
  expect(second.last(second.ivan).text).toBe('целое');
});

test('a second process on the same folder is turned away, and spoils nothing', async () => {
  const dataDir = await temporaryFolder();
  const first = await openSandbox({ dataDir });
  await expect(openSandbox({ dataDir })).rejects.toThrow(`уже запущена: ${first.url}`);
  first.act({ type: 'send-text', as: first.ivan, chatId: first.ivan, text: 'после' });
  await first.close();
  const next = await openSandbox({ dataDir, started: false });
  expect(next.last(next.ivan).text).toBe('после');
});

const stateOf = async (url: string): Promise<Snapshot> => (await (await fetch(`${url}/sandbox/api/state`)).json()) as Snapshot;

const snapshotWithoutIds = ({ eventId: _eventId, clock, ...rest }: Snapshot) => ({ ...rest, moved: clock.movedSeconds });
