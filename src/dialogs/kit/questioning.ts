import type { z } from 'zod';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Plain } from '../../office/idempotent.ts';
import { lookOf } from '../../domain/button-look.ts';
import { cleanWords } from './clean-words.ts';
import { meansAnswer } from './edits.ts';
import { type Buttons, CANCEL, type Keyboard, type Question, questionButtons } from './keyboard.ts';
import { bareLabel } from './label.ts';
import { choiceOf, type Letter } from './letter.ts';
import type { Option, TextArgs } from './scene.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';
import type { Voice } from './voice.ts';

/** How a question is put and how its answer is read; undefined: the answer did not fit, and the resident was told why. */
type Asked<A extends Plain> = {
  put: () => Promise<boolean>;
  read: (answer: Letter) => Promise<{ value: A } | undefined>;
  /** Whether an edited message changes what was answered already; where none does, that is explained. */
  takesEdit?: (edit: Extract<Letter, { kind: 'edit' }>) => boolean;
  secret?: boolean;
  takesKeyboard?: boolean;
};

/** Words longer than this are no answer to any question. */
const LONGEST_ANSWER = 1000;

/** What may be a secret goes out of the chat, or the person is asked to take it out. */
export async function dropSecret({ powers, deleteMessage, say }: Voice): Promise<void> {
  const gone = powers.deletesLetters && (await deleteMessage());
  if (!gone) await say('problem-secret-not-deleted', {});
}

export type Questioning = ReturnType<typeof openQuestioning>;

/**
 * What the verbs of a dialog have in common: what was answered before is answered again, the first question without an answer is put and
 * ends the phase (`leave` with «asking»), or takes the letter that came for it.
 */
export function openQuestioning<Office extends object>(turn: DialogTurn<Office>, leave: (end: DialogEnd) => Promise<never>) {
  const { progress, voice, caller } = turn;
  let at = 0;

  const done = () => at < progress.answers.length;
  const take = () => progress.answers[at++];
  const skip = () => {
    at += 1;
  };
  function remember<A extends Plain>(answer: A): A {
    progress.answers.push(answer ?? null);
    at += 1;
    return answer;
  }
  const callerOf = (part: string): StaffCaller => ({
    messengerId: caller.messengerId,
    name: caller.name,
    turn: caller.turn,
    idempotencyKey: `${caller.letterId}:${part}`,
  });

  async function question<A extends Plain>(asked: Asked<A>): Promise<A> {
    const { put, secret = false, takesKeyboard = false } = asked;
    if (done()) return take() as A;
    if (progress.asked) {
      const answer = turn.incoming;
      turn.incoming = undefined;
      const fit = answer && (await understand(answer, asked));
      if (!fit) return leave({ end: 'asking' });
      progress.asked = false;
      progress.ticked = 0;
      progress.collected = [];
      progress.secret = false;
      if (answer.kind === 'press') await turnButtons();
      return remember(fit.value);
    }
    if (secret) await turn.expectSecret();
    progress.asked = await put();
    progress.secret = progress.asked && secret;
    progress.hadSecret ||= progress.secret;
    if (takesKeyboard) progress.keyboardTaken = true;
    return leave({ end: 'asking' });
  }

  /** Other buttons under the message whose button was pressed, or none; false where they stay as they were. */
  const turnButtons = async (buttons?: Buttons) => voice.powers.changesMessages && (await voice.replaceButtons(buttons));

  /** Why the answer did not fit; the question stays. */
  async function explain(problem: string, words: TextArgs = {}): Promise<undefined> {
    await voice.say(problem, words);
    return undefined;
  }

  /** A button is wanted; what is typed instead may be a password once more. */
  async function explainButton(answer: Letter): Promise<undefined> {
    if (answer.kind === 'words' && progress.hadSecret) await dropSecret(voice);
    return explain('problem-press-a-button');
  }

  /** What is the same for every question: buttons of other questions, «Отмена», edited messages. */
  async function understand<A extends Plain>(
    answer: Letter,
    { read, takesEdit = () => false }: Asked<A>,
  ): Promise<{ value: A } | undefined> {
    if (answer.kind === 'edit') {
      const heard = takesEdit(answer) || !meansAnswer(progress.last, answer);
      return heard ? undefined : explain('problem-edited');
    }
    if (answer.kind !== 'press') return read(answer);
    const { button } = answer;
    if (button?.is !== 'choice' || button.run !== progress.run || button.step !== at) {
      await voice.answerPress('problem-old-button');
      return undefined;
    }
    if (button.choice === CANCEL) {
      await voice.answerPress();
      await turnButtons();
      return leave({ end: 'left' });
    }
    const fit = await read(answer);
    await voice.answerPress();
    return fit;
  }

  /** The question that is being put, as its buttons name it. */
  const here = (): Question => ({ run: progress.run, step: at, cancelLabel: voice.label('button-cancel') });

  const keyboard = (keys: readonly string[], label = (key: string) => voice.label(`button-${key}`)) =>
    questionButtons(
      here(),
      keys.map((key, i) => ({ key: String(i), label: label(key), ...lookOf(`button-${key}`) })),
    );

  const put = (text: string, words: TextArgs | undefined, buttons: () => Keyboard) => () =>
    voice.say(text, words ?? {}, buttons());

  /** The button that was pressed, or whose words were typed. */
  function pressed<K extends string>(
    answer: Letter,
    keys: readonly K[],
    label = (key: K) => voice.label(`button-${key}`),
  ): K | undefined {
    if (answer.kind === 'press') return keys[Number(choiceOf(answer))];
    if (answer.kind !== 'words') return undefined;
    const words = bareLabel(answer.words);
    return keys.find((key) => bareLabel(label(key)) === words);
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
    return explain(`problem-${parsed.error.issues[0]?.message ?? 'words-expected'}`);
  }

  const labelOf = ({ label }: Option) => (typeof label === 'string' ? label : voice.label(label.text, label.words));

  return {
    /** The number of the verb that is being done. */
    at: () => at,
    here,
    done,
    take,
    skip,
    remember,
    callerOf,
    question,
    explain,
    explainButton,
    turnButtons,
    keyboard,
    put,
    pressed,
    parse,
    check,
    labelOf,
  };
}
