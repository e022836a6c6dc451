import { partsSaid, placeSaid } from '../../domain/said-choice.ts';
import type { Plain } from '../../office/idempotent.ts';
import { type ListLayout, pageCount, pickButtons } from './keyboard.ts';
import { bareLabel, bareWords, looseWords, allLabelledBy } from './label.ts';
import { choiceOf, type Letter } from './letter.ts';
import type { Questioning } from './questioning.ts';
import { unaskedBy } from './secrets.ts';
import type { Option, PickHow, Scene, TextArgs } from './scene.ts';
import { isNo, isYes, names, namesOf } from './spoken.ts';
import type { DialogTurn } from './turn.ts';
import type { Voice } from './voice.ts';

/** The verbs by which one of several is chosen. */
export function choosingVerbs<Office extends object>(
  { progress, voice }: Pick<DialogTurn<Office>, 'progress' | 'voice'>,
  questioning: Questioning,
): Pick<Scene<Office>, 'choose' | 'pick' | 'pickOr' | 'tick'> {
  const { here, question, explain, explainButton, turnButtons, moveButtons } = questioning;
  const { keyboard, putWhole, meant, maybeLabel, parse, labelOf } = questioning;

  /** Labels that are data, ten to a page; `otherwise` reads what is no label. */
  function picking<A extends Plain>(
    verb: 'pick' | 'pickOr',
    text: string,
    options: readonly Option[],
    { words, left, misfits = OF_ACCOUNTS, layout }: { words: TextArgs | undefined } & PickHow,
    answerFor: (key: string) => A,
    otherwise: (answer: Letter) => Promise<{ value: A } | undefined>,
    unasked?: ReturnType<typeof unaskedBy>,
  ): Promise<A> {
    const labels = options.map(labelOf);
    // Of two pages, it is plain where one is.
    const pageLabel = (text: string, words: { page: number; of: number }) =>
      words.of > 2 ? voice.label(`${text}-of`, words) : voice.label(text);
    const page = (number: number) =>
      pickButtons(
        here(),
        labels,
        number,
        {
          earlier: (words) => pageLabel('button-previous-page', words),
          later: (words) => pageLabel('button-next-page', words),
        },
        layout,
      );
    const last = pageCount(labels.length, layout) - 1;
    return question({
      call: `${verb} ${text}`,
      put: putWhole(text, words, () => page(progress.ticked)),
      left,
      ...(unasked && { unasked }),
      async read(answer) {
        const choice = choiceOf(answer);
        const exact = choice === undefined && typedOf(answer, options, labels, voice.label).length > 0;
        const to = choice?.startsWith('p') ? Number(choice.slice(1)) : exact ? undefined : typedPage(answer);
        if (to !== undefined && to >= 0 && to <= last) {
          progress.ticked = to;
          const turned = page(to);
          // What was typed is under no message of ours, and a message may be gone.
          if (answer.kind === 'press' && (await turnButtons(turned))) return undefined;
          await voice.say(text, words ?? {}, turned);
          moveButtons();
          return undefined;
        }
        const chosen = choice !== undefined ? [options[Number(choice)] ?? []].flat() : meantOf(answer, options, labels);
        const [only, second] = chosen;
        if (second) return explain(misfits.several, { count: chosen.length });
        return only ? { value: answerFor(only.key) } : otherwise(answer);
      },
    });
  }

  /** «да» means the only one. */
  function meantOf(answer: Letter, options: readonly Option[], labels: readonly string[]): readonly Option[] {
    const agrees = options.length === 1 && answer.kind === 'words' && isYes(voice.label, bareWords(answer.words));
    return agrees ? options : typedOf(answer, options, labels, voice.label);
  }

  /** What is called by no name of its own, but by a part of one. */
  function partlyMeant(answer: Letter, options: readonly Option[]): readonly Option[] {
    const said = answer.kind === 'words' ? looseWords(answer.words) : '';
    // Which number is of what in a name, only `means` knows.
    const isPart = !(/(?<!\p{L})\d/u.test(said) && options.some(({ means }) => means));
    const called = options.map((option) => namesOf(voice.label, option, labelOf(option)));
    const parts = isPart ? partsSaid(said, called) : [];
    return options.filter((_, i) => parts.includes(i));
  }

  /** What is called by its place among those that are seen at once; of accounts and the like, among them alone. */
  function placeMeant(answer: Letter, options: readonly Option[], layout?: ListLayout): Option | undefined {
    if (answer.kind !== 'words' || pageCount(options.length, layout) > 1) return undefined;
    const said = looseWords(answer.words);
    // A number is the name of what is numbered, and part of a name that has it; behind the dot stands how it is with it.
    const [digits] = /\d+/.exec(said) ?? [];
    const named = options.flatMap((option) =>
      namesOf(voice.label, option, labelOf(option)).map((name) => name.split(' · ')[0] ?? ''),
    );
    if (digits !== undefined && named.some((name) => name.startsWith('№') || new Set(name.match(/\d+/g)).has(digits)))
      return undefined;
    const found = options.filter(({ means }) => means);
    const counted = found.length > 0 ? found : options;
    return counted[placeSaid(said, counted.length) ?? counted.length];
  }

  /** «Дальше», «Назад» as they are typed. */
  function typedPage(answer: Letter): number | undefined {
    if (answer.kind !== 'words') return undefined;
    const words = bareWords(answer.words);
    if (names(voice.label('spoken-next-page')).includes(words)) return progress.ticked + 1;
    return names(voice.label('spoken-previous-page')).includes(words) ? progress.ticked - 1 : undefined;
  }

  return {
    choose: (text, buttons, words, { left } = {}) =>
      question({
        call: `choose ${text}`,
        put: putWhole(text, words, () => keyboard(buttons)),
        left,
        async read(answer) {
          const key = await meant(answer, buttons);
          return key === undefined ? explainButton(answer) : { value: key };
        },
      }),

    pick: (text, options, words, how = {}) =>
      picking(
        'pick',
        text,
        options,
        { ...how, words },
        (key) => key,
        async (answer) => {
          const parts = partlyMeant(answer, options);
          const [only = how.places === false ? undefined : placeMeant(answer, options, how.layout)] = parts;
          if (only && parts.length < 2) return { value: only.key };
          const { several, none } = how.misfits ?? OF_ACCOUNTS;
          if (only && options.some(({ means }) => means)) return explain(several, { count: parts.length });
          return canBeFound(answer, options) ? explain(none) : explainButton(answer);
        },
      ),

    pickOr: (text, options, schema, words, how = {}) =>
      picking<{ picked: string } | { answer: Plain }>(
        'pickOr',
        text,
        options,
        { ...how, words },
        (picked) => ({ picked }),
        async (answer) => {
          // «Да» to several says nothing, nor does «нет»: they are no words to look for.
          const said = answer.kind === 'words' ? bareWords(answer.words) : '';
          if (isYes(voice.label, said) || isNo(voice.label, said)) return explainButton(answer);
          const isLabel = maybeLabel(answer, schema);
          const parts = isLabel ? partlyMeant(answer, options) : [];
          // Of months and the like a number says something else.
          const isFound = isLabel && options.some(({ means }) => means);
          const [only = isFound ? placeMeant(answer, options, how.layout) : undefined, another] = parts;
          if (only && !another) return { value: { picked: only.key } };
          const fit = await parse(answer, schema);
          return fit && { value: { answer: fit.value } };
        },
        unaskedBy(schema),
      ) as Promise<never>,

    tick: (text, buttons, { done: last, enough }, words) => {
      const ticked = () => buttons.filter((_, i) => progress.ticked & (1 << i));
      const keys = () => [...buttons, ...(enough(ticked()) ? [last] : [])];
      const label = (key: string) => `${ticked().some((each) => each === key) ? '✅ ' : ''}${voice.label(`button-${key}`)}`;
      const markup = () => keyboard(keys(), label);
      return question({
        call: `tick ${text}`,
        put: putWhole(text, words, markup),
        async read(answer) {
          const key = await meant<string>(answer, keys());
          if (key === undefined) return explainButton(answer);
          if (key === last) return { value: ticked() };
          progress.ticked ^= 1 << buttons.findIndex((each) => each === key);
          // What was typed is under no message of ours, and a message may be gone.
          const replaced = answer.kind === 'press' && (await turnButtons(markup()));
          if (replaced) return undefined;
          await voice.say(text, words ?? {}, markup());
          moveButtons();
          return undefined;
        },
      });
    },
  };
}

/** What was typed: a label or another name, of several accounts or meters maybe; else all that it may mean. */
function typedOf(
  answer: Letter,
  options: readonly Option[],
  labels: readonly string[],
  label: Voice['label'],
): readonly Option[] {
  if (answer.kind !== 'words') return [];
  const exact = allLabelledBy(answer.words, options, (option, i) => namesOf(label, option, labels[i] ?? ''));
  if (exact.length === 0) return options.filter(({ means }) => means?.(bareLabel(answer.words)));
  // Of topics and the like the first that is called so is as good.
  return exact.some(({ means }) => means) ? exact : exact.slice(0, 1);
}

const OF_ACCOUNTS = { several: 'problem-several-fit', none: 'problem-none-fits' };

/** Of few, one sees at once that there is no such button. */
const FEW = 5;

function canBeFound({ kind }: Letter, options: readonly Option[]): boolean {
  return kind === 'words' && options.length >= FEW && options.some(({ means }) => means !== undefined);
}
