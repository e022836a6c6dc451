import { openTimeLimit, within } from '../adapters/time-limit.ts';
import type { Chapter, Chapters } from '../dialogs/kit/chapter.ts';
import { broughtTo, collectedIn } from '../dialogs/kit/collecting.ts';
import type { Keyboard } from '../dialogs/kit/keyboard.ts';
import { bareLabel } from '../dialogs/kit/label.ts';
import type { Letter } from '../dialogs/kit/letter.ts';
import { takeButtons } from '../dialogs/kit/living-buttons.ts';
import { beginning, type DialogProgress, LEFT } from '../dialogs/kit/progress.ts';
import { runDialog } from '../dialogs/kit/run-dialog.ts';
import type { TextArgs } from '../dialogs/kit/scene.ts';
import type { DialogEnd, DialogTurn } from '../dialogs/kit/turn.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import { accountOptions } from '../dialogs/steps/account-words.ts';
import type { ChapterDoor, ChapterName } from '../domain/doors.ts';
import type { CabinetAccount } from '../office/accounts/links.ts';
import type { NotAdmitted } from '../office/admission.ts';
import type { Caller, MessengerId } from '../office/caller.ts';
import type { Visitor, Who } from '../office/identity/residents.ts';
import type { MessagePart } from '../office/staff/message-part.ts';
import type { StaffRole } from '../office/staff/staff.ts';
import { type MenuKind, menuCommands, menuKeyboard, sectionHeadLookup, sectionLookup } from './menu.ts';
import { callerOf, type Visit } from './visit.ts';

/** What the bot itself asks of the office. */
export type FrontDesk = {
  residents: { visitor(caller: Caller): Promise<Visitor>; who(caller: Caller): Promise<Who> };
  staffMembers: { role(caller: Caller): Promise<StaffRole> };
  links: { list(caller: Caller): Promise<NotAdmitted | { outcome: 'listed'; accounts: CabinetAccount[] }> };
  notices: { welcomeBack(messengerIds: readonly MessengerId[]): Promise<void> };
  awaitedSecrets: {
    expect(caller: Caller): Promise<void>;
    isExpected(caller: Caller): Promise<boolean>;
    isOver(caller: Caller): Promise<void>;
  };
};

/** So long the messenger is asked who is staff. */
const PATIENCE_MS = 2_000;

export type DialogFlow = ReturnType<typeof createDialogFlow>;

/** Sections that are of one account, and are opened by its link. */
const OF_AN_ACCOUNT: ReadonlySet<ChapterName> = new Set([
  'debt',
  'bill',
  'readings',
  'my-readings',
  'pay',
  'history',
  'details',
  'why',
  'chart',
]);

/** «Портовой 5» and «дачу» are of «Портовая 5» and «Дача». */
const withoutEndings = (words: string): string =>
  words.replace(/(?<=\p{L}{3})(?:ая|ой|ую|ое|ый|ий|ого|ом|ей|а|я|у|ю|ы|и|е)(?!\p{L})/gu, '');

function isOfLaterStep({ run, answers }: DialogProgress, letter: Letter | undefined): boolean {
  const button = letter?.kind === 'press' ? letter.button : undefined;
  return button?.is === 'choice' && button.run === run && button.step > answers.length;
}

/** One chapter may lead to another; a circle of them may not hold the chat forever. */
const MOST_CHAPTERS_IN_A_TURN = 5;

/** Opens chapters (each run of one gets a short name from `newRun`), goes on with them, and says the menu where they end. */
export function createDialogFlow<Office extends FrontDesk>(office: Office, chapters: Chapters<Office>, newRun: () => string) {
  let sections: ReturnType<typeof sectionLookup> | undefined;
  let heads: ReturnType<typeof sectionHeadLookup> | undefined;
  const patience = openTimeLimit(PATIENCE_MS);

  async function run(visit: Visit, incoming: Letter | undefined, { again = false } = {}): Promise<void> {
    for (let passed = 0; passed < MOST_CHAPTERS_IN_A_TURN && visit.progress; passed += 1) {
      const { progress } = visit;
      const chapter = known(progress.dialog);
      const { messengerId, name, letterId, turn } = visit;
      const caller = { messengerId, name, letterId, turn };
      const wasSecret = progress.secret || progress.hadSecret;
      const dialogTurn: DialogTurn<Office> = {
        incoming,
        again,
        dropped: visit.secretDropped === true,
        progress,
        voice: isHeard(chapter) ? heard(visit) : visit.voice,
        // Where the person may become another one on the way, each question is asked anew.
        office: chapter.changesMenu ? office : { ...office, residents: { ...office.residents, who: () => whoOf(visit) } },
        caller,
        sectionOf: (words) => sectionOf(visit, words),
        menu: () => menuOfNow(visit, chapter),
        expectSecret: async () => {
          visit.secretAsked = true;
          await office.awaitedSecrets.expect(secretCaller(visit));
        },
      };
      const end = await visit.enter(() => runDialog(chapter.dialog, dialogTurn));
      incoming = undefined;
      again = false;
      if (chapter.changesMenu || chapter.changesAccounts) visit.visitor = undefined;
      noteLast(visit, wasSecret);
      if (end.end === 'asking') return;
      await settle(visit, chapter, end, dialogTurn);
    }
  }

  /** By which an edit of an answer is told from edits of what came before, and from edits that nobody made. */
  function noteLast({ letter, progress, voice }: Visit, wasSecret: boolean): void {
    if (!progress || !letter || letter.kind === 'edit') return;
    progress.last =
      letter.kind === 'press' ? [voice.lastSaid() ?? progress.last?.[0] ?? '', ''] : [letter.place, wasSecret ? '' : letter.mark];
  }

  const secretCaller = ({ messengerId, letterId }: Pick<Visit, 'messengerId' | 'letterId'>): Caller => ({
    messengerId,
    idempotencyKey: `${letterId}:secret`,
  });

  const isHeard = ({ untold, forStaff }: Chapter<Office>): boolean => !untold && !forStaff;

  /** The same voice, of which the last words are kept. */
  function heard(visit: Visit): Voice {
    const { voice } = visit;
    const keep = (text: string, words: TextArgs) => {
      visit.told = { text, words };
      visit.leftQuestion = false;
    };
    return {
      ...voice,
      say: (text, words, markup) => (keep(text, words), voice.say(text, words, markup)),
      show: (text, words, markup, place) => (keep(text, words), voice.show(text, words, markup, place)),
      hand: (paper, text, words, markup) => (keep(text, words), voice.hand(paper, text, words, markup)),
    };
  }

  async function settle(
    visit: Visit,
    chapter: Chapter<Office>,
    end: Exclude<DialogEnd, { end: 'asking' }>,
    { menuSaid = false, concluded = false }: Pick<DialogTurn<Office>, 'menuSaid' | 'concluded'>,
  ): Promise<void> {
    const keyboardTaken = visit.progress?.keyboardTaken ?? false;
    if (concluded) visit.concluded = visit.progress?.run;
    switch (end.end) {
      case 'elsewhere':
        if (chapter.changesMenu && !menuSaid) await offerCommands(visit);
        await tellLeft(visit, end.dialog);
        const unsent = end.byWord && unsentWords(visit, end);
        if (unsent) return begin(visit, 'unsent-words', unsent.ref, { brought: unsent.written });
        const besides = end.dialog === 'request' && unsentBesides(visit);
        if (besides) return begin(visit, 'request', besides.topic, { brought: [...besides.written, ...end.brought] });
        return begin(visit, end.dialog, end.ref, { brought: end.brought, from: visit.progress });
      case 'left':
        noteQuestionLeft(visit);
        visit.progress = undefined;
        return sayMenu(visit, end.says ?? 'closed-page');
      case 'done':
        visit.over = visit.concluded;
        visit.progress = undefined;
        if (chapter.changesMenu && !menuSaid) await offerCommands(visit);
        if (keyboardTaken || (chapter.changesMenu && !menuSaid)) await sayMenu(visit);
        // Whoever has just come in sees at once what matters.
        if (chapter.changesMenu && (await hasHome(visit))) return begin(visit, 'home', '');
    }
  }

  /** The section that a word alone means («долг»). */
  function sectionOf({ voice }: Visit, words: string): ChapterDoor | undefined {
    sections ??= sectionLookup(voice.label);
    return sections(words);
  }

  /** The same with one of the person's own accounts behind it: «долг по Портовой 5», «квитанция за дачу». */
  async function sectionOfAccount(visit: Visit, words: string): Promise<ChapterDoor | undefined> {
    heads ??= sectionHeadLookup(visit.voice.label);
    const { dialog, rest = '' } = heads(words) ?? {};
    const place = rest.replace(/^(?:по|за|на|для)\s+/, '');
    if (!dialog || !OF_AN_ACCOUNT.has(dialog) || !/\p{L}{2}/u.test(place)) return undefined;
    if ((await cabinetOf(visit)) === null) return undefined;
    const listed = await office.links.list(callerOf(visit, 'accounts'));
    const options = listed.outcome === 'listed' ? accountOptions(listed.accounts) : [];
    const stem = withoutEndings(place);
    const [only, second] = options.filter(
      ({ also = [], means }) => also.some((name) => withoutEndings(bareLabel(name)) === stem) || means?.(place) || means?.(stem),
    );
    return only && !second ? { dialog, ref: only.key } : undefined;
  }

  /** `from`: the chapter that leads to it. */
  async function begin(
    visit: Visit,
    dialog: ChapterName,
    ref: string,
    { brought = [], from }: { brought?: readonly MessagePart[]; from?: DialogProgress | undefined } = {},
  ): Promise<void> {
    const { version, changesMenu } = known(dialog);
    const keyboardTaken = visit.progress?.keyboardTaken ?? false;
    // What is brought is the answer of the chapter's first verb.
    const answers = brought.length > 0 ? [[...brought]] : [];
    const as = changesMenu ? null : await cabinetOf(visit);
    const earlier = from ? [from.run, ...from.earlier].slice(0, MOST_CHAPTERS_IN_A_TURN) : [];
    visit.progress = { ...beginning(dialog, version, newRun(), ref, as, earlier), answers, keyboardTaken };
  }

  /** Who the person is: asked once a visit. */
  function visitorOf(visit: Visit): Promise<Visitor> {
    visit.visitor ??= office.residents.visitor(callerOf(visit, 'visitor'));
    return visit.visitor;
  }

  /** The same as a chapter asks for it. */
  async function whoOf(visit: Visit): Promise<Who> {
    const { accounts: _, lastLetter: __, secretAwaited: ___, ...who } = await visitorOf(visit);
    return who;
  }

  /** Whose cabinet is open to the person now; null where none is. */
  async function cabinetOf(visit: Visit): Promise<string | null> {
    const asks = await visitorOf(visit);
    return asks.who === 'resident' && asks.phone === 'confirmed' ? asks.residentId : null;
  }

  function known(dialog: ChapterName): Chapter<Office> {
    const chapter = chapters[dialog];
    if (!chapter) throw new Error(`No chapter is called '${dialog}': add it to dialogs/chapters.ts`);
    return chapter;
  }

  /** The menu with a text of its own, else `menu-guest` or `menu-resident`. */
  async function sayMenu(visit: Visit, text: string | ((kind: MenuKind) => string) = (kind) => `menu-${kind}`): Promise<void> {
    const { who: kind } = await visitorOf(visit);
    const said = typeof text === 'string' ? text : text(kind);
    if (visit.leftQuestion) keepInstead(visit, said);
    await visit.voice.say(said, {}, await menuOf(visit));
  }

  /** What is no longer asked was not told last; what a page has told stands, whatever closes it. */
  function noteQuestionLeft(visit: Visit): void {
    const { progress, told } = visit;
    visit.leftQuestion = progress !== undefined && progress.left !== null && !told?.instead && isHeard(known(progress.dialog));
  }

  function keepInstead(visit: Visit, text: string): void {
    visit.told = { text, words: {}, instead: true };
    visit.leftQuestion = false;
  }

  /** The menu of whoever the person has become by now; the messenger's own list of commands is theirs, too. */
  async function menuOfNow(visit: Visit, { changesMenu }: Pick<Chapter<Office>, 'changesMenu'>): Promise<Keyboard> {
    if (changesMenu) visit.visitor = undefined;
    await offerCommands(visit);
    return menuOf(visit);
  }

  async function offerCommands(visit: Visit): Promise<void> {
    const { voice } = visit;
    const { who } = await visitorOf(visit);
    // A guest's are everybody's.
    if (voice.powers.offersCommands) await voice.offerCommands(who === 'guest' ? undefined : menuCommands(who, voice.label));
  }

  async function menuOf(visit: Visit): Promise<Keyboard> {
    const { who: kind } = await visitorOf(visit);
    return menuKeyboard(kind, await isStaff(visit), visit.voice.label);
  }

  /** Whether there are accounts to be shown on coming in. */
  async function hasHome(visit: Visit): Promise<boolean> {
    const visitor = await visitorOf(visit);
    return (
      chapters.home !== undefined && visitor.who === 'resident' && visitor.phone === 'confirmed' && visitor.accounts.length > 0
    );
  }

  /** Where the messenger does not tell now who is a member, or is slow to, nobody is: a resident's menu does not wait for that. */
  async function isStaff(visit: Visit): Promise<boolean> {
    return (await staffRole(visit)) === 'member';
  }

  async function staffRole(visit: Visit): Promise<'member' | 'none' | 'not-told'> {
    const asks = office.staffMembers.role(callerOf(visit, 'role')).then(
      ({ role }) => (role === 'none' ? 'none' : 'member'),
      () => 'not-told' as const,
    );
    return within(patience, asks, () => 'not-told');
  }

  /** Opens a chapter, and brings it messages; a dialog under way is left. */
  async function enter(visit: Visit, dialog: ChapterName, ref = '', brought: readonly MessagePart[] = []): Promise<void> {
    const left = visit.progress;
    noteSecretLeft(visit);
    await tellLeft(visit, dialog);
    await begin(visit, dialog, ref, { brought });
    await run(visit, undefined);
    if (left) await takeButtons(left, visit.voice);
  }

  /** The keyboard of a phone is fast: the secret that was asked for may be typed after a button of something else. */
  function noteSecretLeft(visit: Visit): void {
    if (visit.progress?.secret && !visit.secretDropped) visit.leftSecret = true;
  }

  /** Whoever goes elsewhere, and not back to the same, is told what of a chapter was not handed on. */
  async function tellLeft(visit: Visit, next?: ChapterName): Promise<void> {
    const { progress, voice } = visit;
    if (!progress?.asked || progress.dialog === next || !known(progress.dialog).tellsLeft) return;
    if (progress.left === null || progress.left === LEFT) return;
    keepInstead(visit, progress.left);
    await voice.say(progress.left, {});
  }

  /** Whoever goes on from the question about what was not sent is asked it again, about the same words. */
  function writtenIn(progress: DialogProgress): readonly MessagePart[] {
    return progress.dialog === 'unsent-words' ? broughtTo(progress) : collectedIn(progress);
  }

  /** What was written for staff and not sent, with what «unsent-words» is to be opened for; undefined: nothing. */
  function unsentWords(
    { progress }: Visit,
    next: { dialog: ChapterName; ref?: string } | undefined,
  ): { ref: string; written: readonly MessagePart[] } | undefined {
    if (!progress || !known(progress.dialog).asksUnsent || !chapters['unsent-words']) return undefined;
    const written = writtenIn(progress);
    if (written.length === 0) return undefined;
    const isAsked = progress.dialog === 'unsent-words';
    const number = progress.dialog === 'add-to-request' ? progress.ref : isAsked ? (progress.ref.split('>')[0] ?? '') : '';
    return { ref: [number, ...(next ? [next.dialog, next.ref ?? ''] : [])].join('>'), written };
  }

  /**
   * What was written and not sent in the dialog under way, beside which a chapter was opened that leads to a new request: both go on in that one,
   * which is asked about before anything is sent. Undefined where it holds nothing; once a visit.
   */
  function unsentBesides(visit: Visit): { topic: string; written: readonly MessagePart[] } | undefined {
    const { besides } = visit;
    visit.besides = undefined;
    if (!besides || !known(besides.dialog).asksUnsent) return undefined;
    const written = writtenIn(besides);
    return written.length === 0 ? undefined : { topic: besides.dialog === 'request' ? besides.ref : '', written };
  }

  /**
   * The dialog under way goes on. One for staff ends where the person is none. One that was begun in a cabinet ends with it: it
   * remembers what only its resident may see, and somebody else may hold the chat by now. Not those that open or close the cabinet
   * themselves: repeated, they answer as before.
   */
  async function goOn(visit: Visit, letter: Letter | undefined, how: { again?: boolean } = {}): Promise<void> {
    if (!visit.progress) return;
    const { as, dialog } = visit.progress;
    const role = known(dialog).forStaff ? await staffRole(visit) : 'member';
    // What was written in it so far is not thrown away over a stumble of the messenger's.
    if (role === 'not-told') {
      await visit.voice.answerPress();
      return void (await visit.voice.say('staff-membership-not-told', {}));
    }
    if (role === 'none') {
      visit.progress = undefined;
      await visit.voice.answerPress();
      return sayMenu(visit, 'not-understood');
    }
    if (as !== null && !known(dialog).changesMenu && as !== (await cabinetOf(visit))) {
      noteQuestionLeft(visit);
      visit.progress = undefined;
      await visit.voice.answerPress();
      return sayMenu(visit, (kind) => (kind === 'guest' ? 'dialog-cabinet-closed' : 'linking-phone-first'));
    }
    await run(visit, letter, how);
  }

  return {
    visitorOf,
    sayMenu,
    /** The menu, and for a resident the cards of the accounts. */
    async sayHome(visit: Visit, greeting?: 'welcome'): Promise<void> {
      const atHome = await hasHome(visit);
      if (greeting === undefined) await sayMenu(visit);
      else await sayMenu(visit, (kind) => `welcome-${kind === 'resident' && !atHome ? 'unlinked' : kind}`);
      if (!atHome) return;
      await begin(visit, 'home', '');
      await run(visit, undefined);
    },
    sectionOf,
    sectionOfAccount,
    async sayHelp(visit: Visit): Promise<void> {
      await sayMenu(visit, 'help');
      if (await isStaff(visit)) await visit.voice.say('help-staff', {});
    },
    /** What is for staff is known to nobody else. */
    mayEnter: async (visit: Visit, dialog: ChapterName): Promise<boolean> =>
      chapters[dialog] !== undefined && (!chapters[dialog].forStaff || (await isStaff(visit))),
    /** Whoever had blocked the bot is here again. */
    welcomeBack: office.notices.welcomeBack,
    /**
     * An older state of the dialog has come back, after a Redis took over that had not got the last writes: a letter was dealt with since, or
     * the button is of a question that it has not put yet. Nothing is understood by such a state: it goes.
     */
    async dropBehind(visit: Visit): Promise<void> {
      const { progress, letter, letterId } = visit;
      if (!progress) return;
      const { lastLetter = null } = progress.letter === null ? {} : await visitorOf(visit);
      visit.noted = lastLetter === letterId;
      const isBehind = lastLetter !== null && !visit.noted && lastLetter !== progress.letter;
      if (!isBehind && !isOfLaterStep(progress, letter)) return;
      noteQuestionLeft(visit);
      visit.progress = undefined;
      visit.behind = true;
    },
    /** Whether a secret was asked for and not yet answered, as far as is known apart from the dialog's state. */
    expectsSecret: (visit: Pick<Visit, 'messengerId' | 'letterId'>) => office.awaitedSecrets.isExpected(secretCaller(visit)),
    /** The same by what was asked in this visit anyway; where that was nothing, and no dialog is there to tell, it is asked for. */
    isSecretKnownOf: async (visit: Visit): Promise<boolean> => {
      if (visit.visitor) return (await visit.visitor).secretAwaited ?? false;
      return visit.turn.state === undefined && (await office.awaitedSecrets.isExpected(secretCaller(visit)));
    },
    secretIsOver: (visit: Pick<Visit, 'messengerId' | 'letterId'>) => office.awaitedSecrets.isOver(secretCaller(visit)),
    versionOf: (dialog: ChapterName) => chapters[dialog]?.version,
    /** Whether something was typed that nobody has got: words for staff, a reading that is asked about. */
    holdsUnsent: (progress: DialogProgress): boolean => {
      const chapter = known(progress.dialog);
      if (chapter.asksUnsent) return writtenIn(progress).length > 0;
      return chapter.tellsLeft === true && progress.left !== null && progress.left !== LEFT;
    },

    enter,

    /**
     * What was written for staff and not sent is not lost silently: whoever goes elsewhere is asked about it first, and goes on then. True where
     * that was asked.
     */
    async askUnsent(visit: Visit, next: { dialog: ChapterName; ref?: string } | undefined): Promise<boolean> {
      const unsent = unsentWords(visit, next);
      if (unsent) await enter(visit, 'unsent-words', unsent.ref, unsent.written);
      return unsent !== undefined;
    },

    /** Whether a question is under way by leaving which something is left undone; a page is none. */
    isMidway: ({ progress }: Visit): boolean => progress !== undefined && progress.left !== null,

    /** Says something that ends no dialog: the question under way is put once more below it. */
    async sayBeside(visit: Visit, says: () => Promise<unknown>): Promise<void> {
      await says();
      if (visit.progress && visit.progress.left !== null) await goOn(visit, undefined, { again: true });
    },

    /** Says a menu in place of the dialog under way; `told`: it says what is lost by that, too. */
    async leave(visit: Visit, says: () => Promise<void>, told = false): Promise<void> {
      const left = visit.progress;
      if (!told) {
        noteSecretLeft(visit);
        await tellLeft(visit);
      }
      noteQuestionLeft(visit);
      visit.progress = undefined;
      await says();
      if (left) await takeButtons(left, visit.voice);
    },

    /** Opens a chapter for one message beside the dialog under way, which goes on after it unless the chapter has a question. */
    async aside(visit: Visit, dialog: ChapterName, ref: string, brought: readonly MessagePart[]): Promise<void> {
      const underWay = visit.progress;
      Object.assign(visit, { progress: undefined, besides: underWay });
      await begin(visit, dialog, ref, { brought });
      await run(visit, undefined);
      if (!visit.progress || !underWay) {
        visit.progress ??= underWay;
        return;
      }
      // The chapter asks, or led to one that does: what was under way is left.
      await tellLeft({ ...visit, progress: underWay }, visit.progress.dialog);
      await takeButtons(underWay, visit.voice);
    },

    /** The letter is for the dialog under way. */
    resume: (visit: Visit) => goOn(visit, visit.letter),
  };
}
