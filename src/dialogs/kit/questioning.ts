import type { Context } from 'grammy';
import type { z } from 'zod';
import type { StaffCaller } from '../../office/desk/staff.ts';
import type { Plain } from '../../office/idempotent.ts';
import { type Answer, cleanWords, readAnswer } from './answer.ts';
import { meansAnswer } from './edits.ts';
import { CANCEL, questionKeyboard } from './keyboards.ts';
import { bareLabel } from './label.ts';
import type { Option, Words } from './scene.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';
import type { Markup } from './voice.ts';

/** How a question is put and how its answer is read; undefined: the answer did not fit, and the resident was told why. */
type Question<A extends Plain> = {
  put: () => Promise<boolean>;
  read: (answer: Answer, update: Context) => Promise<{ value: A } | undefined>;
  /** Whether an edited message changes what was answered already; where none does, that is explained. */
  takesEdit?: (update: Context) => boolean;
  secret?: boolean;
  takesKeyboard?: boolean;
};

/** Words longer than this are no answer to any question. */
const LONGEST_ANSWER = 1000;

export type Questioning = ReturnType<typeof openQuestioning>;

/**
 * What the verbs of a dialog have in common: what was answered before is answered again, the first question without an answer is put and
 * ends the phase (`leave` with «asking»), or takes the update that came for it.
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
    operation: `${caller.updateId}:${part}`,
  });

  async function question<A extends Plain>(asked: Question<A>): Promise<A> {
    const { put, secret = false, takesKeyboard = false } = asked;
    if (done()) return take() as A;
    if (progress.asked) {
      const update = turn.incoming;
      turn.incoming = undefined;
      const answer = update && readAnswer(update);
      const fit = answer && (await understand(answer, update, asked));
      if (!fit) return leave({ end: 'asking' });
      progress.asked = false;
      progress.ticked = 0;
      progress.collected = [];
      progress.secret = false;
      if (answer.kind === 'press') await voice.replaceButtons();
      return remember(fit.value);
    }
    if (secret) await turn.expectSecret();
    progress.asked = await put();
    progress.secret = progress.asked && secret;
    progress.hadSecret ||= progress.secret;
    if (takesKeyboard) progress.keyboardTaken = true;
    return leave({ end: 'asking' });
  }

  /** Why the answer did not fit; the question stays. */
  async function explain(problem: string, words: Words = {}): Promise<undefined> {
    await voice.say(problem, words);
    return undefined;
  }

  /** A button is wanted; what is typed instead may be a password once more. */
  async function explainButton(answer: Answer): Promise<undefined> {
    const maySecret = answer.kind === 'words' && progress.hadSecret;
    if (maySecret && !(await voice.deleteMessage())) await voice.say('problem-secret-not-deleted', {});
    return explain('problem-press-a-button');
  }

  /** What is the same for every question: buttons of other questions, «Отмена», edited messages. */
  async function understand<A extends Plain>(
    answer: Answer,
    update: Context,
    { read, takesEdit = () => false }: Question<A>,
  ): Promise<{ value: A } | undefined> {
    if (answer.kind === 'edit') {
      const { editedMessage: edited } = update;
      const heard = takesEdit(update) || !edited || !meansAnswer(progress.last, edited);
      return heard ? undefined : explain('problem-edited');
    }
    if (answer.kind !== 'press') return read(answer, update);
    if (answer.run !== progress.run || answer.step !== at) {
      await voice.answerPress('problem-old-button');
      return undefined;
    }
    if (answer.choice === CANCEL) {
      await voice.answerPress();
      await voice.replaceButtons();
      return leave({ end: 'left' });
    }
    const fit = await read(answer, update);
    await voice.answerPress();
    return fit;
  }

  const keyboard = (keys: readonly string[], label = (key: string) => voice.label(`button-${key}`)) =>
    questionKeyboard(
      progress.run,
      at,
      keys.map((key, i) => ({ key: String(i), label: label(key) })),
      voice.label('button-cancel'),
    );

  const put = (text: string, words: Words | undefined, markup: () => Markup) => () => voice.say(text, words ?? {}, markup());

  /** The button that was pressed, or whose words were typed. */
  function pressed<K extends string>(
    answer: Answer,
    keys: readonly K[],
    label = (key: K) => voice.label(`button-${key}`),
  ): K | undefined {
    if (answer.kind === 'press') return keys[Number(answer.choice)];
    if (answer.kind !== 'words') return undefined;
    const words = bareLabel(answer.words);
    return keys.find((key) => bareLabel(label(key)) === words);
  }

  async function parse<S extends z.ZodType<Plain, string>>(
    answer: Answer,
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
    done,
    take,
    skip,
    remember,
    callerOf,
    question,
    explain,
    explainButton,
    keyboard,
    put,
    pressed,
    parse,
    check,
    labelOf,
  };
}
