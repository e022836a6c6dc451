/** `/sandbox/api/…`: what the page asks and does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { UPLOAD_LIMIT_BYTES } from '../bot-api/media.ts';
import { olderMessages, shownBot, snapshot } from '../bot-api/shown.ts';
import type { Couriers } from '../bot-api/updates/couriers.ts';
import type { World } from '../bot-api/world.ts';
import { type Act, ActRefusal } from '../people/act.ts';
import type { ActInTown } from '../demonstration/town-acts.ts';
import type { Action, TownAction } from '../protocol.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { fileMime } from './mime.ts';
import { readBody } from './parameters.ts';
import { respondWithFile, sendJson } from './send.ts';

export type PageApi = {
  /** `path` is what follows `/sandbox/api/`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void>;
  close(): void;
};

const LOOKS_SECONDS = 2;

export function openPageApi(world: World, couriers: Couriers, act: Act, actInTown: ActInTown): PageApi {
  const stream: EventStream = openEventStream();
  world.onEvent((event) => stream.add(event));
  const stopWatching = watchBot(world, couriers);

  return {
    async handle(request, response, path, query) {
      const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${path}`;
      if (route === 'GET state') return sendJson(response, 200, snapshot(world, stream.lastId(), couriers.isListening()));
      if (route === 'GET events') return stream.attach(response, seenId(request, query));
      if (route === 'GET messages') {
        const chat = world.state.chats.get(Number(query.get('chat')));
        if (!chat) return refuse(response, 404, 'Такого чата нет');
        const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
        const thread = query.get('thread');
        return sendJson(response, 200, olderMessages(chat, before, thread === null ? undefined : Number(thread)));
      }
      if (route === 'POST act') return handle(request, response, (action) => act(action as Action));
      if (route === 'POST town')
        return handle(request, response, async (action) => ({ told: await actInTown(action as TownAction) }));
      if (route === 'POST files') return handleUpload(request, response, query.get('name') ?? 'file');
      const file = route.startsWith('GET files/')
        ? world.state.files.get(decodeURIComponent(path.slice('files/'.length)))
        : undefined;
      if (file) return respondWithFile(request, response, world.files, file, query.has('download'));
      return refuse(response, 404, 'Здесь ничего нет');
    },
    close() {
      stopWatching();
      stream.close();
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse, work: (action: object) => unknown): Promise<void> {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return refuse(response, 415, 'Нужен application/json');
    const action = parsed((await readBody(request)).toString('utf8'));
    if (typeof action !== 'object' || action === null) return refuse(response, 400, 'Это не JSON');
    try {
      sendJson(response, 200, { ok: true, result: await work(action) });
    } catch (error) {
      if (!(error instanceof ActRefusal)) throw error;
      refuse(response, 400, error.message);
    }
  }

  async function handleUpload(request: IncomingMessage, response: ServerResponse, givenName: string): Promise<void> {
    const name = givenName.split(/[\\/]/).at(-1) || 'file';
    const bytes = await readBody(request, UPLOAD_LIMIT_BYTES);
    if (bytes.length === 0) return refuse(response, 400, 'Файл пуст');
    const upload = await world.files.upload(bytes, name, fileMime(name, request.headers['content-type']));
    const file = await world.files.keep(upload, 'document', world.state.lastFileNumber + 1);
    world.put({ fact: 'file', file });
    sendJson(response, 200, { ok: true, result: { fileId: file.fileId, size: file.size } });
  }
}

const refuse = (response: ServerResponse, status: number, description: string): void =>
  sendJson(response, status, { ok: false, description });

function seenId(request: IncomingMessage, query: URLSearchParams): number | undefined {
  const given = request.headers['last-event-id'] ?? query.get('after');
  const id = Number(given ?? Number.NaN);
  return Number.isFinite(id) ? id : undefined;
}

/** Tells the page when the bot comes, goes or calls itself otherwise. */
function watchBot(world: World, couriers: Couriers): () => void {
  const look = (): string => JSON.stringify([shownBot(world.state), couriers.isListening()]);
  let known = look();
  const timer = setInterval(() => {
    const seen = look();
    if (seen === known) return;
    known = seen;
    world.publish({ type: 'bot', bot: shownBot(world.state), botIsListening: couriers.isListening() });
  }, LOOKS_SECONDS * 1000);
  timer.unref();
  return () => clearInterval(timer);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
