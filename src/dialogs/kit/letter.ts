import { blankAccessTokens } from '../../domain/access-link.ts';
import { holdsSecret } from '../../domain/secret-words.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Choice, OpeningButton } from './keyboard.ts';
import type { Photo, SentFile } from './scene.ts';

/** Where a message stands in its chat: opaque, and of two what came later has the greater one, as texts are compared. The bot's own have theirs among them. */
export type MessagePlace = string;

/** A message in the chat, whatever it says. */
type MessageLetter = {
  place: MessagePlace;
  /** By which its content is known again (`markOf`): an edit that changed nothing has the same. */
  mark: string;
  /** As a request carries it; undefined for what none can carry. Its ids are opaque. */
  part: MessagePart | undefined;
};

/**
 * A command as its channel has read it: `name` in small letters and without its sign (`login`); of one for another bot that bot's name is part of
 * it, so that it is none of ours. `argument`: what stands behind it, or what the link carries that opened the chat; '' for nothing.
 */
export type LetterCommand = { name: string; argument: string };

/**
 * What a person did in the chat with the bot, as the channel of a messenger has read it. Plain data: no id in it means anything to anybody but
 * the channel that gave it.
 */
export type Letter =
  | (MessageLetter & { kind: 'words'; words: string; command?: LetterCommand | undefined })
  /** `own`: of the account that sent it, and not passed on. */
  | (MessageLetter & { kind: 'contact'; phone: string; own: boolean })
  /** Also a picture that was sent as a file. */
  | (MessageLetter & { kind: 'photo' } & Photo)
  | (MessageLetter & { kind: 'file' } & SentFile)
  /** Of a kind that answers no question. */
  | (MessageLetter & { kind: 'other' })
  /** A message that was there before says something else now: `words` where it is one of words, `afterSeconds` since it was sent. */
  | (MessageLetter & { kind: 'edit'; words: string | undefined; command?: LetterCommand | undefined; afterSeconds: number })
  /** Undefined: nothing that one of our buttons means. `place`: of the message under which it stands, where that is known. */
  | { kind: 'press'; button: PressedButton | undefined; place?: MessagePlace | undefined };

/** The client's word, of any age: whose the reference is, the office checks. */
export type PressedButton = ({ is: 'choice' } & Choice) | ({ is: 'door' } & Required<Pick<OpeningButton, 'dialog' | 'ref'>>);

/** What was typed as a message of words, now or by an edit. */
export function typedWords(letter: Letter): string | undefined {
  return letter.kind === 'words' || letter.kind === 'edit' ? letter.words : undefined;
}

/** The command that was given by it, now or by an edit. */
export function commandIn(letter: Letter): LetterCommand | undefined {
  return letter.kind === 'words' || letter.kind === 'edit' ? letter.command : undefined;
}

/** All that is written in it: words, or what stands under a file, now or by an edit. */
export function writtenWords(letter: Letter): string {
  return letter.kind === 'press' ? '' : (letter.part?.words ?? typedWords(letter) ?? '');
}

/** The same letter, in whose words no token of a one-time link can be read; a command is read before that. */
export function withoutAccessTokens(letter: Letter): Letter {
  if (letter.kind === 'press') return letter;
  const part = letter.part && { ...letter.part, words: blankAccessTokens(letter.part.words) };
  if (letter.kind === 'words') return { ...letter, part, words: blankAccessTokens(letter.words), command: undefined };
  if (letter.kind === 'edit') {
    return { ...letter, part, words: letter.words && blankAccessTokens(letter.words), command: undefined };
  }
  return { ...letter, part };
}

/** Whether it holds a secret that nobody asked for: a code that was typed twice or after «Отмена», its SMS, a password to an account, also among words. */
export function secretIn(letter: Letter): boolean {
  return holdsSecret(writtenWords(letter));
}

/** Which choice of a question was pressed. */
export function choiceOf(letter: Letter): string | undefined {
  return letter.kind === 'press' && letter.button?.is === 'choice' ? letter.button.choice : undefined;
}
