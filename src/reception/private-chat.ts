import { isOfEarlier, mayHoldAnswer } from '../dialogs/kit/edits.ts';
import { doorButtons } from '../dialogs/kit/keyboard.ts';
import { bareLabel, bareWords, labelledBy } from '../dialogs/kit/label.ts';
import { commandIn, type Letter, secretIn, typedWords, withoutAccessTokens, writtenWords } from '../dialogs/kit/letter.ts';
import { dropSecret } from '../dialogs/kit/secrets.ts';
import { isOnlyAccessLink, tokenOfAccessLink, tokenOfAccessLinkIn } from '../domain/access-link.ts';
import { holdsAccountPassword, looksLikeAccountPassword } from '../domain/account-password.ts';
import type { ChapterDoor, ChapterName } from '../domain/doors.ts';
import { accountOfPaperLink } from '../domain/paper-link.ts';
import { INVOICE_START } from '../domain/pay-link.ts';
import { readStaffLink } from '../domain/staff-link.ts';
import type { TextArgs } from '../domain/text-args.ts';
import type { OwnReadings } from '../office/readings/own-readings.ts';
import type { StaffRegistries } from '../office/registries/staff-registries.ts';
import type { Requests } from '../office/requests/requests.ts';
import type { MessagePart, MessageRef } from '../office/staff/message-part.ts';
import type { DialogFlow } from './dialog-flow.ts';
import { CHAPTER_OF_COMMAND, doorOfMonths, menuLookup, sayingLookup } from './menu.ts';
import { callerOf, type Visit } from './visit.ts';

/** What the bot itself asks of the desk of requests. */
export type RequestsOfMessages = Pick<Requests, 'ofMessage' | 'edited' | 'openOnes'>;

/** Whether a file may be a registry. */
export type RegistriesOfMessages = Pick<StaffRegistries, 'fits'>;

/** Where the other photos of an album go, of which one came with readings. */
export type PhotosOfMessages = Pick<OwnReadings, 'addToAlbum'>;

export type PrivateChatParts = {
  flow: DialogFlow;
  requests: RequestsOfMessages;
  registries: RegistriesOfMessages;
  photos: PhotosOfMessages;
  label: (text: string, words?: TextArgs) => string;
};

/** Answers a letter of a person's own chat, whatever the messenger. */
export type PrivateChat = (visit: Visit, letter: Letter) => Promise<void>;

/** The order in which a letter in a private chat meets us: the first that takes it (answers true) is the last to see it. */
export function createPrivateChat({ flow, requests, registries, photos, label }: PrivateChatParts): PrivateChat {
  const menu = menuLookup(label);
  const sayingOf = sayingLookup(label);
  const passOn = label('give-access-pass-on', { link: '', until: new Date(0).toISOString() });
  const order = [doors, wordsForStaff, dialogUnderWay];

  return async (visit, written) => {
    await meet(visit, written);
    await leaveSecret(visit, written);
  };

  async function meet(visit: Visit, written: Letter): Promise<void> {
    const { progress, secretExpected } = visit;
    const asked = secretExpected || (progress?.secret ?? false);
    // What was asked for goes out of the chat whoever is away.
    if (!asked) await flow.dropBehind(visit);
    await forgetSecret(visit, written);
    if (asked) await flow.dropBehind(visit);
    if (visit.behind && isOnItsWay(written)) await visit.voice.say('dialog-behind', {});
    if ((await interruptions(visit, written)) || (await accessLinks(visit, written))) return;
    // What is said beside a one-time link goes on its way, without the link. A secret that was asked for is taken as it is.
    const letter = asForStaff(visit.secretExpected ? written : withoutAccessTokens(written));
    visit.letter = letter;
    for (const takes of order) if (await takes(visit, letter)) return;
    await nothingUnderWay(visit, letter);
  }

  /**
   * Postgres still has it that a secret is awaited, and the dialog does not: what had asked was lost, or the process died before it was noted
   * that it was answered. Whoever pressed something or went elsewhere since is not at that question any more; who asked for help is.
   */
  async function leaveSecret(visit: Visit, letter: Letter): Promise<void> {
    if (visit.ignored || visit.secretExpected || visit.secretAsked || visit.progress?.secret) return;
    // It may be of long ago, and be told where nothing was edited.
    if (letter.kind === 'edit') return;
    if (letter.kind === 'words' && (letter.command?.name ?? commandMeant(letter.words)) === 'help') return;
    // Nothing that was answered fails over it.
    if (!(await flow.isSecretKnownOf(visit).catch(() => false))) return;
    visit.secretExpected = true;
    if (!visit.secretDropped) visit.leftSecret = true;
  }

  /**
   * What may be a secret goes out of the chat before anything else happens; commands and menu words are none.
   *
   * | | a secret was asked for | none was |
   * |---|---|---|
   * | a dialog is under way | deleted; an answer where the dialog knows that it asked | left to the dialog |
   * | none is (it ended, or Redis lost it or its newest state) | deleted | deleted where it holds a code or an account password, and where it may be a password just behind a question for one |
   *
   * An edit of a message that was there before goes only where a dialog that is under way asks for a secret and it looks like one: edits are
   * told where nothing was edited, too.
   */
  async function forgetSecret(visit: Visit, letter: Letter): Promise<void> {
    const { progress, voice } = visit;
    const words = typedWords(letter);
    // The dialog under way knows that it has not asked for one.
    if (letter.kind === 'press' || (progress && !progress.secret && !visit.secretExpected)) return;
    if (isInterruption(letter)) return;
    if (!mayBeOfNow(visit, letter) && !maySlipInto(visit, letter)) return;
    // Asked only where no dialog is there to tell: it may have been lost.
    visit.secretExpected ||= progress?.secret ?? (await flow.expectsSecret(visit));
    const mayBe = () => secretIn(letter) || (visit.afterSecret === true && words !== undefined && isOneLatinWord(words));
    if (!visit.secretExpected && (progress || !mayBe())) return;
    await dropSecret(voice);
    visit.secretDropped = true;
  }

  /** What it brings to staff, where it is for them: a contact in words, whatever messenger they use; nothing of a sticker. */
  function asForStaff(letter: Letter): Letter {
    if (letter.kind === 'press' || !letter.part) return letter;
    const { part } = letter;
    if (part.kind === 'sticker') return { ...letter, part: undefined };
    if (part.kind !== 'contact') return letter;
    return { ...letter, part: { ...part, kind: 'words', words: label('contact-in-words', { contact: part.words }) } };
  }

  /** It leads elsewhere, whatever dialog was under way. */
  function isOnItsWay(letter: Letter): boolean {
    if (letter.kind === 'press') return letter.button?.is === 'door';
    return letter.kind === 'words' && isInterruption(letter);
  }

  /** Commands (`start`, `menu`, `help`, `cancel` and those of chapters) and menu words stand above any dialog. */
  async function interruptions(visit: Visit, letter: Letter): Promise<boolean> {
    if (letter.kind !== 'words') return false;
    const { words, command } = letter;
    const dialog = command ? CHAPTER_OF_COMMAND.get(command.name) : menu(words);
    // «Выйти» once more, where that was asked, is the answer.
    if (dialog === 'sign-out' && command === undefined && visit.progress?.dialog === dialog) return false;
    // «/bill 09.2026» is the same as «квитанция за 09.2026».
    const door = dialog && ((command && doorOfMonths(dialog, command.argument)) || { dialog });
    if (door && (await flow.mayEnter(visit, door.dialog))) {
      if (!(await flow.askUnsent(visit, door))) await flow.enter(visit, door.dialog, door.ref);
      return true;
    }
    if (isCancel(letter)) {
      const { progress } = visit;
      // Where nothing was begun, that is said.
      const says = progress ? (progress.left ?? 'closed-page') : 'nothing-to-cancel';
      await flow.leave(visit, () => flow.sayMenu(visit, says), true);
      return true;
    }
    const asked = command?.name ?? commandMeant(words);
    if (asked === undefined) return false;
    if (MENU_COMMANDS.has(asked)) await obey(visit, asked, command?.argument ?? '');
    // An unknown command is no answer to a question either.
    else await flow.sayBeside(visit, () => visit.voice.say('unknown-command', {}));
    return true;
  }

  /** «Меню» and «Помощь», typed. */
  function commandMeant(words: string): string | undefined {
    return labelledBy(words, MENU_WORDS, ([, button]) => [label(button)])?.[0];
  }

  /** `start`, with the payload of the link that was followed; `menu` and `help`. */
  async function obey(visit: Visit, command: string, payload: string): Promise<void> {
    // Whoever asks for help at a question goes on with it: a password that is typed next is awaited still.
    if (command === 'help' && flow.isMidway(visit)) return flow.sayBeside(visit, () => flow.sayHelp(visit));
    const door = command === 'start' ? await doorOfLink(visit, payload) : undefined;
    if (await flow.askUnsent(visit, door)) return;
    await flow.leave(visit, () => obeyed(visit, command, door));
  }

  /** The chapter that a link opens: an invoice's button, a card of staff's, a relative's one-time link, the code on the paper. */
  async function doorOfLink(visit: Visit, payload: string): Promise<ChapterDoor | undefined> {
    if (payload === INVOICE_START) return { dialog: 'pay' };
    const link = readStaffLink(payload);
    if (link && (await flow.mayEnter(visit, link.dialog))) return { dialog: link.dialog, ref: link.account };
    const token = tokenOfAccessLink(payload);
    if (token !== undefined) return { dialog: 'take-access', ref: token };
    const account = accountOfPaperLink(payload);
    return account === undefined ? undefined : { dialog: 'paper-link', ref: account };
  }

  async function obeyed(visit: Visit, command: string, door: ChapterDoor | undefined): Promise<void> {
    if (command === 'help') return flow.sayHelp(visit);
    if (command !== 'start') return flow.sayHome(visit);
    if (!door) return flow.sayHome(visit, 'welcome');
    if (door.dialog === 'paper-link') await flow.sayMenu(visit, 'welcome-by-link');
    return flow.enter(visit, door.dialog, door.ref);
  }

  /** A resident's one-time link that was passed on or pasted here does what following it does, where nothing else is said, and nothing of it is kept. */
  async function accessLinks(visit: Visit, letter: Letter): Promise<boolean> {
    const token = visit.secretExpected ? undefined : tokenOfAccessLinkIn(writtenWords(letter));
    if (token === undefined || !isOnlyAccessLink(writtenWords(letter), passOn)) return false;
    // An edit of what was dealt with long ago.
    if (!mayBeOfNow(visit, letter)) visit.ignored = true;
    else if (!(await flow.askUnsent(visit, { dialog: 'take-access', ref: token }))) await flow.enter(visit, 'take-access', token);
    return true;
  }

  /** Buttons that open a chapter, anew or in place, under any message of any age. The office checks whose the reference is. */
  async function doors(visit: Visit, letter: Letter): Promise<boolean> {
    const door = letter.kind === 'press' ? letter.button : undefined;
    if (door?.is !== 'door' || !(await flow.mayEnter(visit, door.dialog))) return false;
    await visit.voice.answerPress();
    if (!(await flow.askUnsent(visit, door))) await flow.enter(visit, door.dialog, door.ref);
    return true;
  }

  /** A reply to what staff wrote, and an edit of what they have, go to them whatever is under way. Secrets do not. */
  async function wordsForStaff(visit: Visit, letter: Letter): Promise<boolean> {
    if (letter.kind === 'press' || !letter.part) return false;
    const { part } = letter;
    if (letter.kind !== 'edit' && !part.repliesTo) return false;
    if (visit.secretExpected) return false;
    if (secretIn(letter)) return refusedForStaff(visit, letter.kind === 'edit' ? part.source : part.repliesTo);

    if (letter.kind === 'edit') {
      const revised = await requests.edited(callerOf(visit, 'edited'), part.source, part.words, part);
      if (revised.outcome === 'unknown') return false;
      if (revised.outcome !== 'edited' && revised.first)
        await visit.voice.say('request-edit-not-taken', { why: revised.outcome, until: revised.until ?? 'never' });
      return true;
    }
    if (!part.repliesTo) return false;
    const found = await requests.ofMessage(callerOf(visit, 'of-message'), part.repliesTo);
    if (found.outcome === 'unknown') return false;
    const ref = String(found.number);
    // It is being added to already.
    if (visit.progress?.dialog === 'add-to-request' && visit.progress.ref === ref) return false;
    await flow.aside(visit, 'add-to-request', ref, [part]);
    return true;
  }

  /** What would go to staff and holds a secret goes out of the chat; false where it is none of theirs. */
  async function refusedForStaff(visit: Visit, ref: MessageRef | null): Promise<boolean> {
    const found = ref && (await requests.ofMessage(callerOf(visit, 'of-message'), ref));
    if (found?.outcome !== 'found') return false;
    if (!visit.secretDropped) await dropSecret(visit.voice);
    await visit.voice.say('secret-not-for-staff', {});
    return true;
  }

  async function dialogUnderWay(visit: Visit, letter: Letter): Promise<boolean> {
    const { progress, secretExpected, voice } = visit;
    if (!progress) return false;
    // A question for a secret was put, and the dialog never heard of it: nothing of it becomes an answer to another question.
    const misplaced = secretExpected && !progress.secret && letter.kind !== 'press';
    await (misplaced ? voice.say('problem-maybe-secret', {}) : flow.resume(visit));
    return true;
  }

  async function nothingUnderWay(visit: Visit, letter: Letter): Promise<void> {
    if (!mayBeOfNow(visit, letter)) {
      visit.ignored = true;
      return;
    }
    if (visit.outdated) {
      await visit.voice.answerPress();
      return flow.sayMenu(visit, 'dialog-changed');
    }
    if (visit.behind) {
      await visit.voice.answerPress();
      if (letter.kind === 'press' && visit.voice.powers.changesMessages) await visit.voice.replaceButtons();
      return flow.sayMenu(visit, visit.secretExpected ? 'dialog-lost' : 'dialog-behind');
    }
    if (letter.kind === 'press') {
      // A second tap on what has just been done: the answer stands there already.
      if (letter.button?.is === 'choice' && letter.button.run === visit.over) return visit.voice.answerPress();
      await visit.voice.answerPress('problem-old-button');
      if (letter.button?.is === 'choice' && visit.voice.powers.changesMessages) await visit.voice.replaceButtons();
      return;
    }
    if (visit.secretExpected) return flow.sayMenu(visit, 'dialog-lost');
    if (letter.kind === 'edit') return editedAtRest(visit, letter);
    if (await restOfAlbum(visit, letter)) return;
    const { part } = letter;
    const words = typedWords(letter);
    // A label of a menu that the person has no more: the keyboard is taken away.
    if (menu(words ?? '') !== undefined) return flow.sayMenu(visit, 'not-understood');
    if (holdsPassword(writtenWords(letter))) return flow.sayMenu(visit, 'maybe-account-password');
    if (visit.secretDropped) return flow.sayMenu(visit, 'secret-not-for-staff');
    if (words !== undefined && (await everydayWords(visit, words))) return;
    const mayBeForStaff = secretIn(letter) ? undefined : part;
    if (mayBeForStaff && (await mayBeRegistry(visit, mayBeForStaff)) && (await flow.mayEnter(visit, REGISTRIES.dialog)))
      return flow.enter(visit, REGISTRIES.dialog, '', [mayBeForStaff]);
    // A contact is the answer to a question that is gone, and no word to anybody by itself.
    const saysNothing = !part || letter.kind === 'contact';
    if (saysNothing && (await writesToStaff(visit))) return void visit.voice.say('request-cannot-carry', {});
    if (!part) return flow.sayMenu(visit, 'kind-not-understood');
    if (!mayBeForStaff || saysNothing || !(await flow.mayEnter(visit, 'plain-words')))
      return flow.sayMenu(visit, 'not-understood');
    // Nobody asked for it: what may be a password of his goes to nobody unless he says so.
    if (looksLikePassword(part.words)) return flow.sayMenu(visit, 'maybe-password');
    await flow.enter(visit, 'plain-words', '', [mayBeForStaff]);
  }

  /**
   * An edit while no dialog is under way. One that changes the answer by which a chapter ended changes nothing of what was done, and that is said;
   * of others it is not known whether anything was edited.
   */
  async function editedAtRest(visit: Visit, edit: Extract<Letter, { kind: 'edit' }>): Promise<void> {
    const { answered, voice } = visit;
    if (visit.secretDropped) return void (await voice.say('secret-not-for-staff', {}));
    if (!answered || answered.place !== edit.place || answered.mark === edit.mark) return;
    visit.answered = { ...answered, mark: edit.mark };
    const isReading = answered.dialog === 'readings';
    const correct = doorButtons([{ label: 'button-correct', dialog: 'readings' }], voice.label, voice.powers);
    await voice.say('answer-edited', { readings: isReading ? 'yes' : 'no' }, isReading ? correct : undefined);
  }

  /**
   * The other photos of an album, of which one answered the last question for readings or their photos, are no letters of their own while nothing is
   * written under them: they are kept with the same readings. Where there is no room for them, that is told once.
   */
  async function restOfAlbum(visit: Visit, letter: Letter): Promise<boolean> {
    const { answered, voice } = visit;
    const album = answered?.album;
    if (letter.kind !== 'photo' || !answered || !album || !TAKES_PHOTOS.has(answered.dialog)) return false;
    if (letter.part?.album !== album.id || writtenWords(letter) !== '') return false;
    if (album.first === '') return true;
    const { file, unique } = letter;
    const kept = await photos.addToAlbum(callerOf(visit, 'album'), album.first, { file, unique });
    // Where the first one is kept with no reading, it was told then why not.
    if (kept.outcome === 'added' || kept.outcome === 'gone') return true;
    visit.answered = { ...answered, album: { ...album, first: '' } };
    const until = 'until' in kept ? kept.until : null;
    await voice.say('reading-album-not-kept', { why: kept.outcome, until: until ?? 'never' });
    return true;
  }

  async function mayBeRegistry(visit: Visit, { kind, fileName }: MessagePart): Promise<boolean> {
    return kind === 'document' && (await registries.fits(callerOf(visit, 'registry'), fileName ?? '')).fits;
  }

  /** Words alone that mean a section; greetings, and thanks, unless they are awaited. */
  async function everydayWords(visit: Visit, words: string): Promise<boolean> {
    const section = flow.sectionOf(visit, words) ?? (await flow.sectionOfAccount(visit, words));
    const saying = sayingOf(words);
    if (section !== undefined && (await flow.mayEnter(visit, section.dialog)))
      await flow.enter(visit, section.dialog, section.ref);
    else if (saying === 'menu') await flow.sayHome(visit);
    else if (saying === 'help') await flow.sayHelp(visit);
    // Thanks for an answer put a request to work no second time.
    else if (saying === 'thanks' && !(await openRequests(visit)).some(({ state }) => state !== 'answered'))
      await flow.sayMenu(visit, 'thanks');
    // A greeting alone is no word for staff, who may be awaiting one.
    else if (saying === 'greeting' && (await writesToStaff(visit))) await flow.sayMenu(visit, 'greeting-heard');
    else if (saying === 'greeting') await flow.sayHome(visit, 'welcome');
    else return false;
    return true;
  }

  /** Whether what is said outside of dialogs would go to staff. */
  async function writesToStaff(visit: Visit): Promise<boolean> {
    return (await openRequests(visit)).length > 0;
  }

  async function openRequests(visit: Visit) {
    const known = await requests.openOnes(callerOf(visit, 'open-ones'));
    return known.outcome === 'listed' ? known.open : [];
  }

  function isCancel(letter: Letter): boolean {
    const command = commandIn(letter);
    return command ? command.name === 'cancel' : bareWords(typedWords(letter) ?? '') === bareLabel(label('button-cancel'));
  }

  /** What is known to be no secret; an unknown command may be a slip of somebody's finger. */
  function isInterruption(letter: Letter): boolean {
    const words = typedWords(letter);
    if (words === undefined) return false;
    if (isCancel(letter)) return true;
    const command = commandIn(letter)?.name;
    if (command !== undefined) return MENU_COMMANDS.has(command) || CHAPTER_OF_COMMAND.has(command);
    return menu(words) !== undefined || commandMeant(words) !== undefined;
  }
}

/** An edit may be of a message that was there long before the question, or be told where nothing was edited. */
function mayBeOfNow({ progress }: Visit, letter: Letter): boolean {
  if (letter.kind !== 'edit') return true;
  return progress ? mayHoldAnswer(progress.last, letter) : letter.afterSeconds < DIALOG_SECONDS;
}

/** The secret that a dialog awaits may be edited into what was written long before. */
function maySlipInto({ progress }: Visit, letter: Letter): boolean {
  if (letter.kind !== 'edit' || !progress || !isOfEarlier(progress.last, letter)) return false;
  return secretIn(letter) || isOneLatinWord(writtenWords(letter));
}

/** A dialog that lay idle for longer is lost. */
const DIALOG_SECONDS = 1_800;

const MENU_COMMANDS: ReadonlySet<string> = new Set(['start', 'menu', 'help']);

/** Commands that are obeyed by their words, too. */
const MENU_WORDS = [
  ['menu', 'button-menu'],
  ['help', 'button-help'],
] as const;

/** Chapters that take photos of meters. */
const TAKES_PHOTOS: ReadonlySet<ChapterName> = new Set(['readings', 'reading-photo']);

/** Where a file goes that members of staff send without having pressed «Загрузить реестр». */
const REGISTRIES: ChapterDoor = { dialog: 'staff-registry' };

function holdsPassword(words: string): boolean {
  return looksLikeAccountPassword(words) || holdsAccountPassword(words);
}

/** One word of the signs that passwords are made of. */
function isOneLatinWord(words: string): boolean {
  return /^\s*[\w-]{3,128}\s*$/.test(words);
}

/** A number alone is what staff ask for. */
function looksLikePassword(words: string): boolean {
  return isOneLatinWord(words) && /[A-Za-z]/.test(words);
}
