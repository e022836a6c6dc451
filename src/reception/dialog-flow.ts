import type { Chapter, Chapters } from '../dialogs/kit/chapter.ts';
import { type Letter, secretIn } from '../dialogs/kit/letter.ts';
import { takeButtons } from '../dialogs/kit/living-buttons.ts';
import { beginning, type DialogProgress, LEFT } from '../dialogs/kit/progress.ts';
import { runDialog } from '../dialogs/kit/run-dialog.ts';
import type { DialogEnd, DialogTurn } from '../dialogs/kit/turn.ts';
import type { ChapterDoor, ChapterName } from '../domain/doors.ts';
import type { MessagePart } from '../office/staff/message-part.ts';
import { createAwaitedSecret, noteSecretLeft } from './awaited-secret.ts';
import type { LastAnswer } from './chat-at-rest.ts';
import type { FrontDesk } from './front-desk.ts';
import { createDropBehind } from './older-state.ts';
import { createSaidMenu } from './said-menu.ts';
import { createSaidSections } from './said-sections.ts';
import { createToldLast } from './told-last.ts';
import { createUnsent } from './unsent.ts';
import type { Visit } from './visit.ts';
import { createVisitors } from './visitors.ts';

export type DialogFlow = ReturnType<typeof createDialogFlow>;

/** One chapter may lead to another; a circle of them may not hold the chat forever. */
const MOST_CHAPTERS_IN_A_TURN = 5;

/** Opens chapters (each run of one gets a short name from `newRun`), goes on with them, and says the menu where they end. */
export function createDialogFlow<Office extends FrontDesk>(office: Office, chapters: Chapters<Office>, newRun: () => string) {
  const visitors = createVisitors(office, { homes: chapters.home !== undefined });
  const { visitorOf, whoOf, cabinetOf, hasHome, isStaff, staffRole } = visitors;
  const toldLast = createToldLast(known);
  const { noteQuestionLeft, keepInstead } = toldLast;
  const { sayMenu, sayHelp, menuOfNow, offerCommands } = createSaidMenu(visitors, toldLast);
  const { sectionOf, sectionOfAccount } = createSaidSections(office, visitors);
  const { unsentWords, unsentBesides, holdsUnsent } = createUnsent(known, { asks: chapters['unsent-words'] !== undefined });
  const { expectSecret, expectsSecret, isSecretKnownOf, secretIsOver } = createAwaitedSecret(office);

  async function run(visit: Visit, incoming: Letter | undefined, { again = false } = {}): Promise<void> {
    let answer: LastAnswer | undefined;
    for (let passed = 0; passed < MOST_CHAPTERS_IN_A_TURN && visit.progress; passed += 1) {
      const { progress } = visit;
      const chapter = known(progress.dialog);
      const { messengerId, name, letterId, turn } = visit;
      const caller = { messengerId, name, letterId, turn };
      const wasSecret = progress.secret || progress.hadSecret;
      if (incoming && !wasSecret) answer = answerIn(incoming, progress.dialog);
      const dialogTurn: DialogTurn<Office> = {
        incoming,
        again,
        dropped: visit.secretDropped === true,
        progress,
        voice: toldLast.voiceOf(visit, chapter),
        // Where the person may become another one on the way, each question is asked anew.
        office: chapter.changesMenu ? office : { ...office, residents: { ...office.residents, who: () => whoOf(visit) } },
        caller,
        sectionOf: (words) => sectionOf(visit, words),
        menu: () => menuOfNow(visit, chapter),
        expectSecret: () => expectSecret(visit),
      };
      const end = await visit.enter(() => runDialog(chapter.dialog, dialogTurn));
      if (end.end === 'changed') return dropChanged(visit);
      incoming = undefined;
      again = false;
      if (chapter.changesMenu || chapter.changesAccounts) visit.visitor = undefined;
      noteLast(visit, wasSecret);
      if (end.end === 'asking') return;
      if (end.end === 'elsewhere' && end.byWord) answer = undefined;
      await settle(visit, chapter, end, dialogTurn);
    }
    if (!visit.progress) visit.answered = answer ?? visit.answered;
  }

  /** As where the chapter's version is another one by now. */
  async function dropChanged(visit: Visit): Promise<void> {
    noteQuestionLeft(visit);
    visit.progress = undefined;
    await visit.voice.answerPress();
    await sayMenu(visit, 'dialog-changed');
  }

  /** By which an edit of an answer is told from edits of what came before, and from edits that nobody made. */
  function noteLast({ letter, progress, voice }: Visit, wasSecret: boolean): void {
    if (!progress || !letter || letter.kind === 'edit') return;
    progress.last =
      letter.kind === 'press' ? [voice.lastSaid() ?? progress.last?.[0] ?? '', ''] : [letter.place, wasSecret ? '' : letter.mark];
  }

  /** By which an edit of it, and the rest of its album, are known once the chapter is over. Of what may be a secret not even a checksum is kept. */
  function answerIn(letter: Letter, dialog: ChapterName): LastAnswer | undefined {
    if (letter.kind === 'press' || letter.kind === 'edit' || secretIn(letter)) return undefined;
    const { place, mark, part } = letter;
    const album = letter.kind === 'photo' && part?.album ? { id: part.album, first: letter.unique } : undefined;
    return { dialog, place, mark, album };
  }

  async function settle(
    visit: Visit,
    chapter: Chapter<Office>,
    end: Exclude<DialogEnd, { end: 'asking' | 'changed' }>,
    { menuSaid = false, concluded = false }: Pick<DialogTurn<Office>, 'menuSaid' | 'concluded'>,
  ): Promise<void> {
    const keyboardTaken = visit.progress?.keyboardTaken ?? false;
    if (concluded) visit.concluded = visit.progress?.run;
    switch (end.end) {
      case 'elsewhere':
        if (end.byWord) noteSecretLeft(visit);
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

  function known(dialog: ChapterName): Chapter<Office> {
    const chapter = chapters[dialog];
    if (!chapter) throw new Error(`No chapter is called '${dialog}': add it to dialogs/chapters.ts`);
    return chapter;
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

  /** Whoever goes elsewhere, and not back to the same, is told what of a chapter was not handed on. */
  async function tellLeft(visit: Visit, next?: ChapterName): Promise<void> {
    const { progress, voice } = visit;
    if (!progress?.asked || progress.dialog === next || !known(progress.dialog).tellsLeft) return;
    if (progress.left === null || progress.left === LEFT) return;
    keepInstead(visit, progress.left);
    await voice.say(progress.left, {});
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
    /** The menu, and for a resident the cards of the accounts. Whoever was signed out from elsewhere has the commands of a resident until now. */
    async sayHome(visit: Visit, greeting?: 'welcome'): Promise<void> {
      const atHome = await hasHome(visit);
      if (greeting === undefined) await sayMenu(visit);
      else await sayMenu(visit, (kind) => `welcome-${kind === 'resident' && !atHome ? 'unlinked' : kind}`);
      if ((await visitorOf(visit)).who === 'guest') await offerCommands(visit);
      if (!atHome) return;
      await begin(visit, 'home', '');
      await run(visit, undefined);
    },
    sectionOf,
    sectionOfAccount,
    sayHelp,
    /** What is for staff is known to nobody else. */
    mayEnter: async (visit: Visit, dialog: ChapterName): Promise<boolean> =>
      chapters[dialog] !== undefined && (!chapters[dialog].forStaff || (await isStaff(visit))),
    /** Whoever had blocked the bot is here again. */
    welcomeBack: office.notices.welcomeBack,
    dropBehind: createDropBehind(visitors, toldLast),
    expectsSecret,
    isSecretKnownOf,
    secretIsOver,
    versionOf: (dialog: ChapterName) => chapters[dialog]?.version,
    holdsUnsent,

    enter,

    /**
     * What was written for staff and not sent is not lost silently: whoever goes elsewhere is asked about it first, and goes on then. True where
     * that was asked.
     */
    async askUnsent(visit: Visit, next: ChapterDoor | undefined): Promise<boolean> {
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
