import type { Plain } from '../../office/idempotent.ts';
import { type ListLayout, pickButtons } from './keyboard.ts';
import { bareLabel } from './label.ts';
import { choiceOf, type Letter } from './letter.ts';
import type { Questioning } from './questioning.ts';
import type { Option, Scene, TextArgs } from './scene.ts';
import type { DialogTurn } from './turn.ts';

/** The verbs by which one of several is chosen. */
export function choosingVerbs<Office extends object>(
  { progress, voice }: Pick<DialogTurn<Office>, 'progress' | 'voice'>,
  { here, question, explain, explainButton, turnButtons, keyboard, put, pressed, parse, labelOf }: Questioning,
): Pick<Scene<Office>, 'choose' | 'pick' | 'pickOr' | 'tick'> {
  /** Labels that are data, ten to a page; `otherwise` reads what is no label. */
  function picking<A extends Plain>(
    text: string,
    options: readonly Option[],
    words: TextArgs | undefined,
    answerFor: (key: string) => A,
    otherwise: (answer: Letter) => Promise<{ value: A } | undefined>,
    layout?: ListLayout,
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
    return question({
      put: put(text, words, () => page(0)),
      async read(answer) {
        const choice = choiceOf(answer);
        if (choice?.startsWith('p')) {
          const turned = page(Number(choice.slice(1)));
          if (!(await turnButtons(turned))) await voice.say(text, words ?? {}, turned);
          return undefined;
        }
        const chosen = choice !== undefined ? [options[Number(choice)] ?? []].flat() : typedOf(answer, options, labels);
        const [only, second] = chosen;
        if (second) return explain('problem-several-fit', { count: chosen.length });
        return only ? { value: answerFor(only.key) } : otherwise(answer);
      },
    });
  }

  return {
    choose: (text, buttons, words) =>
      question({
        put: put(text, words, () => keyboard(buttons)),
        async read(answer) {
          const key = pressed(answer, buttons);
          return key === undefined ? explainButton(answer) : { value: key };
        },
      }),

    pick: (text, options, words, layout) =>
      picking(
        text,
        options,
        words,
        (key) => key,
        (answer) => (canBeFound(answer, options) ? explain('problem-none-fits') : explainButton(answer)),
        layout,
      ),

    pickOr: (text, options, schema, words, layout) =>
      picking<{ picked: string } | { answer: Plain }>(
        text,
        options,
        words,
        (picked) => ({ picked }),
        async (answer) => {
          const fit = await parse(answer, schema);
          return fit && { value: { answer: fit.value } };
        },
        layout,
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
          // What was typed is under no message of ours, and a message may be gone.
          const replaced = answer.kind === 'press' && (await turnButtons(markup()));
          if (!replaced) await voice.say(text, words ?? {}, markup());
          return undefined;
        },
      });
    },
  };
}

/** What was typed: a label or another name of one, else all that it may mean. */
function typedOf(answer: Letter, options: readonly Option[], labels: readonly string[]): readonly Option[] {
  if (answer.kind !== 'words') return [];
  const words = bareLabel(answer.words);
  const exact = options.find((option, i) => [labels[i] ?? '', ...(option.also ?? [])].some((name) => bareLabel(name) === words));
  return exact ? [exact] : options.filter(({ means }) => means?.(words));
}

/** Of few, one sees at once that there is no such button. */
const FEW = 5;

function canBeFound({ kind }: Letter, options: readonly Option[]): boolean {
  return kind === 'words' && options.length >= FEW && options.some(({ means }) => means !== undefined);
}
