/** @import { TownAction } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { byId, h, icon, keep } from './dom.js';
import { ask, toast } from './overlays.js';
import { hashOf } from './page.js';
import { actInTown } from './server.js';

/** What is under way, by its name: pressed again, it would be done twice. @type {Set<string>} */
const busy = new Set();

/** @typedef {{ name: string, picture: Parameters<typeof icon>[0], label: string, hint: string, press: () => Promise<void> }} Beginning */

/** @param {Page} page whose phone what happens in the town is looked at: the open one, else that of the first resident */
function phoneOf(page) {
  const open = page.state.people.get(page.place()?.chatId ?? 0);
  return open?.role === 'resident' ? open.id : page.state.demonstration?.personId;
}

/**
 * @param {Page} page
 * @param {TownAction} action
 * @param {string} meanwhile
 */
async function happen(page, action, meanwhile) {
  const personId = phoneOf(page);
  if (personId !== undefined) page.go(hashOf({ chatId: personId, threadId: 0 }));
  toast(meanwhile);
  try {
    toast(await actInTown(action));
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
}

/** @param {Page} page @returns {Beginning[]} nothing where there is no town */
function beginnings(page) {
  const { demonstration, people } = page.state;
  const person = demonstration && people.get(demonstration.personId);
  if (!demonstration || !person) return [];
  return [
    {
      name: 'cabinet',
      picture: 'person',
      label: `Телефон: ${person.firstName}`,
      hint: demonstration.isDone ? 'уже в кабинете, два лицевых счёта' : 'входит в кабинет…',
      press: async () => page.go(hashOf({ chatId: person.id, threadId: 0 })),
    },
    {
      name: 'charges',
      picture: 'paper',
      label: 'Новые начисления',
      hint: 'биллинг пришлёт реестр',
      press: () => happen(page, { type: 'charges' }, 'Биллинг считает начисления…'),
    },
    {
      name: 'payment',
      picture: 'money',
      label: 'Пришёл платёж',
      hint: 'банк пришлёт реестр',
      press: () => {
        const as = phoneOf(page);
        return happen(page, { type: 'payment', ...(as === undefined ? {} : { as }) }, 'Банк передаёт платежи…');
      },
    },
  ];
}

/** All that is here goes, after a question. */
export async function startAnew() {
  const agreed = await ask({
    title: 'Начать заново?',
    text: 'Город построится с первого дня: переписка, обращения, платежи и всё, что вы здесь сделали, исчезнет. Вернуть это нельзя.',
    agree: 'Начать заново',
    isDanger: true,
  });
  if (!agreed) return;
  try {
    toast(await actInTown({ type: 'start-anew' }));
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
}

/** @param {Page} page what to try first, on the first screen of a phone, too */
export function drawBegin(page) {
  const all = beginnings(page);
  byId('begin').hidden = all.length === 0;
  byId('start-anew').hidden = all.length === 0;
  keep(byId('begin-buttons'), all, {
    key: ({ name }) => name,
    signature: ({ name, label, hint }) => JSON.stringify([label, hint, busy.has(name)]),
    make: ({ name, picture, label, hint, press }) => {
      const onclick = async () => {
        if (busy.has(name)) return;
        busy.add(name);
        page.redraw();
        await press();
        busy.delete(name);
        page.redraw();
      };
      return h(
        'button',
        {
          type: 'button',
          class: 'begin-button',
          'data-begin': name,
          'aria-busy': busy.has(name) ? 'true' : undefined,
          onclick: () => void onclick(),
        },
        h('span', { class: 'round', 'aria-hidden': 'true' }, icon(picture)),
        h('span', { class: 'begin-text' }, h('strong', {}, label), h('small', {}, hint)),
      );
    },
  });
}
