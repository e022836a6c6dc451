/** @import { Action, ActionAnswer, TownAction, TownAnswer, ActionResult, OlderMessages, SandboxEvent, Snapshot, UploadAnswer } from '../protocol.ts' */

const API = '/sandbox/api';

/** The program did not answer: it is being restarted or was stopped. */
const SILENCE = 'Программа не отвечает. Проверьте, что она запущена, и повторите.';

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
async function ask(path, init) {
  try {
    return await fetch(`${API}${path}`, init);
  } catch {
    throw new Error(SILENCE);
  }
}

/** @param {Response} response @returns {Promise<unknown>} its JSON; throws its own words when it is something else */
async function answerOf(response) {
  if (response.headers.get('content-type')?.startsWith('application/json')) return response.json();
  throw new Error(`Песочница отказала: ${await response.text()}`);
}

/** @returns {Promise<Snapshot>} throws when the program is away */
async function fetchSnapshot() {
  const response = await ask('/state');
  if (!response.ok) throw new Error(SILENCE);
  return /** @type {Promise<Snapshot>} */ (response.json());
}

/**
 * Does what a person does; throws an error with the sandbox's own words when it may not be done.
 * @param {Action} action
 * @returns {Promise<ActionResult>}
 */
export async function act(action) {
  const answer = /** @type {ActionAnswer} */ (await answerOf(await post('/act', action)));
  if (!answer.ok) throw new Error(answer.description);
  return answer.result;
}

/**
 * Lets something happen in the town; throws an error with the sandbox's own words when it cannot.
 * @param {TownAction} action
 * @returns {Promise<string>} a sentence on what came of it
 */
export async function actInTown(action) {
  const answer = /** @type {TownAnswer} */ (await answerOf(await post('/town', action)));
  if (!answer.ok) throw new Error(answer.description);
  return answer.result.told;
}

/** @param {string} path @param {object} body */
const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/**
 * @param {Blob} blob
 * @param {string} name
 * @returns {Promise<string>} the file's id, for an action
 */
export async function upload(blob, name) {
  const response = await ask(`/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': blob.type || 'application/octet-stream' },
    body: blob,
  });
  const answer = /** @type {UploadAnswer} */ (await answerOf(response));
  if (!answer.ok) throw new Error(answer.description);
  return answer.result.fileId;
}

/**
 * @param {number} chatId
 * @param {number} beforeMessageId
 * @param {number | undefined} threadId
 * @returns {Promise<OlderMessages>}
 */
export async function fetchOlder(chatId, beforeMessageId, threadId) {
  const thread = threadId === undefined ? '' : `&thread=${threadId}`;
  const response = await ask(`/messages?chat=${chatId}&before=${beforeMessageId}${thread}`);
  if (!response.ok) throw new Error(SILENCE);
  return /** @type {Promise<OlderMessages>} */ (response.json());
}

/** @param {string} fileId @returns {string} */
export const fileUrl = (fileId) => `${API}/files/${encodeURIComponent(fileId)}`;

/** @param {string} fileId @returns {string} */
export const downloadUrl = (fileId) => `${fileUrl(fileId)}?download`;

/** A hidden tab lets go of its stream after this: a browser keeps six connections to one server, over all tabs. */
const HIDDEN_TAB_MS = 20_000;
const RETRY_MS = [300, 700, 1500, 3000];

/**
 * Follows the sandbox for as long as the page lives: a snapshot first, then events from where it ends. After a lost connection the
 * browser resumes by itself; where it gives up, or the sandbox says `reset`, a new snapshot is taken.
 * @param {{ onSnapshot: (snapshot: Snapshot) => void, onEvent: (event: SandboxEvent) => void, onLink: (isOpen: boolean) => void }} listener
 */
export function follow({ onSnapshot, onEvent, onLink }) {
  /** @type {EventSource | undefined} */
  let stream;
  let lastEventId = 0;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const stop = () => {
    stream?.close();
    stream = undefined;
  };

  const listen = () => {
    stop();
    const source = new EventSource(`${API}/events?after=${lastEventId}`);
    stream = source;
    source.addEventListener('open', () => {
      failures = 0;
      onLink(true);
    });
    source.addEventListener('message', (message) => {
      if (message.lastEventId !== '') lastEventId = Number(message.lastEventId);
      const event = /** @type {SandboxEvent} */ (JSON.parse(String(message.data)));
      if (event.type === 'reset') startAnew();
      else onEvent(event);
    });
    source.addEventListener('error', () => {
      onLink(false);
      if (source.readyState === EventSource.CLOSED) startAnew();
    });
  };

  const begin = async () => {
    try {
      const snapshot = await fetchSnapshot();
      failures = 0;
      lastEventId = snapshot.eventId;
      onSnapshot(snapshot);
      listen();
    } catch {
      failures += 1;
      onLink(false);
      startAnew();
    }
  };

  const startAnew = () => {
    stop();
    clearTimeout(timer);
    timer = setTimeout(() => void begin(), failures === 0 ? 0 : RETRY_MS[Math.min(failures, RETRY_MS.length) - 1]);
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let hiddenTimer;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(stop, HIDDEN_TAB_MS);
    else if (!stream) startAnew();
  });
  startAnew();
}
