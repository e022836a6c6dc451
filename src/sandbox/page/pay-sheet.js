/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { h } from './dom.js';
import { ask, toast } from './overlays.js';
import { moneyOf } from './words.js';

/** @param {ShownMessage} shown what an invoice's sum is made of, a line each, and the sum */
export function drawPrices({ message: { invoice }, prices = [] }) {
  if (!invoice) return null;
  /** @param {string} label @param {number} amount @param {string} kind */
  const line = (label, amount, kind) =>
    h('div', { class: `price ${kind}` }, h('span', {}, label), h('span', {}, moneyOf(amount, invoice.currency)));
  return h(
    'div',
    { class: 'prices' },
    prices.length > 1 ? prices.map(({ label, amount }) => line(label, amount, 'part')) : null,
    line('Итого', invoice.total_amount, 'sum'),
  );
}

/** What an invoice may ask for besides the money. */
const DETAILS = {
  name: { label: 'Имя' },
  phone_number: { label: 'Телефон для чека', type: 'tel' },
  email: { label: 'Почта для чека', type: 'email' },
};

/**
 * What the person would have typed; the phone is Telegram's.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {import('../protocol.ts').OrderDetail} detail
 */
function valueOf(page, chat, detail) {
  const person = page.state.people.get(page.viewerOf(chat.id));
  if (detail === 'email') return 'zhitel@example.org';
  return (detail === 'phone_number' ? person?.phone : person?.firstName) ?? '';
}

/**
 * «Оплатить» with a card that the bank takes, or with one that it refuses; what came of it is told by the event `payment`.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 */
export async function payInvoice(page, chat, shown) {
  const { invoice } = shown.message;
  if (!invoice) return;
  if (shown.invoice === 'paid') return toast('Этот счёт уже оплачен');
  const answer = await ask({
    title: invoice.title,
    text: h(
      'div',
      { class: 'pay-sheet' },
      h('p', {}, invoice.description),
      drawPrices(shown),
      h('small', {}, 'Деньги ненастоящие: песочница только сообщит боту об оплате.'),
    ),
    fields: [
      ...(shown.asks ?? []).map((detail) => ({ name: detail, ...DETAILS[detail], value: valueOf(page, chat, detail) })),
      {
        name: 'card',
        label: 'Карта',
        options: [
          { value: 'good', label: 'Карта, которую банк примет' },
          { value: 'declined', label: 'Карта, которую банк отклонит' },
        ],
      },
    ],
    agree: `Оплатить ${moneyOf(invoice.total_amount, invoice.currency)}`,
    decline: 'Отказаться',
  });
  if (!answer) return;
  const details = Object.fromEntries((shown.asks ?? []).map((detail) => [detail, answer[detail] ?? '']));
  if (Object.values(details).includes('')) return toast('Заполните всё, что просит счёт');
  await page.act({
    type: 'pay-invoice',
    as: page.viewerOf(chat.id),
    chatId: chat.id,
    messageId: shown.message.message_id,
    ...(shown.asks ? { details } : {}),
    ...(answer['card'] === 'declined' ? { isDeclined: true } : {}),
  });
}
