import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Plain } from '../../office/idempotent.ts';
import { cleanWords } from './clean-words.ts';
import { addMessagePart, changeMessagePart } from './collecting.ts';
import { questionButtons } from './keyboard.ts';
import { labelledBy } from './label.ts';
import { choiceOf, type Letter, secretIn } from './letter.ts';
import { meansAnswer } from './edits.ts';
import type { Questioning } from './questioning.ts';
import { unaskedBy } from './secrets.ts';
import type { Photo, Scene, SentFile } from './scene.ts';
import { namesOf } from './spoken.ts';
import type { DialogTurn } from './turn.ts';

/** The verbs by which a person brings something: a picture, a file, messages one after another. */
export function bringingVerbs<Office extends object>(
  { progress, voice }: Pick<DialogTurn<Office>, 'progress' | 'voice'>,
  {
    here,
    done,
    take,
    remember,
    question,
    explain,
    moveButtons,
    keyboard,
    put,
    labelled,
    pressed,
    partlyPressed,
    parse,
    labelOf,
  }: Questioning,
): Pick<Scene<Office>, 'askPhoto' | 'askOrPhoto' | 'askFile' | 'collect' | 'brought'> {
  return {
    askPhoto: (text, { words, buttons, because, left }) =>
      question<{ pressed: string } | { photo: Photo }>({
        call: `askPhoto ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (answer.kind !== 'photo') return explain('problem-photo-expected');
          return { value: { photo: { file: answer.file, unique: answer.unique } } };
        },
      }) as Promise<never>,

    askOrPhoto: (text, schema, { words, buttons, longest, neither = 'problem-words-or-photo-expected', because, left }) =>
      question<{ pressed: string } | { answer: Plain } | { photo: Photo; caption: string }>({
        call: `askOrPhoto ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        unasked: unaskedBy(schema),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (answer.kind === 'photo') {
            const { file, unique, part } = answer;
            return { value: { photo: { file, unique }, caption: cleanWords(part?.words ?? '') } };
          }
          if (answer.kind !== 'words') return explain(neither);
          const part = partlyPressed(answer, buttons, schema);
          if (part !== undefined) return { value: { pressed: part } };
          const fit = await parse(answer, schema, longest);
          return fit && { value: { answer: fit.value } };
        },
      }) as Promise<never>,

    askFile: (text, { words, buttons, because, left }) =>
      question<{ pressed: string } | { file: SentFile }>({
        call: `askFile ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (answer.kind !== 'file') return explain('problem-file-expected');
          return { value: { file: { file: answer.file, name: answer.name, bytes: answer.bytes } } };
        },
      }) as Promise<never>,

    collect: (
      text,
      { words, buttons, options = [], more, brought = [], least = 1, left, untilFirst = false, moreWords = {} },
    ) => {
      const labels = () => options.map((option, i) => ({ key: `o${i}`, label: labelOf(option) }));
      const markup = () => {
        const named = buttons.map((key, i) => ({ key: String(i), label: voice.label(`button-${key}`) }));
        return questionButtons(here(), [...labels(), ...named]);
      };
      const picked = (answer: Letter) => {
        if (answer.kind === 'press') return options[labels().findIndex(({ key }) => key === choiceOf(answer))]?.key;
        if (answer.kind !== 'words') return undefined;
        return labelledBy(answer.words, options, (option) => namesOf(voice.label, option, labelOf(option)))?.key;
      };
      // Whoever writes to staff puts in by habit what the next page asks for: nobody but the office may know it.
      const isSecret = (answer: Letter) =>
        secretIn(answer) && (answer.kind !== 'edit' || meansAnswer(progress.last, answer) || isCollected(answer.part));
      const isCollected = (part: MessagePart | undefined) => progress.collected.some(({ source }) => source === part?.source);
      return question<{ messageParts: MessagePart[] } & ({ pressed: string } | { picked: string })>({
        call: `collect ${text}`,
        left,
        unasked: { is: isSecret, says: 'problem-password-not-collected' },
        put(because, slip) {
          if (because && slip) return voice.say(because.text, because.words ?? {}, markup());
          progress.collected = [...brought];
          return voice.say(text, words ?? {}, markup());
        },
        putOnceMore: () =>
          progress.collected.length > brought.length
            ? voice.say(more, moreWords, markup())
            : voice.say(text, words ?? {}, markup()),
        async read(answer) {
          const messageParts = progress.collected;
          // «Да» before there is anything to send is a message like others.
          const key = messageParts.length < least ? labelled(answer, buttons) : pressed(answer, buttons);
          const chosen = picked(answer);
          if (key === undefined && chosen === undefined) {
            const added = addMessagePart(messageParts, answer.kind === 'press' ? undefined : answer.part);
            if (untilFirst && added.outcome !== 'problem') return { value: { messageParts, picked: '' } };
            if (added.outcome === 'taken') {
              await voice.say(more, moreWords, markup());
              moveButtons();
            }
            return added.outcome === 'problem' ? explain(added.problem, added.words) : undefined;
          }
          if (messageParts.length < least) return explain('problem-nothing-collected');
          return { value: key === undefined ? { messageParts, picked: chosen ?? '' } : { messageParts, pressed: key } };
        },
        takesEdit: ({ part }) => changeMessagePart(progress.collected, part),
      }) as Promise<never>;
    },

    async brought() {
      if (done('brought')) return take() as MessagePart[];
      return remember([], 'brought');
    },
  };
}
