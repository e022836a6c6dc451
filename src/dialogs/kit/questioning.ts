import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Plain } from '../../office/idempotent.ts';
import { lookOf } from '../../domain/button-look.ts';
import { partsSaid, placeSaid } from '../../domain/said-choice.ts';
import { unbroken } from '../../domain/unbroken.ts';
import { checkCall, noteCall } from './calls.ts';
import { cleanWords } from './clean-words.ts';
import { meansAnswer } from './edits.ts';
import { type Buttons, CANCEL, type Keyboard, type Question, questionButtons } from './keyboard.ts';
import { bareWords, labelledBy, looseWords } from './label.ts';
import { choiceOf, type Letter, type MessagePlace } from './letter.ts';
import { openLivingButtons } from './living-buttons.ts';
import { type DialogProgress, LEFT } from './progress.ts';
import type { Option, Phrase, TextArgs } from './scene.ts';
import { isNo, isYes, spokenNames } from './spoken.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';
import { dropSecret, holdsPassword } from './secrets.ts';

/** How a question is put and how its answer is read; undefined: the answer did not fit, and the resident was told why. */
type Asking<A extends Plain> = {
  /** The verb and the text of the question, by which the answer is known again in a replay. */
  call: string;
  put: Put;
  /** How it is put once more where it has taken something already. */
  putOnceMore?: () => Promise<boolean>;
  read: (answer: Letter) => Promise<{ value: A } | undefined>;
  /** Whether an edited message changes what was answered already; where none does, that is explained. */
  takesEdit?: (edit: Extract<Letter, { kind: 'edit' }>) => boolean;
  secret?: boolean;
  /** What goes out of the chat in place of being read, though none was asked for, and what is said then; where nothing else is said, a password to an account. */
  unasked?: { is: (answer: Letter) => boolean; says?: string };
  takesKeyboard?: boolean;
  /** What came before in the chapter: the answer to the same question was wrong. */
  because?: Phrase | undefined;
  /** What is said where the person leaves here, in place of «Отменено»; null: nothing. */
  left?: string | null | undefined;
};

/** Puts a question, with the reason where it is put again (`slip`: it is not answered yet); false when it did not arrive. */
export type Put = (because?: Phrase, slip?: boolean) => Promise<boolean>;

type PressLetter = Extract<Letter, { kind: 'press' }>;

/** Words longer than this are no answer to any question. */
const LONGEST_ANSWER = 1000;
/** No button has a longer label. */
const LONGEST_LABEL = 100;

/** A button that is meant by a part of its label or its place: none after which something is gone, or is taken though it is unusual. */
function unlessGrave<K extends string>(key: K | undefined): K | undefined {
  return key === undefined || lookOf(`button-${key}`).look === 'destroys' || SAID_WHOLE.has(key) ? undefined : key;
}
const SAID_WHOLE: ReadonlySet<string> = new Set(['all-right']);

/** Reasons that do not say what would fit. */
const NAMES_NO_FORM: ReadonlySet<string> = new Set([
  'problem-words-expected',
  'problem-too-long',
  'problem-file-expected',
  'problem-photo-expected',
  'problem-words-or-photo-expected',
  'problem-secret-among-words',
  'problem-edited',
]);

/** A schema's word for it. */
const SECRET_AMONG_WORDS = 'secret-among-words';

function digestOf({ dialog, ref, answers }: DialogProgress): string {
  return createHash('sha256')
    .update(JSON.stringify([dialog, ref, answers], inOneOrder))
    .digest('base64url');
}

/** An outcome that the office repeats has its fields in Postgres's order. */
const inOneOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

export type Questioning = ReturnType<typeof openQuestioning>;

/**
 * What the verbs of a dialog have in common: what was answered before is answered again, the first question without an answer is put and
 * ends the phase (`leave` with «asking»), or takes the letter that came for it.
 */
export function openQuestioning<Office extends object>(turn: DialogTurn<Office>, leave: (end: DialogEnd) => Promise<never>) {
  const { progress, voice, caller } = turn;
  let at = 0;
  /** The letter that is being read, and how its question is put again. */
  let reading: { answer: Letter; put: Put } | undefined;
  const buttons = openLivingButtons(progress, voice);
  /** Where the question stands that a press has answered just now, and what had been said last by then. */
  let answered: { place: MessagePlace; said: MessagePlace | undefined } | undefined;

  /** Whether this call was answered before. @throws {ReplayDiverged} where another one was */
  const done = (call: string) => {
    const isDone = at < progress.answers.length;
    if (isDone) checkCall(progress, at, call);
    return isDone;
  };
  const take = () => progress.answers[at++];
  const skip = () => {
    at += 1;
  };
  function remember<A extends Plain>(answer: A, call: string): A {
    progress.answers.push(answer ?? null);
    noteCall(progress, call);
    at += 1;
    return answer;
  }
  /** Whether the run was there before this letter, and is there after it where the turn fails. */
  const goesOn = turn.incoming !== undefined;
  /** Tells it from another run of the same name. */
  const before = progress.last?.[0] ?? '';
  const callerBy = (idempotencyKey: string): StaffCaller => ({
    messengerId: caller.messengerId,
    name: caller.name,
    turn: caller.turn,
    idempotencyKey,
  });
  /** For what the office is asked by the words of this very letter, which nothing else holds. */
  const callerOf = (part: string) => callerBy(`${caller.letterId}:${part}`);
  /**
   * For what follows from all that was answered so far: in another letter, too. Where a turn failed after the office had written, or its answer was
   * lost, the person repeats the answer, and the office its outcome.
   */
  const callerHere = () => (goesOn ? callerBy(`${progress.run}:${before}:${digestOf(progress)}`) : callerOf(String(at)));

  async function question<A extends Plain>(asked: Asking<A>): Promise<A> {
    const { call, put, secret = false, takesKeyboard = false, because, left = LEFT } = asked;
    if (done(call)) return take() as A;
    if (progress.asked && turn.again) {
      await (asked.putOnceMore ?? put)();
      buttons.move();
      return leave({ end: 'asking' });
    }
    if (progress.asked) {
      const answer = turn.incoming;
      turn.incoming = undefined;
      const fit = answer && (await understand(answer, asked));
      if (!fit) return leave({ end: 'asking' });
      progress.asked = false;
      progress.ticked = 0;
      progress.collected = [];
      progress.secret = false;
      progress.left = LEFT;
      answered = answeredAt(answer);
      if (answer.kind === 'press') await endButtons(answer);
      buttons.leave(secret);
      return remember(fit.value, call);
    }
    if (secret) await turn.expectSecret();
    progress.asked = await put(because);
    buttons.stand({ again: because !== undefined, bare: takesKeyboard || !progress.asked });
    progress.secret = progress.asked && secret;
    progress.hadSecret ||= progress.secret;
    progress.left = left;
    if (takesKeyboard) progress.keyboardTaken = true;
    return leave({ end: 'asking' });
  }

  /** Other buttons under the message whose button was pressed, or none; false where they stay as they were. */
  const turnButtons = async (buttons?: Buttons) => voice.powers.changesMessages && (await voice.replaceButtons(buttons));

  /** Of what was typed the question stands above it, and an older message has been followed by the newest one. */
  function answeredAt(answer: Letter): typeof answered {
    const { put } = progress;
    const isNewest = answer.kind === 'press' && put !== null && (answer.place ?? put) === put;
    return isNewest ? { place: put, said: voice.lastSaid() } : undefined;
  }

  /** The message of the question that was answered by a press, while nothing was said after that; undefined where it cannot become anything else. */
  function replaceable(): MessagePlace | undefined {
    return voice.powers.changesMessages && answered?.said === voice.lastSaid() ? answered?.place : undefined;
  }

  /** Those under which the press was made go at once, for it to be seen. */
  async function endButtons({ place = progress.put ?? undefined }: PressLetter): Promise<void> {
    await turnButtons();
    if (place === progress.put) progress.put = null;
  }

  /** A secret that was not asked for: the question is put again, and the words are gone. */
  async function refuseSecret(problem: string): Promise<undefined> {
    await dropSecret(voice);
    return explain(problem);
  }

  /** Why the answer did not fit: the question is put again, with its buttons. A word that means a section of the cabinet leads there. */
  async function explain(problem: string, words: TextArgs = {}): Promise<undefined> {
    const { answer, put } = reading ?? {};
    if (answer) await followSection(answer);
    await put?.({ text: problem, words }, true);
    buttons.move();
    return undefined;
  }

  /** Leaves for the section that the words mean, where they mean one. */
  async function followSection(answer: Letter): Promise<void> {
    const section = answer.kind === 'words' ? turn.sectionOf?.(cleanWords(answer.words)) : undefined;
    if (section === undefined) return;
    buttons.leave();
    return leave({ end: 'elsewhere', dialog: section.dialog, ref: section.ref ?? '', brought: [], byWord: true });
  }

  /** A button is wanted; what is typed instead may be a password once more. */
  async function explainButton(answer: Letter): Promise<undefined> {
    if (answer.kind === 'words' && progress.hadSecret) await dropSecret(voice);
    return explain('problem-press-a-button');
  }

  /** What is the same for every question: buttons of other questions, «Отмена», edited messages. */
  async function understand<A extends Plain>(
    answer: Letter,
    { put, read, takesEdit = () => false, secret = false, unasked = { is: holdsPassword } }: Asking<A>,
  ): Promise<{ value: A } | undefined> {
    reading = { answer, put };
    if (!secret && unasked.is(answer)) return refuseSecret(unasked.says ?? 'problem-account-password');
    if (answer.kind === 'edit') {
      // Of what is gone from the chat it is said that it was no answer.
      const isSaid = turn.dropped === true || meansAnswer(progress.last, answer);
      const heard = takesEdit(answer) || !isSaid;
      return heard ? undefined : explain('problem-edited');
    }
    if (answer.kind !== 'press') return read(answer);
    const { button } = answer;
    const ofThisRun = button?.is === 'choice' && button.run === progress.run;
    const ledHere = button?.is === 'choice' && progress.earlier.includes(button.run);
    if ((ofThisRun || ledHere) && button.choice === CANCEL) {
      await voice.answerPress();
      await endButtons(answer);
      return cancel();
    }
    if (!ofThisRun || button.step !== at) {
      await voice.answerPress('problem-button-of-before');
      // The question of a chapter that led here lost its buttons when it was answered, and may say how that ended by now.
      if (button?.is === 'choice' && !ledHere) await turnButtons();
      return undefined;
    }
    const fit = await read(answer);
    await voice.answerPress();
    return fit;
  }

  /** Leaves the dialog, however old the button under which it says so. */
  function cancel(): Promise<never> {
    buttons.leave();
    return leave({ end: 'left', says: progress.left });
  }

  /** The question that is being put, as its buttons name it. */
  const here = (): Question => ({ run: progress.run, step: at, cancelLabel: voice.label('button-cancel') });

  const keyboard = (keys: readonly string[], label = (key: string) => voice.label(`button-${key}`)) =>
    questionButtons(
      here(),
      keys.map((key, i) => ({ key: String(i), label: label(key), ...lookOf(`button-${key}`) })),
    );

  /** A question of words: what does not fit is answered with the reason where that says what would, else with the question, too. */
  const put =
    (text: string, words: TextArgs | undefined, under: () => Keyboard): Put =>
    (because, slip = false) =>
      because && slip && !NAMES_NO_FORM.has(because.text)
        ? voice.say(because.text, because.words ?? {}, under())
        : sayQuestion(text, words, under(), because);

  /** A question of buttons: what does not fit is answered with the reason and all of the question. */
  const putWhole =
    (text: string, words: TextArgs | undefined, under: () => Keyboard): Put =>
    (because) =>
      sayQuestion(text, words, under(), because);

  function sayQuestion(text: string, words: TextArgs = {}, under: Keyboard, because: Phrase | undefined): Promise<boolean> {
    if (!because) return voice.say(text, words, under);
    return voice.say('question-again', { because: [because], question: [{ text, words }] }, under);
  }

  /** The button that was pressed, or whose words were typed. */
  function labelled<K extends string>(
    answer: Letter,
    keys: readonly K[],
    label = (key: K) => voice.label(`button-${key}`),
  ): K | undefined {
    if (answer.kind === 'press') return keys[Number(choiceOf(answer))];
    if (answer.kind !== 'words') return undefined;
    return labelledBy(answer.words, keys, (key) => [label(key)]);
  }

  /** The same, or words that mean it. */
  function pressed<K extends string>(answer: Letter, keys: readonly K[], label?: (key: K) => string): K | undefined {
    if (answer.kind !== 'words') return labelled(answer, keys, label);
    const meaning = bareWords(answer.words);
    return labelled(answer, keys, label) ?? keys.find((each) => spokenNames(voice.label, each).includes(meaning));
  }

  /** The only button whose label holds all that was typed, in whatever form; none after which something is gone or taken for sure. */
  function partly<K extends string>(answer: Letter, keys: readonly K[], label = (key: K) => voice.label(`button-${key}`)) {
    if (answer.kind !== 'words') return undefined;
    const called = keys.map((key) => [label(key)]);
    const [at, another] = partsSaid(looseWords(answer.words), called);
    return at !== undefined && another === undefined ? unlessGrave(keys[at]) : undefined;
  }

  /**
   * The same where nothing but a button is an answer: also «да» where there is but one, else a part of a label, and the place of a button. «Нет» leaves.
   */
  async function meant<K extends string>(answer: Letter, keys: readonly K[], label?: (key: K) => string): Promise<K | undefined> {
    const key = pressed(answer, keys, label);
    if (key !== undefined || answer.kind !== 'words') return key;
    const words = bareWords(answer.words);
    const [only, second] = keys;
    if (only !== undefined && second === undefined && isYes(voice.label, words)) return only;
    if (second === undefined) return isNo(voice.label, words) ? cancel() : undefined;
    return partly(answer, keys, label) ?? unlessGrave(keys[placeSaid(looseWords(answer.words), keys.length) ?? keys.length]);
  }

  /** What was typed is no answer by the schema, and short enough for the name of a button. */
  function maybeLabel(answer: Letter, schema: z.ZodType<Plain, string>): boolean {
    if (answer.kind !== 'words' || answer.words.length > LONGEST_LABEL) return false;
    return !schema.safeParse(cleanWords(answer.words)).success;
  }

  /** A button that is meant in part by what is no answer by the schema. */
  function partlyPressed<K extends string>(answer: Letter, keys: readonly K[], schema: z.ZodType<Plain, string>): K | undefined {
    return maybeLabel(answer, schema) ? partly(answer, keys) : undefined;
  }

  async function parse<S extends z.ZodType<Plain, string>>(
    answer: Letter,
    schema: S,
    longest = LONGEST_ANSWER,
  ): Promise<{ value: z.output<S> } | undefined> {
    if (answer.kind !== 'words') return explain('problem-words-expected');
    if (answer.words.length > longest) return explain('problem-too-long');
    return check(cleanWords(answer.words), schema);
  }

  async function check<S extends z.ZodType<Plain, string>>(
    words: string,
    schema: S,
  ): Promise<{ value: z.output<S> } | undefined> {
    const parsed = schema.safeParse(words);
    if (parsed.success) return { value: parsed.data };
    const problem = parsed.error.issues[0]?.message ?? 'words-expected';
    return problem === SECRET_AMONG_WORDS ? refuseSecret(`problem-${problem}`) : explain(`problem-${problem}`);
  }

  const labelOf = ({ label }: Option) => (typeof label === 'string' ? unbroken(label) : voice.label(label.text, label.words));

  return {
    /** The number of the verb that is being done. */
    at: () => at,
    here,
    done,
    take,
    skip,
    remember,
    callerOf,
    callerHere,
    question,
    explain,
    refuseSecret,
    explainButton,
    followSection,
    replaceable,
    turnButtons,
    moveButtons: buttons.move,
    tidy: buttons.tidy,
    keyboard,
    put,
    putWhole,
    labelled,
    pressed,
    meant,
    maybeLabel,
    partlyPressed,
    parse,
    check,
    labelOf,
  };
}
