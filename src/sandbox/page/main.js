/** @import { SandboxEvent, ShownMessage, Snapshot } from '../protocol.ts' */
/** @import { Page, Place } from './page.js' */
import { senderOf } from './bubble.js';
import { drawBegin, startAnew } from './begin.js';
import { createChat } from './chat.js';
import { openChatMenu } from './chat-head.js';
import { askNewResident, drawChatList } from './chat-list.js';
import { createClock } from './clock.js';
import { createComposer } from './composer.js';
import { byId } from './dom.js';
import { alertOf, toast } from './overlays.js';
import { hashOf, routeOf } from './page.js';
import { beginReading, forgetActs, noteAct, noteArrival } from './reading.js';
import { act, follow } from './server.js';
import { summaryOf } from './service.js';
import { announceSms, createSide } from './side.js';
import { fromSnapshot, isOwn, take, threadOf } from './state.js';

/** From here on the panel stands beside the chat; the same figure is in the style sheet. */
const WIDE = matchMedia('(min-width: 1080px)');
const PHONE = matchMedia('(max-width: 720px)');

/** @type {Place | undefined} */
let place = routeOf(location.hash).place;
/** @type {'sms' | 'town'} */
let tab = 'town';
let clockOffsetMs = 0;
let isDrawingSoon = false;
/** The town is built anew: nobody is there meanwhile. */
let isBuilding = false;

/** Whose eyes look at a group, kept in the browser. @param {number} chatId */
const viewerKey = (chatId) => `sandbox-viewer-${chatId}`;

/** @type {Page} */
const page = {
  state: fromSnapshot({
    eventId: 0,
    bot: { id: 0, firstName: '', username: '', description: '', shortDescription: '' },
    botIsListening: true,
    people: [],
    chats: [],
    staffChatId: 0,
    sms: [],
    town: { title: '', tips: [], accounts: [] },
    clock: { now: new Date().toISOString(), movedSeconds: 0 },
    pressedButtons: [],
  }),
  place: () => place,
  viewerOf: (chatId) => {
    const chat = page.state.chats.get(chatId);
    if (chatId > 0 || !chat) return chatId;
    const members = chat.members.filter(
      (member) => !['left', 'kicked'].includes(member.status) && page.state.people.has(member.personId),
    );
    const chosen = Number(localStorage.getItem(viewerKey(chatId)));
    return (members.find((member) => member.personId === chosen) ?? members[0])?.personId ?? 0;
  },
  setViewer: (chatId, personId) => {
    localStorage.setItem(viewerKey(chatId), String(personId));
    page.redraw();
  },
  act: async (action) => {
    try {
      return await act(action);
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  },
  go: (hash) => {
    if (location.hash !== hash) history.pushState(null, '', hash);
    onRoute();
    drawAll();
  },
  redraw: () => {
    if (isDrawingSoon) return;
    isDrawingSoon = true;
    const later = () => {
      isDrawingSoon = false;
      drawAll();
    };
    if (document.hidden) setTimeout(later, 100);
    else requestAnimationFrame(later);
  },
  nowSeconds: () => (Date.now() + clockOffsetMs) / 1000,
  composer: { insert: () => {}, replyTo: () => {}, edit: () => {}, focus: () => {} },
};

const composer = createComposer(page);
page.composer = composer;
const drawChat = createChat(page);
const drawClock = createClock(page);
const drawSide = createSide(page, () => {
  const { pane } = routeOf(location.hash);
  return pane === 'sms' || pane === 'town' ? pane : tab;
});

/** A topic that was deleted or an old group is left for what goes on instead. */
function leaveWhatIsGone() {
  const chat = place && page.state.chats.get(place.chatId);
  if (!place || !chat) return;
  const successor = chat.migratedTo;
  const hasTopic = place.threadId === 0 || (chat.isForum && chat.topics.some((one) => one.threadId === place?.threadId));
  if (successor === undefined && hasTopic) return;
  if (successor !== undefined) localStorage.setItem(viewerKey(successor), String(page.viewerOf(chat.id)));
  place = { chatId: successor ?? chat.id, threadId: 0 };
  if (routeOf(location.hash).pane === 'chat') history.replaceState(null, '', hashOf(place));
}

function drawAll() {
  leaveWhatIsGone();
  const { pane } = routeOf(location.hash);
  document.body.dataset['pane'] =
    pane === 'list' && place && !PHONE.matches ? 'chat' : pane === 'sms' || pane === 'town' ? 'side' : pane;
  composer.draw();
  drawChat();
  drawSide();
  drawClock();
  drawBegin(page);
  drawChatList(page);
}

function onRoute() {
  const route = routeOf(location.hash);
  if (route.place) place = route.place;
  if (route.pane === 'sms' || route.pane === 'town') tab = route.pane;
  page.redraw();
}
addEventListener('hashchange', () => {
  onRoute();
  if (routeOf(location.hash).pane === 'chat' && matchMedia('(pointer: fine)').matches) page.composer.focus();
});
for (const query of [WIDE, PHONE]) query.addEventListener('change', () => page.redraw());
document.addEventListener('visibilitychange', () => page.redraw());

/** @param {Snapshot['clock']} clock */
const setClock = (clock) => (clockOffsetMs = Date.parse(clock.now) - Date.now());

/** @param {Snapshot} snapshot */
function onSnapshot(snapshot) {
  // Another bot: the town was built anew, and what this page remembers is of the old one.
  if (page.state.bot.id !== 0 && page.state.bot.id !== snapshot.bot.id) {
    localStorage.clear();
    history.replaceState(null, '', '#/');
    location.reload();
    return;
  }
  page.state = fromSnapshot(snapshot);
  setClock(snapshot.clock);
  beginReading(page);
  const known = place && (page.state.chats.has(place.chatId) || page.state.people.has(place.chatId));
  if (!known) {
    const resident =
      page.state.people.get(snapshot.demonstration?.personId ?? 0) ??
      snapshot.people.find((person) => person.role === 'resident');
    place = resident && { chatId: resident.id, threadId: 0 };
    if (routeOf(location.hash).pane === 'chat' && place) history.replaceState(null, '', hashOf(place));
  }
  document.body.classList.remove('loading');
  page.redraw();
}

/** @param {SandboxEvent} event */
function onEvent(event) {
  const before =
    event.type === 'button-answered'
      ? page.state.pressedButtons.find((one) => one.callbackQueryId === event.callbackQueryId)
      : undefined;
  take(page.state, event, Date.now());
  if (event.type === 'clock') {
    setClock(event.clock);
    forgetActs();
  }
  if (event.type === 'start-anew') isBuilding = true;
  if (event.type === 'button-pressed') noteAct(event.pressed.chatId, 0);
  if (event.type === 'sms') {
    if (WIDE.matches) tab = 'sms';
    else announceSms(page, event.sms);
    byId('announcer').textContent = `SMS: ${event.sms.text}`;
  }
  if (event.type === 'chat-action') setTimeout(page.redraw, 5100);
  if (
    event.type === 'button-answered' &&
    event.personId === page.viewerOf(place?.chatId ?? 0) &&
    (before === undefined || before.chatId === place?.chatId)
  ) {
    if (event.text !== undefined && event.text !== '')
      void (event.showAlert ? alertOf(event.text, event.callbackQueryId) : toast(event.text));
    if (event.url !== undefined) window.open(event.url, '_blank', 'noopener');
  }
  if (event.type === 'payment' && event.chatId === place?.chatId)
    toast(event.outcome === 'paid' ? 'Оплата прошла' : `Оплата не прошла. ${event.problem ?? ''}`.trim());
  if (event.type === 'message') onMessage(event.chatId, event.shown);
  page.redraw();
}

/** @param {number} chatId @param {ShownMessage} shown */
function onMessage(chatId, shown) {
  const threadId = threadOf(shown);
  const isOpen = chatId === place?.chatId && threadId === place.threadId;
  if (isOwn(page.state.chats.get(chatId), shown, page.viewerOf(chatId))) return noteAct(chatId, threadId);
  noteArrival(chatId, threadId, shown.message.message_id);
  if (isOpen) byId('announcer').textContent = `${senderOf(shown)}: ${summaryOf(shown.message)}`;
}

byId('start-anew').addEventListener('click', () => void startAnew());
byId('new-resident').addEventListener('click', () => void askNewResident(page));
byId('chat-menu').addEventListener('click', (event) => openChatMenu(page, /** @type {Element} */ (event.currentTarget)));
byId('viewer-select').addEventListener('change', (event) => {
  if (place && event.target instanceof HTMLSelectElement) page.setViewer(place.chatId, Number(event.target.value));
});
for (const name of /** @type {const} */ (['sms', 'town'])) {
  byId(`tab-${name}`).addEventListener('click', () => {
    tab = name;
    if (!WIDE.matches) page.go(`#/${name}`);
    page.redraw();
  });
}
byId('tabs').addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const other = byId(tab === 'sms' ? 'tab-town' : 'tab-sms');
  other.click();
  other.focus();
});

// The keyboard of a phone takes its part of the screen: the page keeps to what is left.
const fitScreen = () => {
  const { style } = document.documentElement;
  style.setProperty('--screen', `${visualViewport?.height ?? innerHeight}px`);
  style.setProperty('--screen-top', `${visualViewport?.offsetTop ?? 0}px`);
};
for (const change of ['resize', 'scroll']) visualViewport?.addEventListener(change, fitScreen);
fitScreen();

follow({
  onSnapshot,
  onEvent,
  onLink: (isOpen) => {
    byId('offline').hidden = isOpen;
    byId('offline').textContent = isBuilding ? 'Город строится заново…' : 'Нет связи с программой. Пробую снова…';
    page.state.isLinked = isOpen;
  },
});
