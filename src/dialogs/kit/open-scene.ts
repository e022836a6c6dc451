import type { Plain } from '../../office/idempotent.ts';
import { holdsAccountPassword, looksLikeAccountPassword } from '../../domain/account-password.ts';
import { formatPhone } from '../../domain/phone.ts';
import { unbroken } from '../../domain/unbroken.ts';
import { cleanWords } from './clean-words.ts';
import { bringingVerbs } from './bringing.ts';
import { choosingVerbs } from './choosing.ts';
import { cancelButton, doorButtons, type Buttons } from './keyboard.ts';
import { openQuestioning } from './questioning.ts';
import { dropSecret, unaskedBy } from './secrets.ts';
import { type Letter, writtenWords } from './letter.ts';
import { recorded } from './recorded.ts';
import type { Doors, Recorded, Scene } from './scene.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';

/** The verbs of a dialog, over what was answered before. A verb that was done gives its old answer. */
export function openScene<Office extends object>(
  turn: DialogTurn<Office>,
  leave: (end: DialogEnd) => Promise<never>,
): { scene: Scene<Office>; tidy: () => Promise<void> } {
  const { voice, office, progress } = turn;
  const { sharesContact } = voice.powers;
  const questioning = openQuestioning(turn, leave);
  const { at, here, done, take, skip, remember, callerOf, callerHere, question, explain, followSection, replaceable } =
    questioning;
  const { keyboard, put, pressed, partlyPressed, parse, check, tidy } = questioning;
  const buttonsOf = (doors: Doors): Buttons | undefined =>
    doors.length > 0 ? doorButtons(doors, voice.label, voice.powers) : undefined;

  /** By an office whose answers are not remembered one by one: only the verdict is. */
  function checked(typed: string, check: (typed: string, office: Recorded<Office>) => Promise<Plain>): Promise<Plain> {
    let part = 0;
    return check(
      cleanWords(typed),
      recorded(office, (work) => work(callerOf(`${at()}.${part++}`))),
    );
  }

  const scene: Scene<Office> = {
    ...choosingVerbs<Office>(turn, questioning),
    ...bringingVerbs<Office>(turn, questioning),
    bot: voice.bot,
    largestFileBytes: voice.largestFileBytes,

    async say(text, words = {}, doors = []) {
      if (done('say')) return skip();
      await voice.say(text, words, buttonsOf(doors));
      remember(null, 'say');
    },

    async show(text, words = {}, doors = []) {
      if (done('show')) return skip();
      await voice.show(text, words, buttonsOf(doors));
      remember(null, 'show');
    },

    async conclude(text, words = {}, doors = []) {
      if (done('conclude')) return skip();
      const place = replaceable();
      if (place === undefined) await voice.say(text, words, buttonsOf(doors));
      else {
        await voice.show(text, words, buttonsOf(doors), place);
        turn.concluded = true;
      }
      remember(null, 'conclude');
    },

    async hand(paper, text, words = {}, doors = []) {
      if (done('hand')) return skip();
      await voice.hand(paper, text, words, buttonsOf(doors));
      remember(null, 'hand');
    },

    async handSecret(work) {
      if (done('handSecret')) return take() as never;
      let part = 0;
      const verbs = recorded(office, (verb) => verb(callerOf(`${at()}.${part++}`)));
      return remember(await work((paper, text, words = {}) => voice.handSecret(paper, text, words), verbs), 'handSecret');
    },

    async sayWithMenu(text, words = {}) {
      if (done('sayWithMenu')) return skip();
      await voice.say(text, words, await turn.menu?.());
      turn.progress.keyboardTaken = false;
      turn.menuSaid = true;
      remember(null, 'sayWithMenu');
    },

    async invoice(invoice, texts, words = {}) {
      if (done('invoice')) return take() as boolean;
      return remember(voice.powers.sendsInvoices && (await voice.invoice(invoice, texts, words)), 'invoice');
    },

    ask: (text, schema, words) =>
      question({
        call: `ask ${text}`,
        put: put(text, words, () => keyboard([])),
        unasked: unaskedBy(schema),
        read: (answer) => parse(answer, schema),
      }) as Promise<never>,

    askOrProve: (text, schema, prove, { words, buttons, because, left }) =>
      question<{ pressed: string } | { answer: Plain } | { proved: Plain }>({
        call: `askOrProve ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        unasked: { is: (answer) => !isPasswordTyped(answer) && holdsAccountPassword(writtenWords(answer)) },
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (isPasswordTyped(answer)) {
            await dropSecret(voice);
            return { value: { proved: await checked(writtenWords(answer), prove) } };
          }
          // A slip of what was asked for a moment ago.
          const isSlip = progress.hadSecret && answer.kind === 'words' && !schema.safeParse(cleanWords(answer.words)).success;
          if (isSlip) await dropSecret(voice);
          const fit = await parse(answer, schema);
          return fit && { value: { answer: fit.value } };
        },
      }) as Promise<never>,

    askOr: (text, schema, { words, buttons, longest, sectionsToo = false, because, left }) =>
      question<{ pressed: string } | { answer: Plain }>({
        call: `askOr ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        unasked: unaskedBy(schema),
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          if (sectionsToo) await followSection(answer);
          const part = partlyPressed(answer, buttons, schema);
          if (part !== undefined) return { value: { pressed: part } };
          const fit = await parse(answer, schema, longest);
          return fit && { value: { answer: fit.value } };
        },
      }) as Promise<never>,

    askPhone: (text, schema, words) =>
      question({
        call: `askPhone ${text}`,
        put: put(text, words, () =>
          sharesContact
            ? {
                below: 'contact',
                share: voice.label('button-share-phone'),
                cancel: cancelButton(here()),
                hint: voice.label('phone-hint'),
              }
            : keyboard([]),
        ),
        async read(answer) {
          const own = answer.kind === 'contact' && answer.own;
          if (answer.kind === 'contact' && !own) return explain('problem-contact-not-yours');
          const fit = await (own ? check(answer.phone, schema) : parse(answer, schema));
          // Where the keyboard is not taken away it stays through all questions to come.
          if (typeof fit?.value === 'string' && sharesContact)
            await voice.say('phone-taken-down', { phone: formatPhone(fit.value) }, { below: 'nothing' });
          return fit;
        },
        takesKeyboard: sharesContact,
      }) as Promise<never>,

    askSecret: (text, checkSecret, { words, buttons = [], because, left } = {}) =>
      question<Plain>({
        call: `askSecret ${text}`,
        put: put(text, words, () => keyboard(buttons)),
        because,
        left,
        async read(answer) {
          const key = pressed(answer, buttons);
          if (key !== undefined) return { value: { pressed: key } };
          // The message was deleted before any dialog saw it; here its words are used once and forgotten.
          if (answer.kind !== 'words') return explain('problem-words-expected');
          // No secret is a word for a section, and what is checked may count as a wrong one.
          await followSection(answer);
          return { value: await checked(answer.words, checkSecret) };
        },
        secret: true,
      }) as Promise<never>,

    async showPlace(place) {
      if (done('showPlace')) return skip();
      const title = unbroken(place.title);
      const address = unbroken(place.address);
      await (voice.powers.showsPlaces
        ? voice.showPlace({ ...place, title, address })
        : voice.say('problem-place-not-shown', { title, address }));
      remember(null, 'showPlace');
    },

    inWords: voice.label,

    goTo: (dialog, ref = '', brought = []) => leave({ end: 'elsewhere', dialog, ref, brought: [...brought] }),

    office: recorded(office, async (work, call) => (done(call) ? take() : remember(await work(callerHere()), call))),
  };
  return { scene, tidy };
}

const isPasswordTyped = (answer: Letter): boolean => answer.kind === 'words' && looksLikeAccountPassword(answer.words);
