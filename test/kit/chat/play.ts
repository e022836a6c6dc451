import type { Update } from 'grammy/types';
import type { ChatTurns } from '../../../src/adapters/turns/turns.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { checkoutUpdate, type Invoice, paidUpdate, refundedUpdate } from './invoices.ts';
import { readFiles, readManner, readVoice, type Voice } from './lines.ts';
import { CODES, NOTATIONS, NOTES } from './notations.ts';
import { isOfPeople, type Passage, readTranscript } from './passages.ts';
import { chatAt, type TelegramAction, type Manner, type Person, type Place, updateOf } from './people.ts';
import { type Listener, openScribe, setStage } from './scribe.ts';
import { signOf } from './seen.ts';
import { findWaiting } from './waiting.ts';
import type { World } from './world.ts';

/**
 * Plays the people's lines of a transcript through the real bot and writes down all that comes out; `test/dialogs/README.md` says what a
 * line may be. People are called into being by their first line. `updatesFrom`: where the numbers of updates go on, for a second script in
 * the same world.
 */
export async function play(world: World, script: string, options: { updatesFrom?: number } = {}): Promise<string> {
  const played = await playPassages(world, readTranscript(script).passages, options);
  return played.flatMap(({ lines }) => lines).join('\n');
}

/** The same, a passage a passage. */
export async function playPassages(
  world: World,
  passages: readonly Passage[],
  { updatesFrom = 0 }: { updatesFrom?: number } = {},
): Promise<Passage[]> {
  const stage = openStage(world, updatesFrom);
  const played: Passage[] = [];
  for (const passage of passages) {
    for (const line of passage.lines.map((written) => written.trimEnd())) if (isOfPeople(line)) await stage.perform(line);
    played.push({ ...passage, lines: stage.played.splice(0).map(plainSpaces) });
  }
  return played;
}

/**
 * Where lines are performed one after another, for as long as the world is open; `played` is what has come of them so far. `listener` and
 * `keepsNights`: see `Stage`.
 */
export function openStage(world: World, updatesFrom = 0, listener: Listener = () => undefined, keepsNights = false) {
  const stage = setStage(world, listener, keepsNights);
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

  /** `times`: so often each update comes at the same moment. */
  async function perform(line: string, times = 1): Promise<void> {
    played.push(line);
    const voice = readVoice(line);
    if (!voice) return happen(line);

    const person = personCalled(voice.name);
    const place = await placeOf(voice);
    stage.onStage = person;
    if (place.chat === 'staff' && !left.has(person.id)) world.staff.add(messengerOf(person));
    if (await act(person, place, voice.words)) return;
    const killed = NOTATIONS.killed.test(voice.words);
    const words = voice.words.replace(NOTATIONS.killed, '');
    const made = NOTATIONS.again.test(words) ? lastUpdates.get(voice.name) : toUpdates(person, place, words);
    if (!made) throw new Error(`«${line}»: ${voice.name} has done nothing before`);
    lastUpdates.set(voice.name, made);
    await deliver(made, killed, times);
    // The bot let the payment through: the money goes.
    if (stage.allowed && PAYING.some((pays) => pays.test(words))) {
      const charged = [charge(person)];
      lastUpdates.set(voice.name, charged);
      await deliver(charged, killed, times);
    }
  }

  /** Lines of people who do it at the same moment: all of their updates are under way before the first one is done. */
  async function performTogether(lines: readonly string[]): Promise<void> {
    played.push(...lines);
    const made: Update[] = [];
    for (const line of lines) {
      const voice = readVoice(line);
      if (!voice) throw new Error(`«${line}»: nobody does this`);
      const person = personCalled(voice.name);
      stage.onStage = person;
      const updates = toUpdates(person, await placeOf(voice), voice.words);
      lastUpdates.set(voice.name, updates);
      made.push(...updates);
    }
    await Promise.all(made.map((update) => world.take(structuredClone(update))));
    await deliver([], false);
  }

  async function happen(note: string): Promise<void> {
    const passed = NOTES.passed.exec(note);
    if (passed) {
      world.pass(Number(passed[1]) * { с: 1e3, мин: 6e4, ч: 36e5, дн: 864e5 }[passed[2] as 'с']);
      return writeDown();
    }
    if (NOTES.news.test(note)) {
      await world.office.newsScans.goOn();
      return writeDown();
    }
    if (NOTES.announcements.test(note)) {
      await world.lookAfterAnnouncements();
      return writeDown();
    }
    if (NOTES.watch.test(note)) {
      await world.office.digest.tell();
      await world.office.norms.raise();
      await world.office.payments.tellLate();
      return writeDown();
    }
    const becameForum = NOTES.becameForum.test(note);
    if (becameForum || NOTES.upgraded.test(note)) group.upgrade({ forum: becameForum });
    else group.letBotIn(NOTES.back.test(note));
    return deliver(told(), false);
  }

  /** What Telegram tells the bot of what was done by hand. */
  const told = () => world.telegram.updates().map((update) => ({ ...update, update_id: ++updates }));

  /** What a person does and the bot is not told of, or not by a message. */
  async function act(person: Person, place: Place, words: string): Promise<boolean> {
    const thread = place.chat === 'staff' ? place.thread : undefined;
    const blocks = NOTATIONS.blocksBot.test(words);
    if (blocks || NOTATIONS.unblocksBot.test(words)) {
      world.telegram.stop(person.id, blocks);
      await deliver(told(), false);
    } else if (NOTATIONS.leavesGroup.test(words)) {
      left.add(person.id);
      world.staff.delete(messengerOf(person));
    } else if (NOTATIONS.entersGroup.test(words)) {
      left.delete(person.id);
      world.staff.add(messengerOf(person));
    } else if (NOTATIONS.becomesSenior.test(words)) {
      world.staff.add(messengerOf(person));
      world.seniors.add(messengerOf(person));
    } else if (NOTATIONS.deletesTopic.test(words) && thread !== undefined) group.deleteTopic(thread);
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
  async function deliver(made: readonly Update[], killed: boolean, times = 1): Promise<void> {
    stage.allowed = false;
    for (const update of made) {
      if (killed) await dieOnce(update);
      await Promise.all(Array.from({ length: times }, () => world.take(structuredClone(update))));
      await world.settled();
    }
    const { orders, announcements } = await findWaiting(world.db);
    if (orders) await world.workOffOrders();
    if (announcements) await world.lookAfterAnnouncements();
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
    const lose = world.telegram.beforehand();
    await world.take(structuredClone(update), dying);
    await world.settled();
    // What left is not shown: Telegram never heard it.
    lose();
  }

  function toUpdates(person: Person, place: Place, words: string): Update[] {
    const {
      manner,
      edits,
      repliesTo,
      words: said,
    } = readManner(words.replaceAll(CODES.last, lastCode()).replaceAll(CODES.wrong, wrongCode()));
    const chat = chatAt(place, person).id;
    const thread = place.chat === 'staff' ? place.thread : undefined;
    const answered = repliesTo === undefined ? undefined : seen.find(chat, thread, repliesTo);
    if (repliesTo !== undefined && !answered) throw new Error(`there is no message with «${repliesTo}» to be answered`);
    const how: Manner = { ...manner, ...(answered && { repliesTo: answered }) };
    const make = (action: TelegramAction): Update => {
      const update = updateOf(person, action, newIds(), nowSeconds(), place, how);
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
    const oldest = NOTATIONS.pressOldest.exec(said);
    const label = (oldest ?? NOTATIONS.press.exec(said))?.[1];
    if (label !== undefined) {
      const mine = buttons.filter(
        (button) => button.place === `${chat}/${thread ?? ''}` && plainSpaces(button.label) === plainSpaces(label),
      );
      const button = oldest ? mine[0] : mine.at(-1);
      if (button) return [make({ does: 'press', data: button.data, messageId: button.messageId })];
      return [make({ does: 'say', words: label })];
    }
    const files = readFiles(said);
    if (files) {
      const album = files.files.length > 1 ? { album: `album-${++albums}` } : {};
      return files.files.map((media, i) => make({ does: 'send', media, caption: i === 0 ? files.caption : '', ...album }));
    }
    const payment = paymentUpdate(person, said);
    if (payment) return [payment];
    return [make(actionOf(person, place, said))];
  }

  function actionOf(person: Person, place: Place, said: string): TelegramAction {
    const contact = { does: 'contact' as const, phone: person.phone, userId: person.id, forwarded: false };
    const other = { ...contact, phone: '79990000000' };
    if (NOTATIONS.sticker.test(said)) return { does: 'sticker' };
    if (NOTATIONS.ownContact.test(said)) return contact;
    if (NOTATIONS.othersContact.test(said)) return { ...other, userId: 999 };
    if (NOTATIONS.contactOfNobody.test(said)) return { ...other, userId: undefined };
    if (NOTATIONS.forwardedContact.test(said)) return { ...contact, forwarded: true };
    const closed = NOTATIONS.closesTopic.test(said);
    if ((closed || NOTATIONS.opensTopic.test(said)) && place.chat === 'staff' && place.thread !== undefined) {
      group.setClosed(place.thread, closed);
      return { does: 'topic', closed };
    }
    if (/^\([а-яё]/.test(said)) throw new Error(`«${said}» is no notation: see test/dialogs/README.md`);
    return { does: 'say', words: said };
  }

  function paymentUpdate(person: Person, said: string): Update | undefined {
    const own = invoices.filter((invoice) => invoice.chat === person.id);
    const wanted = [
      [NOTATIONS.pays, own.at(-1)],
      [NOTATIONS.bankRefuses, own.at(-1)],
      [NOTATIONS.paysFirst, own[0]],
      [NOTATIONS.paysOthers, invoices.findLast((invoice) => invoice.chat !== person.id)],
    ] as const;
    const [, invoice] = wanted.find(([notation]) => notation.test(said)) ?? [];
    if (wanted.some(([notation]) => notation.test(said))) {
      if (!invoice) throw new Error(`${person.name} has no such invoice`);
      paying = invoice;
      return checkoutUpdate(person, paying, ++updates);
    }
    if (!paying) return undefined;
    if (NOTATIONS.charged.test(said)) return charge(person);
    if (NOTATIONS.chargedAgain.test(said)) return paidUpdate(person, paying, chargeNumbers(), newIds(), { date: nowSeconds() });
    return NOTATIONS.refunded.test(said) ? refundedUpdate(person, paying, chargeNumbers(), newIds(), nowSeconds()) : undefined;
  }

  const newIds = () => ({ update: ++updates, message: world.telegram.nextMessageId() });
  const chargeNumbers = () => ({ telegram: `tg-charge-${charges}`, provider: `2d1f6c00-${String(charges).padStart(4, '0')}` });

  /** The money goes: the next charge there is. */
  function charge(person: Person): Update {
    if (!paying) throw new Error(`${person.name} has paid nothing yet`);
    charges += 1;
    return paidUpdate(person, paying, chargeNumbers(), newIds(), { date: nowSeconds() });
  }

  const lastCode = () => world.sms.at(-1)?.code ?? '000000';
  const wrongCode = () => (lastCode() === '111111' ? '222222' : '111111');

  return { played, people, buttons, perform, performTogether };
}

const messengerOf = ({ id }: Person): MessengerId => `telegram:${id}`;

/** What the money goes after, once the bot lets it through. */
const PAYING = [NOTATIONS.pays, NOTATIONS.paysFirst, NOTATIONS.paysOthers];

/** Longer than an album takes to come together. */
const ALBUM_MS = 3_000;

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:ch ш:sh ы:y э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
