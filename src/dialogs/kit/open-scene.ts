import type { Context } from 'grammy';
import type { z } from 'zod';
import type { Piece } from '../../office/desk/piece.ts';
import type { Plain } from '../../office/once.ts';
import { type Answer, cleanWords, readAnswer } from './answer.ts';
import { addPiece, changePiece } from './collecting.ts';
import { CANCEL, contactKeyboard, pickKeyboard, questionKeyboard } from './keyboards.ts';
import { bareLabel } from './label.ts';
import { recorded } from './recorded.ts';
import type { Option, Photo, Scene, SentFile, Words } from './scene.ts';
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

/**
 * The verbs of a dialog, over what was answered before. A verb that was done gives its old answer; the first question without an answer is
 * put and ends the phase (`leave` with «asking»), or takes the update that came for it.
 */
export function openScene<Office extends object>(
  turn: DialogTurn<Office>,
  leave: (end: DialogEnd) => Promise<never>,
): Scene<Office> {
  const { progress, voice, office, caller } = turn;
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
  const callerOf = (part: string) => ({
    messengerId: caller.messengerId,
    name: caller.name,
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
    if (answer.kind === 'words' && progress.hadSecret) await voice.deleteMessage();
    return explain('problem-press-a-button');
  }

  /** What is the same for every question: buttons of other questions, «Отмена», edited messages. */
  async function understand<A extends Plain>(
    answer: Answer,
    update: Context,
    { read, takesEdit = () => false }: Question<A>,
  ): Promise<{ value: A } | undefined> {
    if (answer.kind === 'edit') return takesEdit(update) ? undefined : explain('problem-edited');
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

  /** Labels that are data, ten to a page; `otherwise` reads what is no label. */
  function picking<A extends Plain>(
    text: string,
    options: readonly Option[],
    words: Words | undefined,
    answerFor: (key: string) => A,
    otherwise: (answer: Answer) => Promise<{ value: A } | undefined>,
  ): Promise<A> {
    const labels = options.map(labelOf);
    const page = (number: number) =>
      pickKeyboard(progress.run, at, labels, number, {
        cancel: voice.label('button-cancel'),
        earlier: voice.label('button-previous-page'),
        later: voice.label('button-next-page'),
      });
    return question({
      put: put(text, words, () => page(0)),
      async read(answer) {
        if (answer.kind === 'press' && answer.choice.startsWith('p')) {
          await voice.replaceButtons(page(Number(answer.choice.slice(1))));
          return undefined;
        }
        const typed = answer.kind === 'words' ? bareLabel(answer.words) : undefined;
        const index = answer.kind === 'press' ? Number(answer.choice) : labels.findIndex((label) => bareLabel(label) === typed);
        const chosen = options[index];
        return chosen ? { value: answerFor(chosen.key) } : otherwise(answer);
      },
    });
  }

  const scene: Scene<Office> = {
    botName: voice.botName,

    async say(text, words = {}, doors = []) {
      if (done()) return skip();
      await voice.say(text, words, doors.length ? voice.doors(doors) : undefined);
      remember(null);
    },

    async show(text, words = {}, doors = []) {
      if (done()) return skip();
      await voice.show(text, words, doors.length ? voice.doors(doors) : undefined);
      remember(null);
    },

    async hand(paper, text, words = {}, doors = []) {
      if (done()) return skip();
      await voice.hand(paper, text, words, doors.length ? voice.doors(doors) : undefined);
      remember(null);
    },

    async handSecret(work) {
      if (done()) return take() as never;
      let part = 0;
      const verbs = recorded(office, (verb) => verb(callerOf(`${at}.${part++}`)));
      return remember(await work((paper, text, words = {}) => voice.handSecret(paper, text, words), verbs));
    },

    async invoice(invoice, texts, words = {}) {
      if (done()) return take() as boolean;
      return remember(await voice.invoice(invoice, texts, words));
    },

    ask: (text, schema, words) =>
      question({ put: put(text, words, () => keyboard([])), read: (answer) => parse(answer, schema) }) as Promise<never>,

    askOr: (text, schema, { words, buttons, longest }) =>
      question<{ pressed: string } | { answer: Plain }>({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          const fit = await parse(answer, schema, longest);
          return fit && { value: { answer: fit.value } };
        },
      }) as Promise<never>,

    askPhone: (text, schema, words) =>
      question({
        put: put(text, words, () => contactKeyboard(voice.label('button-share-phone'), voice.label('button-cancel'))),
        async read(answer) {
          if (answer.kind !== 'contact') return parse(answer, schema);
          return answer.own ? check(answer.phone, schema) : explain('problem-contact-not-yours');
        },
        takesKeyboard: true,
      }) as Promise<never>,

    choose: (text, buttons, words) =>
      question({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          return key === undefined ? explainButton(answer) : { value: key };
        },
      }),

    pick: (text, options, words) =>
      picking(
        text,
        options,
        words,
        (key) => key,
        (answer) => explainButton(answer),
      ),

    pickOr: (text, options, schema, words) =>
      picking<{ picked: string } | { answer: Plain }>(
        text,
        options,
        words,
        (picked) => ({ picked }),
        async (answer) => {
          const fit = await parse(answer, schema);
          return fit && { value: { answer: fit.value } };
        },
      ) as Promise<never>,

    tick: (text, buttons, { done: last, enough }, words) => {
      const ticked = () => buttons.filter((_, i) => progress.ticked & (1 << i));
      const keys = () => [...buttons, ...(enough(ticked()) ? [last] : [])];
      const label = (key: string) => `${ticked().some((each) => each === key) ? '✅ ' : ''}${voice.label(`button-${key}`)}`;
      const markup = () => keyboard(keys(), label);
      return question({
        put: put(text, words, markup),
        async read(answer) {
          const key = pressed<string>(answer, keys());
          if (key === undefined) return explainButton(answer);
          if (key === last) return { value: ticked() };
          progress.ticked ^= 1 << buttons.findIndex((each) => each === key);
          // What was typed is under no message of ours.
          if (answer.kind === 'press') await voice.replaceButtons(markup());
          else await voice.say(text, words ?? {}, markup());
          return undefined;
        },
      });
    },

    askSecret: (text, checkSecret, { words, buttons = [] } = {}) =>
      question<Plain>({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          // The bot's outer middleware has deleted the message; here its words are used once and forgotten.
          if (answer.kind !== 'words') return explain('problem-words-expected');
          let part = 0;
          const verdict = await checkSecret(
            cleanWords(answer.words),
            recorded(office, (work) => work(callerOf(`${at}.${part++}`))),
          );
          return { value: verdict };
        },
        secret: true,
      }) as Promise<never>,

    askPhoto: (text, { words, buttons }) =>
      question<{ pressed: string } | { photo: Photo }>({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (answer.kind !== 'photo') return explain('problem-photo-expected');
          return { value: { photo: { file: answer.file, unique: answer.unique } } };
        },
      }) as Promise<never>,

    collect: (text, { words, buttons, options = [], more, brought = [], least = 1 }) => {
      const labels = () => options.map((option, i) => ({ key: `o${i}`, label: labelOf(option) }));
      const markup = () => {
        const named = buttons.map((key, i) => ({ key: String(i), label: voice.label(`button-${key}`) }));
        return questionKeyboard(progress.run, at, [...labels(), ...named], voice.label('button-cancel'));
      };
      const picked = (answer: Answer) => {
        const typed = answer.kind === 'words' ? bareLabel(answer.words) : undefined;
        const is = ({ key, label }: { key: string; label: string }) =>
          answer.kind === 'press' ? key === answer.choice : typed !== undefined && bareLabel(label) === typed;
        return options[labels().findIndex(is)]?.key;
      };
      return question<{ pieces: Piece[] } & ({ pressed: string } | { picked: string })>({
        put() {
          progress.collected = [...brought];
          return voice.say(text, words ?? {}, markup());
        },
        async read(answer, update) {
          const key = pressed(answer, buttons);
          const chosen = picked(answer);
          const pieces = progress.collected;
          if (key === undefined && chosen === undefined) {
            const added = addPiece(pieces, update);
            if (added.outcome === 'taken') await voice.say(more, {}, markup());
            return added.outcome === 'problem' ? explain(added.problem, added.words) : undefined;
          }
          if (pieces.length < least) return explain('problem-nothing-collected');
          return { value: key === undefined ? { pieces, picked: chosen ?? '' } : { pieces, pressed: key } };
        },
        takesEdit: (update) => changePiece(progress.collected, update),
      }) as Promise<never>;
    },

    async brought() {
      if (done()) return take() as Piece[];
      return remember([]);
    },

    askFile: (text, { words, buttons }) =>
      question<{ pressed: string } | { file: SentFile }>({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (answer.kind !== 'file') return explain('problem-file-expected');
          return { value: { file: { file: answer.file, name: answer.name, bytes: answer.bytes } } };
        },
      }) as Promise<never>,

    async showPlace(place) {
      if (done()) return skip();
      await voice.showPlace(place);
      remember(null);
    },

    goTo: (dialog, ref = '', brought = []) => leave({ end: 'elsewhere', dialog, ref, brought: [...brought] }),

    office: recorded(office, async (work) => (done() ? take() : remember(await work(callerOf(String(at)))))),
  };
  return scene;
}
