/** @import { Sms, TownAccount } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { fullName } from './chat-entries.js';
import { byId, h, icon, keep } from './dom.js';
import { hashOf } from './page.js';
import { readSms } from './reading.js';
import { moneyOf, phoneOf, stampOf } from './words.js';

/** @param {string} phone */
const tail = (phone) => phone.replace(/\D/g, '').slice(-10);

/** @param {Page} page @param {Sms} sms the person of the page whose phone got it */
const ownerOf = (page, sms) => [...page.state.people.values()].find((person) => tail(person.phone) === tail(sms.phone));

/** @param {string} text @returns {string | undefined} the code in an SMS */
const codeIn = (text) => /(?<!\d)\d{4,8}(?!\d)/.exec(text)?.[0];

/**
 * Puts words into the input of the chat: of the person who got an SMS, else of the chat that is open.
 * @param {Page} page
 * @param {string} text
 * @param {number} [personId]
 */
function insert(page, text, personId) {
  const place = page.place();
  const isOthers = personId !== undefined && place?.chatId !== personId;
  page.go(hashOf(isOthers || !place ? { chatId: personId ?? place?.chatId ?? 0, threadId: 0 } : place));
  page.composer.insert(text);
}

/**
 * @param {Page} page
 * @param {Sms} sms
 * @returns {HTMLElement}
 */
function drawSms(page, sms) {
  const owner = ownerOf(page, sms);
  const code = codeIn(sms.text);
  return h(
    'article',
    { class: 'sms', 'data-phone': sms.phone },
    h(
      'header',
      {},
      h('strong', {}, owner ? fullName(owner) : phoneOf(sms.phone)),
      h('small', {}, stampOf(Date.parse(sms.sentAt) / 1000, page.nowSeconds())),
    ),
    owner ? h('small', {}, phoneOf(sms.phone)) : h('small', {}, 'такого телефона на странице нет'),
    h('p', {}, sms.text),
    code === undefined
      ? null
      : h(
          'button',
          { type: 'button', class: 'chip', 'data-code': code, onclick: () => insert(page, code, owner?.id) },
          `Вставить код ${code}`,
        ),
  );
}

/**
 * @param {Page} page
 * @param {TownAccount} account
 */
function drawAccount(page, account) {
  /** @param {string} label @param {string} text what is typed @param {string} shown */
  const chip = (label, text, shown) =>
    h(
      'div',
      { class: 'fact' },
      h('span', {}, label),
      h(
        'button',
        { type: 'button', class: 'chip', title: 'Вставить в сообщение', 'data-insert': text, onclick: () => insert(page, text) },
        shown,
      ),
    );
  const kopecks = account.lastPaymentsKopecks;
  const month = account.lastPaymentsPeriod ? ` за ${monthOf(account.lastPaymentsPeriod)}` : '';
  return h(
    'article',
    { class: 'account', 'data-account': account.accountNumber },
    h('strong', {}, account.address),
    h('p', { class: 'account-note' }, account.note),
    chip('Лицевой счёт', account.accountNumber, account.accountNumber),
    kopecks === undefined
      ? h('div', { class: 'fact' }, h('span', {}, 'Платежей не было'))
      : chip(`Платежи${month}`, (kopecks / 100).toFixed(2).replace('.', ','), moneyOf(kopecks, 'RUB')),
    h(
      'button',
      { type: 'button', class: 'link', 'data-link': account.accountNumber, onclick: () => void openPaperLink(page, account) },
      'Открыть ссылку с квитанции',
    ),
  );
}

/**
 * What happens when somebody points the camera at the QR code on his paper: the bot opens in his own Telegram.
 * @param {Page} page
 * @param {TownAccount} account
 */
async function openPaperLink(page, account) {
  const open = page.state.people.get(page.place()?.chatId ?? 0);
  const person = open ?? [...page.state.people.values()].find(({ role }) => role === 'resident');
  if (!person) return;
  page.go(hashOf({ chatId: person.id, threadId: 0 }));
  await page.act({ type: 'start-bot', as: person.id, payload: `ls-${account.accountNumber}` });
}

/** @param {string} period `2026-10` @returns {string} `октябрь 2026` */
function monthOf(period) {
  const [year, month] = period.split('-').map(Number);
  const words = new Intl.DateTimeFormat('ru', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year ?? 0, (month ?? 1) - 1, 1),
  );
  return words.replace(' г.', '');
}

/**
 * SMS and the town, beside the chat where there is room. Returns its `draw`.
 * @param {Page} page
 * @param {() => 'sms' | 'town'} tabNow
 * @returns {() => void}
 */
export function createSide(page, tabNow) {
  return () => {
    const tab = tabNow();
    for (const name of ['sms', 'town']) {
      byId(`panel-${name}`).hidden = name !== tab;
      byId(`tab-${name}`).setAttribute('aria-selected', String(name === tab));
      byId(`tab-${name}`).tabIndex = name === tab ? 0 : -1;
    }
    byId('side-title').textContent = tab === 'sms' ? 'SMS' : 'Город';
    const list = byId('sms-list');
    byId('sms-none').hidden = page.state.sms.length > 0;
    keep(list, page.state.sms.toReversed(), {
      key: (sms) => String(sms.id),
      signature: (sms) => `${ownerOf(page, sms)?.id ?? ''}${stampOf(Date.parse(sms.sentAt) / 1000, page.nowSeconds())}`,
      make: (sms) => drawSms(page, sms),
    });
    if (tab === 'sms' && !document.hidden && list.getClientRects().length > 0 && readSms(page)) page.redraw();
    const { town } = page.state;
    byId('town-title').textContent = town.title;
    if (town.about !== undefined) byId('town-about').textContent = town.about;
    keep(byId('town-tips'), town.tips, {
      key: ({ title }) => title,
      signature: ({ text }) => text,
      make: ({ title, text }) => h('details', { class: 'tip' }, h('summary', {}, title), h('p', {}, text)),
    });
    keep(byId('town-accounts'), town.accounts, {
      key: (one) => one.accountNumber,
      signature: (one) => JSON.stringify(one),
      make: (one) => drawAccount(page, one),
    });
  };
}

/**
 * An SMS that has just come, over the chat where there is no room for the panel; it goes by itself or when closed.
 * @param {Page} page
 * @param {Sms} sms
 */
export function announceSms(page, sms) {
  const close = () => banner.remove();
  /** @type {HTMLElement} */
  const banner = h(
    'div',
    { class: 'sms-banner' },
    icon('sms'),
    drawSms(page, sms),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Закрыть', onclick: close }, icon('close')),
  );
  banner.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('.chip')) return;
    close();
    if (readSms(page)) page.redraw();
  });
  byId('banners').replaceChildren(banner);
  setTimeout(close, 15_000);
}
