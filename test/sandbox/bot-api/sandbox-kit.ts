/** A sandbox of a test's own, with a clock that stands still, and three ways to call it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api } from 'grammy';
import type { Message, Update } from 'grammy/types';
import { onTestFinished } from 'vitest';
import type { LimitsMode } from '../../../src/sandbox/bot-api/limits.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';

export type Answer = {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
};

export type Tried = Sandbox & {
  api: Api;
  /** Calls a method by fetch with JSON. */
  call: (method: string, parameters?: object) => Promise<Answer>;
  /** The description of a refusal; fails where there is none. */
  refusal: (method: string, parameters?: object) => Promise<string>;
  /** The result; fails with the description where there is none. */
  result: <T>(method: string, parameters?: object) => Promise<T>;
  /** All updates that wait, confirmed. */
  updates: (allowed?: readonly string[]) => Promise<Update[]>;
  /** Moves the test's clock. */
  pass: (seconds: number) => void;
  /** The resident, who has pressed «Запустить». */
  ivan: number;
  /** Creator, administrator and member of the staff group. */
  olga: number;
  sergey: number;
  marina: number;
  log: { level: string; fields: object; message: string }[];
  last: (chatId: number) => Message;
};

export const START = new Date('2026-11-05T09:00:00Z');

export async function openSandbox(options: { limits?: LimitsMode; dataDir?: string; started?: boolean } = {}): Promise<Tried> {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const log: Tried['log'] = [];
  const note = (level: string) => (fields: object, message: string) => void log.push({ level, fields, message });
  let at = START.getTime();
  const sandbox = await startSandbox({
    dataDir,
    port: 0,
    clock: () => new Date(at),
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    limits: options.limits ?? 'off',
  });
  onTestFinished(() => sandbox.close());
  const [ivan = 0, olga = 0, sergey = 0, marina = 0] = sandbox.people().map(({ id }) => id);

  const tried: Tried = {
    ...sandbox,
    api: new Api(sandbox.token, { apiRoot: sandbox.apiRoot }),
    log,
    ivan,
    olga,
    sergey,
    marina,
    pass: (seconds) => {
      at += seconds * 1000;
    },
    async call(method, parameters = {}) {
      const response = await fetch(`${sandbox.apiRoot}/bot${sandbox.token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
      });
      return (await response.json()) as Answer;
    },
    async refusal(method, parameters) {
      const answer = await tried.call(method, parameters);
      if (answer.ok || answer.description === undefined) throw new Error(`${method} was not refused`);
      return answer.description;
    },
    async result<T>(method: string, parameters?: object) {
      const answer = await tried.call(method, parameters);
      if (!answer.ok) throw new Error(answer.description);
      return answer.result as T;
    },
    async updates(allowed) {
      const updates = await tried.result<Update[]>('getUpdates', allowed ? { allowed_updates: allowed } : {});
      const newest = updates.at(-1);
      if (newest) await tried.result('getUpdates', { offset: newest.update_id + 1 });
      return updates;
    },
    last(chatId) {
      const shown = sandbox.messages(chatId).at(-1);
      if (!shown) throw new Error('the chat is empty');
      return shown.message;
    },
  };
  if (options.started !== false) {
    tried.act({ type: 'start-bot', as: ivan });
    await tried.updates();
  }
  return tried;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
