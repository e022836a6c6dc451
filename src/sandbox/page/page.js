/** @import { Action, ActionResult, ShownMessage } from '../protocol.ts' */
/** @import { State } from './state.js' */

/**
 * Where the reader is: a chat, and in a forum a topic of it (0 is «General»).
 * @typedef {{ chatId: number, threadId: number }} Place
 */

/**
 * What every part of the page may ask of the others.
 * @typedef {object} Page
 * @property {State} state
 * @property {() => Place | undefined} place the open chat
 * @property {(chatId: number) => number} viewerOf whose eyes and hands the page is in this chat
 * @property {(chatId: number, personId: number) => void} setViewer
 * @property {(action: Action) => Promise<ActionResult | undefined>} act undefined when it may not be done, after the reason was shown
 * @property {(hash: string) => void} go
 * @property {() => void} redraw soon, once
 * @property {() => number} nowSeconds by the sandbox's clock
 * @property {{ insert: (text: string) => void, replyTo: (shown: ShownMessage) => void, edit: (shown: ShownMessage) => void, focus: () => void }} composer
 */

/** @param {Place} place @returns {string} */
export const hashOf = ({ chatId, threadId }) => (threadId === 0 ? `#/chat/${chatId}` : `#/chat/${chatId}/${threadId}`);

/**
 * @param {string} hash
 * @returns {{ pane: 'list' | 'chat' | 'sms' | 'town', place?: Place }}
 */
export function routeOf(hash) {
  const chat = /^#\/chat\/(-?\d+)(?:\/(\d+))?$/.exec(hash);
  if (chat) return { pane: 'chat', place: { chatId: Number(chat[1]), threadId: Number(chat[2] ?? 0) } };
  if (hash === '#/sms') return { pane: 'sms' };
  if (hash === '#/town') return { pane: 'town' };
  return { pane: 'list' };
}
