import type { Update } from 'grammy/types';
import type { ChatTurns } from '../../../src/adapters/turns/turns.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { checkoutUpdate, type Invoice, paidUpdate, refundedUpdate } from './invoices.ts';
import { isNote, NOTES, readFiles, readManner, readVoice, type Voice } from './lines.ts';
import { chatAt, type TelegramAction, type Manner, type Person, type Place, updateOf } from './people.ts';
import { openScribe, setStage } from './scribe.ts';
import { signOf } from './seen.ts';
import type { World } from './world.ts';

/**
 * Plays the people's lines of a transcript through the real bot and writes down all that comes out. Lines:
 *
 * - `Иван: слова` says; `Иван: [Кнопка]` presses the newest button of this label (or says a menu's label);
 * - `Иван: (фото)`, `(стикер)`, `(свой контакт)`, `(чужой контакт)`, `(пересланный контакт)`, `(правка) слова`;
 * - `Иван: (фото, файл «имя.pdf») подпись` sends files, several as an album; `(правка «старое») новое`, `(ответ на «слова») слова`,
 *   `(переслал) слова`; `(заблокировал бота)`, `(разблокировал бота)`;
 * - `Ольга в теме 12: слова` in the topic of request № 12 of the staff group, `Ольга в группе: слова` outside of topics, `Ольга: слова` at
 *   home with the bot, `Ольга в чужой группе: слова`. Whoever speaks in the group is a member of it until `(вышла из группы)`, `(вошла в
 *   группу)` at home makes one, `(стала старшей)` a senior; `(анонимно) слова`, `(закрыла тему)`, `(открыла тему)`, `(удалила тему)`;
 * - `(группа стала супергруппой)`, `(бота удалили из группы)`, `(бота вернули в группу)`: nobody's words;
 * - `Иван: (старая кнопка) [Кнопка]` presses the oldest of this label; `Иван: (ещё раз)` is his last update, delivered again;
 * - `Иван: (убит) слова`: the process dies after the work and before the turn is finished, and the update comes again;
 * - `(прошло 61 с)`, also `мин`, `ч`, `дн`: time passes; `(новости)`: what there is to tell is looked up and told;
 *   `(объявления)`: so is how far announcements have come; `(дежурство)`: what is due at the desk is done: the summary in the
 *   morning, answers that are late;
 * - `Иван: (оплатил)` pays the newest invoice of his chat, `(оплатил первый счёт)` the oldest, `(оплатил чужой счёт)` the newest of others;
 *   `(банк отказал)`: the bot let it through and the bank did not; `(деньги списаны)`: Telegram says so, whatever came before;
 *   `(списание повторно)`: says so again in another update; `(деньги вернулись)`;
 *
 * What comes to the group is `Сотрудники:`, in a topic `Сотрудники в теме 12:`.
 *
 * `📄 имя.pdf` is a file that the bot handed over with the words below it, `🖼` a picture; `(тот же файл)` was not sent up again.
 *
 * `updatesFrom`: where the numbers of updates go on, for a second script in the same world.
 *
 * `{код}` in a line is the code of the last SMS; `{код2}` a wrong one. People are called into being by their first line.
 */
export async function play(world: World, script: string, { updatesFrom = 0 }: { updatesFrom?: number } = {}): Promise<string> {
  const stage = openStage(world, updatesFrom);
  for (const line of peopleLines(script)) await stage.perform(line);
  return stage.played.join('\n');
}

/** The lines that people speak and the notes on what happens; all the rest is the bot's. */
export function peopleLines(script: string): string[] {
  return script
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => readVoice(line) !== undefined || isNote(line));
}

function openStage(world: World, updatesFrom: number) {
  const stage = setStage(world);
  const { played, people, buttons, invoices, seen, topicsOf } = stage;
  const { writeDown, learnTopics } = openScribe(stage);
  const lastUpdates = new Map<string, readonly Update[]>();
  const { group } = world.telegram;
  const left = new Set<number>();
  let updates = updatesFrom;
  let albums = 0;
  /** What was paid last. */
  let paying: Invoice | undefined;
  let charges = 0;

  function personCalled(name: string): Person {
    const known = people.get(name);
    if (known) return known;
    const number = people.size + 1;
    const username = `${Array.from(name.toLowerCase(), (letter) => LATIN[letter] ?? '').join('')}_${number}`;
    const person = { name, id: 700 + number, phone: `7912345678${number === 1 ? 9 : number}`, username };
    people.set(name, person);
    return person;
  }

  async function perform(line: string): Promise<void> {
    played.push(line);
    const voice = readVoice(line);
    if (!voice) return happen(line);

    const person = personCalled(voice.name);
    const place = await placeOf(voice);
    stage.onStage = person;
    if (place.chat === 'staff' && !left.has(person.id)) world.staff.add(messengerOf(person));
    if (await act(person, place, voice.words)) return;
    const killed = voice.words.startsWith('(убит) ');
    const made =
      voice.words === '(ещё раз)' ? lastUpdates.get(voice.name) : toUpdates(person, place, voice.words.replace(/^\(убит\) /, ''));
    if (!made) throw new Error(`«${line}»: ${voice.name} has done nothing before`);
    lastUpdates.set(voice.name, made);
    await deliver(made, killed);
    // The bot let the payment through: the money goes.
    const charged =
      stage.allowed && /^(\(убит\) )?\(оплатил/.test(voice.words) ? toUpdates(person, place, '(деньги списаны)') : undefined;
    if (charged) {
      lastUpdates.set(voice.name, charged);
      await deliver(charged, killed);
    }
  }

  async function happen(note: string): Promise<void> {
    const passed = /^\(прошло (\d+) (с|мин|ч|дн)/.exec(note);
    if (passed) {
      world.pass(Number(passed[1]) * { с: 1e3, мин: 6e4, ч: 36e5, дн: 864e5 }[passed[2] as 'с']);
      return writeDown();
    }
    if (note === NOTES.news) {
      await world.office.newsScans.goOn();
      return writeDown();
    }
    if (note === NOTES.announcements) {
      await world.lookAfterAnnouncements();
      return writeDown();
    }
    if (note === NOTES.watch) {
      await world.office.digest.tell();
      await world.office.norms.raise();
      return writeDown();
    }
    if (note === NOTES.upgraded || note === NOTES.becameForum) {
      const before = group.id();
      const to = before - 1000;
      group.upgrade(to, { forum: note === NOTES.becameForum });
      const message = {
        message_id: world.telegram.nextMessageId(),
        date: nowSeconds(),
        from: { id: 1, is_bot: true, first_name: 'Бот' },
      };
      const moved = { ...message, chat: { id: before, type: 'group' as const, title: 'Сотрудники' }, migrate_to_chat_id: to };
      return deliver([{ update_id: ++updates, message: moved }], false);
    }
    const back = note === NOTES.back;
    group.letBotIn(back);
    const chat = { id: group.id(), type: 'supergroup' as const, title: 'Сотрудники' };
    const bot = { id: 1, is_bot: true as const, first_name: 'Инкомус' };
    const status = (isIn: boolean) => ({ user: bot, status: isIn ? ('member' as const) : ('left' as const) });
    const admin = { id: 650, is_bot: false as const, first_name: 'Администратор' };
    const my_chat_member = {
      chat,
      from: admin,
      date: nowSeconds(),
      old_chat_member: status(!back),
      new_chat_member: status(back),
    };
    return deliver([{ update_id: ++updates, my_chat_member }], false);
  }

  /** What a person does and the bot is not told of, or not by a message. */
  async function act(person: Person, place: Place, words: string): Promise<boolean> {
    const thread = place.chat === 'staff' ? place.thread : undefined;
    const done = words.replace(/^\((.*)\)$/, '$1');
    if (/^(за|раз)блокировала? бота$/.test(done)) {
      const blocks = done.startsWith('за');
      if (blocks) world.telegram.blocked.add(person.id);
      else world.telegram.blocked.delete(person.id);
      const status = (out: boolean) => ({
        user: { id: 1, is_bot: true as const, first_name: 'Инкомус' },
        ...(out ? { status: 'kicked' as const, until_date: 0 } : { status: 'member' as const }),
      });
      const from = { id: person.id, is_bot: false as const, first_name: person.name };
      const chat = { id: person.id, type: 'private' as const, first_name: person.name };
      const my_chat_member = {
        chat,
        from,
        date: nowSeconds(),
        old_chat_member: status(!blocks),
        new_chat_member: status(blocks),
      };
      await deliver([{ update_id: ++updates, my_chat_member }], false);
    } else if (/^вышла? из группы$/.test(done) || done === 'вышел из группы') {
      left.add(person.id);
      world.staff.delete(messengerOf(person));
    } else if (/^(вошла|вошел|вошёл) в группу$/.test(done)) {
      left.delete(person.id);
      world.staff.add(messengerOf(person));
    } else if (/^стала? старш(ей|им)$/.test(done)) {
      world.staff.add(messengerOf(person));
      world.seniors.add(messengerOf(person));
    } else if (/^удалила? тему$/.test(done) && thread !== undefined) group.deleteTopic(thread);
    else return false;
    return true;
  }

  async function placeOf({ where }: Voice): Promise<Place> {
    if (where === 'private' || where === 'foreign') return { chat: where };
    const there = { chat: 'staff' as const, id: group.id(), forum: group.isForum() };
    if (where === 'group') return there;
    await learnTopics();
    const [thread] = [...topicsOf].findLast(([, number]) => number === where.request) ?? [];
    if (thread === undefined) throw new Error(`request № ${where.request} has no topic`);
    return { ...there, thread };
  }

  const nowSeconds = () => Math.floor(world.clock().getTime() / 1000);

  /** Several at once are an album. */
  async function deliver(made: readonly Update[], killed: boolean): Promise<void> {
    stage.allowed = false;
    for (const update of made) {
      if (killed) await dieOnce(update);
      await world.take(structuredClone(update));
      await world.settled();
    }
    await world.workOffOrders();
    await world.lookAfterAnnouncements();
    if (made.length > 1) world.pass(ALBUM_MS);
    await writeDown();
  }

  /** All effects are there, nothing has left the process, the turn is not finished. */
  async function dieOnce(update: Update): Promise<void> {
    const dying = (turns: ChatTurns): ChatTurns => ({
      ...turns,
      async take(chat, id) {
        const turn = await turns.take(chat, id);
        return turn === 'repeat'
          ? turn
          : { ...turn, state: turn.state, secretExpected: turn.secretExpected, lost: turn.lost, finish: turn.abandon };
      },
    });
    await world.take(structuredClone(update), dying);
    await world.settled();
    // What left is not shown: Telegram never heard it.
    world.telegram.lose();
  }

  function toUpdates(person: Person, place: Place, words: string): Update[] {
    const {
      manner,
      edits,
      repliesTo,
      words: said,
    } = readManner(words.replaceAll('{код}', lastCode()).replaceAll('{код2}', wrongCode()));
    const chat = chatAt(place, person).id;
    const thread = place.chat === 'staff' ? place.thread : undefined;
    const answered = repliesTo === undefined ? undefined : seen.find(chat, thread, repliesTo);
    if (repliesTo !== undefined && !answered) throw new Error(`there is no message with «${repliesTo}» to be answered`);
    const how: Manner = { ...manner, ...(answered && { repliesTo: answered }) };
    const make = (action: TelegramAction): Update => {
      const ids = { update: ++updates, message: world.telegram.nextMessageId() };
      const update = updateOf(person, action, ids, nowSeconds(), place, how);
      const message = update.message ?? update.edited_message;
      if (message) seen.add(message);
      return update;
    };
    if (edits) {
      const last = seen.own(person.id, chat, edits.of);
      // What was shared or taken out of the chat cannot be edited: a message of its own then.
      const of =
        last && (last.text !== undefined || signOf(last)) && !world.telegram.isDeleted(chat, last.message_id) ? last : undefined;
      if (edits.of !== undefined && !of) throw new Error(`${person.name} has said nothing with «${edits.of}»`);
      return [make({ does: 'edit', words: said, ...(of && { of }) })];
    }
    const pressed = /^(\(старая кнопка\) )?\[(.*)\]$/.exec(said);
    if (pressed) {
      const mine = buttons.filter((button) => button.place === `${chat}/${thread ?? ''}` && button.label === pressed[2]);
      const button = pressed[1] ? mine[0] : mine.at(-1);
      if (button) return [make({ does: 'press', data: button.data, messageId: button.messageId })];
      return [make({ does: 'say', words: pressed[2] ?? '' })];
    }
    const files = readFiles(said);
    if (files) {
      const album = files.files.length > 1 ? { album: `album-${++albums}` } : {};
      return files.files.map((media, i) => make({ does: 'send', media, caption: i === 0 ? files.caption : '', ...album }));
    }
    const payment = paymentUpdate(person, said);
    if (payment) return [payment];
    return [make(deedOf(person, place, said))];
  }

  function deedOf(person: Person, place: Place, said: string): TelegramAction {
    const other = '79990000000';
    if (said === '(стикер)') return { does: 'sticker' };
    if (said === '(свой контакт)') return { does: 'contact', phone: person.phone, userId: person.id, forwarded: false };
    if (said === '(чужой контакт)') return { does: 'contact', phone: other, userId: 999, forwarded: false };
    if (said === '(контакт без владельца)') return { does: 'contact', phone: other, userId: undefined, forwarded: false };
    if (said === '(пересланный контакт)') return { does: 'contact', phone: person.phone, userId: person.id, forwarded: true };
    const topic = /^\((закр|откр)ыла? тему\)$/.exec(said)?.[1];
    if (topic && place.chat === 'staff' && place.thread !== undefined) {
      group.setClosed(place.thread, topic === 'закр');
      return { does: 'topic', closed: topic === 'закр' };
    }
    return { does: 'say', words: said };
  }

  function paymentUpdate(person: Person, said: string): Update | undefined {
    const ids = () => ({ update: ++updates, message: world.telegram.nextMessageId() });
    const date = nowSeconds();
    const own = invoices.filter((invoice) => invoice.chat === person.id);
    const wanted = new Map([
      ['(оплатил)', own.at(-1)],
      ['(банк отказал)', own.at(-1)],
      ['(оплатил первый счёт)', own[0]],
      ['(оплатил чужой счёт)', invoices.findLast((invoice) => invoice.chat !== person.id)],
    ]);
    if (wanted.has(said)) {
      paying = wanted.get(said);
      if (!paying) throw new Error(`${person.name} has no such invoice`);
      return checkoutUpdate(person, paying, ++updates);
    }
    const charge = () => ({ telegram: `tg-charge-${charges}`, provider: `2d1f6c00-${String(charges).padStart(4, '0')}` });
    if (!paying) return undefined;
    if (said === '(деньги списаны)') charges += 1;
    if (said === '(деньги списаны)' || said === '(списание повторно)')
      return paidUpdate(person, paying, charge(), ids(), { date });
    return said === '(деньги вернулись)' ? refundedUpdate(person, paying, charge(), ids(), date) : undefined;
  }

  const lastCode = () => world.sms.at(-1)?.code ?? '000000';
  const wrongCode = () => (lastCode() === '111111' ? '222222' : '111111');

  return { played, perform };
}

const messengerOf = ({ id }: Person): MessengerId => `telegram:${id}`;

/** Longer than an album takes to come together. */
const ALBUM_MS = 3_000;

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:ch ш:sh ы:y э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
