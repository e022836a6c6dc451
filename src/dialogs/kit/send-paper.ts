import { type Api, GrammyError, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { DrawnFile, Paper, PaperDesk, SecretPaper } from '../../papers/paper.ts';

type Sender = {
  api: Api;
  chat: number;
  papers: PaperDesk;
  /** Makes a call; a refusal is reported and answered with false. */
  attempt: (method: string, call: () => Promise<unknown>) => Promise<boolean>;
};

type Under = { caption: string; reply_markup?: InlineKeyboardMarkup };
type Send = DrawnFile['send'];

/**
 * Hands a paper over: by the handle under which Telegram has it from an earlier time, else drawn and sent up. False when it surely did not
 * arrive. Throws when it cannot be drawn.
 */
export async function sendPaper({ api, chat, papers, attempt }: Sender, paper: Paper, under: Under): Promise<boolean> {
  const call = (send: Send, file: string | InputFile) => upload(api, chat, send, file, under);

  const known = await papers.findSent(paper);
  if (known) {
    let gone = false;
    const said = await attempt(methodOf(known.send), () =>
      call(known.send, known.file).catch((error: unknown) => {
        if (!isHandleGone(error)) throw error;
        gone = true;
      }),
    );
    if (!gone) return said;
  }

  const { send, name, bytes } = await papers.draw(paper);
  let sent: Message | undefined;
  const said = await attempt(methodOf(send), async () => {
    sent = await call(send, new InputFile(bytes, name));
  });
  const file = sent && handleOf(sent);
  if (file !== undefined) await papers.keepSent(paper, { send, file });
  return said;
}

/** Hands over a paper of which nothing is kept; where it stands, undefined when it surely, or perhaps, did not arrive. */
export async function sendSecretPaper(
  { api, chat, papers, attempt }: Sender,
  paper: SecretPaper,
  under: Under,
): Promise<Message | undefined> {
  const { send, name, bytes } = await papers.draw(paper);
  let sent: Message | undefined;
  await attempt(methodOf(send), async () => {
    sent = await upload(api, chat, send, new InputFile(bytes, name), under);
  });
  return sent;
}

function upload(api: Api, chat: number, send: Send, file: string | InputFile, under: Under): Promise<Message> {
  const options = { ...under, parse_mode: 'HTML' as const };
  return send === 'photo' ? api.sendPhoto(chat, file, options) : api.sendDocument(chat, file, options);
}

const methodOf = (send: Send) => (send === 'photo' ? 'sendPhoto' : 'sendDocument');

/** Telegram no longer knows the handle (another bot's, or too old). */
function isHandleGone(error: unknown): boolean {
  return error instanceof GrammyError && /file.?(id|identifier)|FILE_REFERENCE/i.test(error.description);
}

function handleOf({ document, photo }: Message): string | undefined {
  return document?.file_id ?? photo?.at(-1)?.file_id;
}
