/** @import { Action, GroupMember, SandboxPerson, ShownChat } from '../protocol.ts' */
/** @import { MenuItem } from './overlays.js' */
/** @import { Page } from './page.js' */
import { fullName } from './chat-entries.js';
import { ask, openMenu } from './overlays.js';
import { hashOf } from './page.js';

/** @typedef {Extract<Action, { type: 'set-member' }>['status']} Status */

/** @param {Pick<GroupMember, 'status'>} member */
export const isInside = ({ status }) => status !== 'left' && status !== 'kicked';

/** @param {Pick<GroupMember, 'status'>} member */
const isAdministrator = ({ status }) => status === 'creator' || status === 'administrator';

/** @type {Record<GroupMember['status'], string>} */
const DUTIES = {
  creator: 'владелец',
  administrator: 'администратор',
  member: 'участник',
  restricted: 'не может писать',
  left: 'не в группе',
  kicked: 'исключён',
};

/**
 * What may be done in a group by the one whose hands the page is, and to it.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {number} threadId
 * @param {number} as
 * @param {Element} anchor where further menus open
 * @returns {MenuItem[]}
 */
export function groupItems(page, chat, threadId, as, anchor) {
  const own = chat.members.find((member) => member.personId === as);
  return [
    ...topicItems(page, chat, threadId, as),
    { label: 'Участники…', choose: () => setTimeout(() => openMembers(page, chat, as, anchor)) },
    { label: 'Бот в группе…', hint: botDuty(chat), choose: () => setTimeout(() => openBot(page, chat, as, anchor)) },
    ...(own && isAdministrator(own)
      ? [
          {
            label: own.isAnonymous ? 'Писать от своего имени' : 'Писать анонимно',
            choose: () => void page.act({ ...setting(chat, as, as), status: 'administrator', isAnonymous: !own.isAnonymous }),
          },
        ]
      : []),
    ...kindItems(page, chat, as),
    { label: 'Новая группа…', choose: () => void askNewGroup(page, as) },
    ...(chat.id === page.state.staffChatId
      ? []
      : [
          {
            label: 'Сделать группой сотрудников',
            hint: 'STAFF_CHAT_ID',
            choose: () => void page.act({ type: 'set-staff-group', chatId: chat.id }),
          },
        ]),
  ];
}

/** @param {ShownChat} chat @param {number} as @param {number} personId */
const setting = (chat, as, personId) => /** @type {const} */ ({ type: 'set-member', as, chatId: chat.id, personId });

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {number} threadId
 * @param {number} as
 * @returns {MenuItem[]}
 */
function topicItems(page, chat, threadId, as) {
  const topic = chat.topics.find((one) => one.threadId === threadId);
  if (!chat.isForum) return [];
  if (!topic) return [{ label: 'Новая тема…', choose: () => void askNewTopic(page, chat.id, as) }];
  /** @param {'close' | 'reopen' | 'delete' | { rename: string }} change */
  const changeTopic = (change) => page.act({ type: 'change-topic', as, chatId: chat.id, threadId, change });
  const rename = async () => {
    const answer = await ask({
      title: 'Название темы',
      fields: [{ name: 'name', label: 'Название', value: topic.name }],
      agree: 'Переименовать',
    });
    if (answer?.['name']) await changeTopic({ rename: answer['name'] });
  };
  const remove = async () => {
    const answer = await ask({
      title: 'Удалить тему?',
      text: 'Уйдут и все её сообщения. Telegram не скажет об этом боту.',
      agree: 'Удалить',
      isDanger: true,
    });
    if (answer) await changeTopic('delete');
  };
  return [
    topic.isClosed
      ? { label: 'Открыть тему снова', choose: () => void changeTopic('reopen') }
      : { label: 'Закрыть тему', choose: () => void changeTopic('close') },
    { label: 'Переименовать тему…', choose: () => void rename() },
    { label: 'Удалить тему…', isDanger: true, choose: () => void remove() },
  ];
}

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {number} as
 * @returns {MenuItem[]}
 */
function kindItems(page, chat, as) {
  if (chat.kind === 'group') {
    return [
      {
        label: 'Сделать супергруппой',
        hint: 'номер сменится',
        choose: () => void page.act({ type: 'upgrade-group', as, chatId: chat.id, to: 'supergroup' }),
      },
    ];
  }
  return [
    {
      label: chat.isForum ? 'Выключить темы' : 'Включить темы',
      choose: () => void page.act({ type: 'set-topics', as, chatId: chat.id, hasTopics: !chat.isForum }),
    },
  ];
}

/** @param {Page} page @param {ShownChat} chat @param {number} as @param {Element} anchor who is in the group, was, or could be */
function openMembers(page, chat, as, anchor) {
  /** @param {SandboxPerson} person */
  const memberOf = (person) => chat.members.find((one) => one.personId === person.id);
  const items = [...page.state.people.values()]
    .filter((person) => person.role === 'staff' || memberOf(person))
    .map((person) => {
      const member = memberOf(person);
      return {
        label: fullName(person),
        hint: DUTIES[member?.status ?? 'left'] + (member?.isAnonymous ? ', анонимно' : ''),
        choose: () => setTimeout(() => openMember(page, chat, as, person, anchor)),
      };
    });
  openMenu(anchor, [...items, { label: 'Новый сотрудник…', choose: () => void askNewColleague(page, chat, as) }], 'Участники');
}

/** @param {Page} page @param {ShownChat} chat @param {number} as @param {SandboxPerson} person @param {Element} anchor */
function openMember(page, chat, as, person, anchor) {
  const member = chat.members.find((one) => one.personId === person.id) ?? { status: 'left' };
  /** @param {string} label @param {Status} status @param {number} [by] @returns {MenuItem} */
  const make = (label, status, by = as) => ({
    label,
    isDanger: status === 'left' || status === 'kicked',
    choose: () => void page.act({ ...setting(chat, by, person.id), status }),
  });
  /** @type {MenuItem[]} */
  const items =
    member.status === 'creator'
      ? []
      : member.status === 'kicked'
        ? [make('Снять запрет и вернуть', 'member')]
        : member.status === 'left'
          ? [make('Войти в группу', 'member', person.id)]
          : [
              ...(member.status === 'administrator'
                ? [make('Снять права администратора', 'member')]
                : [make('Сделать администратором', 'administrator')]),
              member.status === 'restricted' ? make('Разрешить писать', 'member') : make('Запретить писать', 'restricted'),
              make('Выйти из группы', 'left', person.id),
              make('Исключить', 'kicked'),
            ];
  const isShown = isInside(member) && page.viewerOf(chat.id) !== person.id;
  if (isShown) items.unshift({ label: 'Писать от этого имени', choose: () => page.setViewer(chat.id, person.id) });
  items.push({ label: 'Личный чат с ботом', choose: () => page.go(hashOf({ chatId: person.id, threadId: 0 })) });
  openMenu(anchor, items, fullName(person));
}

/** @param {ShownChat} chat */
function botDuty({ bot }) {
  if (!bot) return '';
  return bot.status === 'administrator' && bot.lacks.length > 0 ? 'без прав на темы' : DUTIES[bot.status];
}

/** @param {Page} page @param {ShownChat} chat @param {number} as @param {Element} anchor */
function openBot(page, chat, as, anchor) {
  const { status, lacks } = chat.bot ?? { status: 'left', lacks: [] };
  /** @param {string} label @param {Status} to @param {string[]} [without] @returns {MenuItem} */
  const make = (label, to, without = []) => ({
    label,
    isDanger: to === 'kicked',
    choose: () => void page.act({ ...setting(chat, as, page.state.bot.id), status: to, lacks: without }),
  });
  const isWhole = status === 'administrator' && lacks.length === 0;
  const items = [
    ...(isWhole ? [] : [make(status === 'administrator' ? 'Вернуть права на темы' : 'Сделать администратором', 'administrator')]),
    ...(isWhole && chat.isForum ? [make('Отобрать права на темы', 'administrator', ['can_manage_topics'])] : []),
    ...(status === 'member' ? [] : [make(isInside({ status }) ? 'Снять права администратора' : 'Вернуть участником', 'member')]),
    ...(isInside({ status }) ? [make('Исключить бота', 'kicked')] : []),
  ];
  openMenu(anchor, items, 'Бот в группе');
}

/** @param {Page} page @param {ShownChat} chat @param {number} as */
async function askNewColleague(page, chat, as) {
  const answer = await ask({
    title: 'Новый сотрудник',
    text: 'Появится телефон с Telegram, и его хозяин войдёт в группу. Что оставите пустым, придумает песочница.',
    fields: [
      { name: 'firstName', label: 'Имя', placeholder: 'Нина' },
      { name: 'lastName', label: 'Фамилия', placeholder: 'Расчёты' },
    ],
    agree: 'Добавить',
  });
  if (!answer) return;
  const filled = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== ''));
  const result = await page.act({ type: 'new-person', role: 'staff', ...filled });
  if (result?.personId !== undefined) await page.act({ ...setting(chat, as, result.personId), status: 'member' });
}

/** @param {Page} page @param {number} as */
async function askNewGroup(page, as) {
  const options = [
    { value: 'forum', label: 'С темами' },
    { value: 'supergroup', label: 'Без тем' },
    { value: 'group', label: 'Простая, ещё не супергруппа' },
  ];
  const answer = await ask({
    title: 'Новая группа',
    text: 'В ней будут все сотрудники и бот.',
    fields: [
      { name: 'title', label: 'Название', value: 'Сотрудники' },
      { name: 'kind', label: 'Какая', options },
    ],
    agree: 'Создать',
  });
  if (!answer?.['title']) return;
  const { title, kind } = /** @type {{ title: string, kind: 'group' | 'supergroup' | 'forum' }} */ (answer);
  const result = await page.act({ type: 'new-group', as, title, kind });
  const chatId = result?.chatId;
  if (chatId === undefined) return;
  for (const { id, role } of page.state.people.values())
    if (role === 'staff' && id !== as) await page.act({ type: 'set-member', as, chatId, personId: id, status: 'member' });
  page.go(hashOf({ chatId, threadId: 0 }));
}

/** @param {Page} page @param {number} chatId @param {number} as */
async function askNewTopic(page, chatId, as) {
  const answer = await ask({ title: 'Новая тема', fields: [{ name: 'name', label: 'Название' }], agree: 'Создать' });
  if (!answer?.['name']) return;
  const result = await page.act({ type: 'new-topic', as, chatId, name: answer['name'] });
  if (result?.threadId !== undefined) page.go(hashOf({ chatId, threadId: result.threadId }));
}
