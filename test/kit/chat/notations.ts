/**
 * Everything that the player knows beside plain words; `test/dialogs/README.md` explains each, with an example that a test looks for.
 * What stands before somebody's words, or in their place.
 */
export const NOTATIONS = {
  press: /^\[(.*)\]$/,
  pressOldest: /^\(старая кнопка\) \[(.*)\]$/,
  again: /^\(ещё раз\)$/,
  killed: /^\(убит\) /,
  edit: /^\(правка(?: «([^»]*)»)?\) /,
  reply: /^\(ответ на «([^»]*)»\) /,
  anonymous: /^\(анонимно\) /,
  forwarded: /^\(переслала?\) /,
  files: /^\(((?:фото|видео|голосовое|файл(?: «[^»]*»)?)(?:, (?:фото|видео|голосовое|файл(?: «[^»]*»)?))*)\)(?: (.*))?$/,
  sticker: /^\(стикер\)$/,
  ownContact: /^\(свой контакт\)$/,
  othersContact: /^\(чужой контакт\)$/,
  contactOfNobody: /^\(контакт без владельца\)$/,
  forwardedContact: /^\(пересланный контакт\)$/,
  blocksBot: /^\(заблокировала? бота\)$/,
  unblocksBot: /^\(разблокировала? бота\)$/,
  leavesGroup: /^\((?:вышел|вышла) из группы\)$/,
  entersGroup: /^\((?:вошёл|вошел|вошла) в группу\)$/,
  becomesSenior: /^\((?:стал старшим|стала старшей)\)$/,
  closesTopic: /^\(закрыла? тему\)$/,
  opensTopic: /^\(открыла? тему\)$/,
  deletesTopic: /^\(удалила? тему\)$/,
  pays: /^\(оплатил\)$/,
  paysFirst: /^\(оплатил первый счёт\)$/,
  paysOthers: /^\(оплатил чужой счёт\)$/,
  bankRefuses: /^\(банк отказал\)$/,
  charged: /^\(деньги списаны\)$/,
  chargedAgain: /^\(списание повторно\)$/,
  refunded: /^\(деньги вернулись\)$/,
} as const;

/** What stands within words. */
export const CODES = { last: '{код}', wrong: '{код2}' } as const;

/** What happens and nobody says. */
export const NOTES = {
  passed: /^\(прошло (\d+) (с|мин|ч|дн)\)$/,
  news: /^\(новости\)$/,
  announcements: /^\(объявления\)$/,
  watch: /^\(дежурство\)$/,
  upgraded: /^\(группа стала супергруппой\)$/,
  becameForum: /^\(группа стала супергруппой с темами\)$/,
  expelled: /^\(бота удалили из группы\)$/,
  back: /^\(бота вернули в группу\)$/,
} as const;

/** What the bot did, where it is not words: a line of its own, or before the words. */
export const MARKS = {
  textEdited: '(сообщение изменено)',
  captionEdited: '(подпись изменена)',
  fileEdited: '(файл изменен)',
  deleted: '(сообщение удалено)',
  residentCommands: '(команды жителя)',
  guestCommands: '(команды гостя)',
  deletedElsewhere: (words: string) => `(удалено: ${words})`,
  popUp: (words: string) => `(окошко: ${words})`,
  repliesTo: (words: string) => `(в ответ на ${words})`,
  reaction: (sign: string, words: string) => `(${sign} под ${words})`,
  sameFile: '(тот же файл)',
  copy: '(копия)',
  newTopic: (request: string, name: string) => `(новая тема ${request}: «${name}»)`,
  topicRenamed: (request: string, name: string) => `(тема ${request} теперь «${name}»)`,
  topicClosed: (request: string) => `(тема ${request} закрыта)`,
  topicOpened: (request: string) => `(тема ${request} открыта)`,
  paymentAllowed: '(оплата разрешена)',
  paymentNotAllowed: (why: string) => `(оплата не началась: ${why})`,
} as const;

/** What stands for a file, an invoice, a place. */
export const SIGNS = {
  document: '📄',
  photo: '🖼',
  video: '🎬',
  voice: '🎤',
  audio: '🎵',
  sticker: '🙂',
  invoice: '💳',
  venue: '📍',
} as const;
