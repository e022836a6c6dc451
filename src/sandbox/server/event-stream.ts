/** Server-sent events, resumable for as long as the past is in memory. */
import type { ServerResponse } from 'node:http';
import type { SandboxEvent } from '../protocol.ts';

const REMEMBERED = 5000;
const HEARTBEAT_SECONDS = 20;

export type EventStream = {
  /** The id of the newest event. */
  lastId(): number;
  add(event: SandboxEvent): void;
  /** Sends what came after this id, or `reset` when that is not known, then what comes. */
  attach(response: ServerResponse, after: number | undefined): void;
  close(): void;
};

/** Ids go on growing over restarts: they begin with the time of the start. */
export function openEventStream(): EventStream {
  let lastId = Date.now() * 1000;
  const firstId = lastId;
  const past: { id: number; frame: string }[] = [];
  const listening = new Set<ServerResponse>();
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_SECONDS * 1000);
  heartbeat.unref();

  function send(frame: string): void {
    for (const response of listening) response.write(frame);
  }

  return {
    lastId: () => lastId,
    add(event) {
      lastId += 1;
      const frame = frameOf(lastId, event);
      past.push({ id: lastId, frame });
      if (past.length > REMEMBERED) past.splice(0, past.length - REMEMBERED);
      send(frame);
    },
    attach(response, after) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      const oldest = past[0]?.id ?? lastId + 1;
      const isKnown = after !== undefined && after >= Math.max(firstId, oldest - 1) && after <= lastId;
      if (after === undefined) response.write(': from now on\n\n');
      else if (isKnown)
        response.write(
          past
            .filter(({ id }) => id > after)
            .map(({ frame }) => frame)
            .join(''),
        );
      else response.write(frameOf(lastId, { type: 'reset' }));
      listening.add(response);
      response.on('close', () => listening.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      for (const response of listening) response.end();
      listening.clear();
    },
  };
}

const frameOf = (id: number, event: SandboxEvent): string => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
