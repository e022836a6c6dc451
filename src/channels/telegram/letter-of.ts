import type { Message, Update } from 'grammy/types';
import { markOf } from '../../dialogs/kit/edits.ts';
import type { Letter, LetterCommand, PressedButton } from '../../dialogs/kit/letter.ts';
import { readCallbackData } from './callback-data.ts';
import { messagePlace } from './ids.ts';
import { messagePartOf } from './message-part-of.ts';

/** What a person did in a private chat with the bot of that name; undefined for an update that is no word to us (money, who may write to whom). */
export function letterOf(
  { message, edited_message: edited, callback_query: press }: Update,
  botName: string,
): Letter | undefined {
  if (press)
    return { kind: 'press', button: buttonOf(press.data ?? ''), place: press.message && messagePlace(press.message.message_id) };
  if (message) return { ...writtenOf(message), ...contentOf(message, botName) };
  if (!edited) return undefined;
  const { text: words } = edited;
  const command = words === undefined ? undefined : commandOf(words, botName);
  return { ...writtenOf(edited), kind: 'edit', words, command, afterSeconds: secondsUntilEdit(edited) };
}

/** Of an edit that does not say when it was made, nothing is known to be over. */
function secondsUntilEdit({ date, edit_date: editDate = 0 }: Message): number {
  return editDate - date;
}

function writtenOf(message: Message) {
  const { message_id: id, text, caption, photo, document } = message;
  const file = photo?.at(-1)?.file_unique_id ?? document?.file_unique_id ?? '';
  return { place: messagePlace(id), mark: markOf(text ?? caption ?? '', file), part: messagePartOf(message) };
}

type LetterContent = Letter extends infer Each
  ? Each extends { kind: 'words' | 'contact' | 'photo' | 'file' | 'other' }
    ? Omit<Each, keyof ReturnType<typeof writtenOf>>
    : never
  : never;

function contentOf({ text, contact, from, forward_origin: origin, photo, document }: Message, botName: string): LetterContent {
  if (text !== undefined) return { kind: 'words', words: text, command: commandOf(text, botName) };
  if (contact) {
    // A contact counts only when it is the sender's own and was not forwarded: anybody can forward anybody's.
    const own = contact.user_id !== undefined && contact.user_id === from?.id && origin === undefined;
    return { kind: 'contact', phone: contact.phone_number, own };
  }
  // The sizes of a photo run from the smallest.
  const picture = photo?.at(-1) ?? (document?.mime_type?.startsWith('image/') ? document : undefined);
  if (picture) return { kind: 'photo', file: picture.file_id, unique: picture.file_unique_id };
  if (document)
    return { kind: 'file', file: document.file_id, name: document.file_name ?? '', bytes: document.file_size ?? null };
  return { kind: 'other' };
}

/** `login` of `/login@our_bot 09.2026`, and what stands behind it: of a link that was followed, its payload (`/start ls-0012345`). */
function commandOf(text: string, botName: string): LetterCommand | undefined {
  const [, name, to] = /^\/(\w+)(?:@(\w+))?(?![\w/])/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const isOurs = to === undefined || to.toLowerCase() === botName.toLowerCase();
  return { name: isOurs ? name.toLowerCase() : `${name}@${to}`, argument: text.replace(/^\S+\s*/, '').trim() };
}

/** A button of the staff group means nothing here. */
function buttonOf(data: string): PressedButton | undefined {
  const read = readCallbackData(data);
  if (read?.kind === 'choice') return { is: 'choice', run: read.run, step: read.step, choice: read.choice };
  return read?.kind === 'door' ? { is: 'door', dialog: read.dialog, ref: read.ref } : undefined;
}
