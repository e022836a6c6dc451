import type { Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { DrawnFile, Paper, PaperCache, SecretPaper } from '../../papers/paper.ts';
import { inputFile } from './input-file.ts';
import { type Call, isClosed, type CallResult } from './calls.ts';
import { passes, type TelegramRefusal } from './refusals.ts';

type Sender = { api: Api; chat: number; papers: PaperCache; call: Call };
type Under = { caption?: string; reply_markup?: InlineKeyboardMarkup };
type Send = DrawnFile['send'];

/** `bare`: it stands there without the words and buttons, which were not taken under it. */
export type Handed =
  | { outcome: 'handed'; message: Message }
  | { outcome: 'bare' }
  | { outcome: 'refused'; refusal: TelegramRefusal };

/**
 * Hands a paper over: by the handle under which Telegram has it from an earlier time, else drawn and sent up; a picture that is not taken as
 * one, as a file. Throws when it cannot be drawn.
 */
export async function sendPaper({ api, chat, papers, call }: Sender, paper: Paper, under: Under): Promise<Handed> {
  const send = (how: Send, file: string | InputFile, words: Under) =>
    call(methodOf(how), () => upload(api, chat, how, file, words));
  /** With the words under it; without them where it is they that are not taken. */
  const hand = async (how: Send, file: string | InputFile): Promise<[CallResult<Message>, Handed]> => {
    const first = await send(how, file, under);
    if (first.done) return [first, { outcome: 'handed', message: first.result }];
    if (!isOfWords(first.refusal)) return [first, { outcome: 'refused', refusal: first.refusal }];
    const bare = await send(how, file, {});
    return [bare, bare.done ? { outcome: 'bare' } : { outcome: 'refused', refusal: bare.refusal }];
  };

  const own = paper.kind === 'picture' ? ({ send: 'photo', file: paper.data.file } as const) : undefined;
  const known = own ?? (await papers.findSent(paper));
  if (known) {
    const [, handed] = await hand(known.send, known.file);
    if (own || handed.outcome !== 'refused' || passes(handed.refusal) || isClosed(handed.refusal)) return handed;
  }
  const { send: how, name, bytes } = await drawnMeanwhile({ api, chat, papers, call }, paper);
  const drawn = () => inputFile(bytes, name);
  let [sent, handed] = await hand(how, drawn());
  if (how === 'photo' && handed.outcome === 'refused' && !passes(handed.refusal) && !isClosed(handed.refusal))
    [sent, handed] = await hand('document', drawn());
  const file = sent.done ? handleOf(sent.result) : undefined;
  if (file !== undefined && handed.outcome !== 'refused') await papers.keepSent(paper, file);
  return handed;
}

/** Hands over a paper of which nothing is kept, once; where it stands, undefined when it surely, or perhaps, did not arrive. */
export async function sendSecretPaper(
  { api, chat, papers, call }: Sender,
  paper: SecretPaper,
  under: Under,
): Promise<Message | undefined> {
  const { send, name, bytes } = await drawnMeanwhile({ api, chat, papers, call }, paper);
  const sent = await call(methodOf(send), () => upload(api, chat, send, inputFile(bytes, name), under));
  return sent.done ? sent.result : undefined;
}

/** Draws it, which may take seconds, while the person sees that a file is on its way: nobody waits for that, and it may fail. */
function drawnMeanwhile({ api, chat, papers }: Sender, paper: Paper | SecretPaper): Promise<DrawnFile> {
  void api.sendChatAction(chat, PICTURES.has(paper.kind) ? 'upload_photo' : 'upload_document').catch(() => undefined);
  return papers.draw(paper);
}

const PICTURES: ReadonlySet<Paper['kind'] | SecretPaper['kind']> = new Set(['payment-qr', 'history-chart', 'desk-chart']);

function upload(api: Api, chat: number, send: Send, file: string | InputFile, under: Under): Promise<Message> {
  const options = { ...under, ...(under.caption !== undefined && { parse_mode: 'HTML' as const }) };
  return send === 'photo' ? api.sendPhoto(chat, file, options) : api.sendDocument(chat, file, options);
}

const methodOf = (send: Send) => (send === 'photo' ? 'sendPhoto' : 'sendDocument');

const isOfWords = ({ what }: TelegramRefusal) => what === 'words' || what === 'length';

/** As which of both Telegram has it now: a picture that came as a file goes out as one again. */
export function handleOf({ document, photo }: Message): { send: Send; file: string } | undefined {
  if (document) return { send: 'document', file: document.file_id };
  const picture = photo?.at(-1);
  return picture && { send: 'photo', file: picture.file_id };
}
