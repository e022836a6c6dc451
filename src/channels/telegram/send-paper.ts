import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { DrawnFile, Paper, PaperCache, SecretPaper } from '../../papers/paper.ts';
import { inputFile } from './input-file.ts';
import { type Call, type CallResult, isClosed } from './calls.ts';
import { passes } from './refusals.ts';
import { captionWith, type Handed, handCaptioned, methodOf, upload } from './say.ts';

type Sender = { api: Api; chat: number; papers: PaperCache; call: Call };
type Refused = Extract<CallResult<unknown>, { done: false }>;

/**
 * Hands a paper over: by the handle under which Telegram has it from an earlier time, else drawn and sent up; a picture that is not taken as
 * one, as a file. Throws when it cannot be drawn.
 */
export async function sendPaper(
  { api, chat, papers, call }: Sender,
  paper: Paper,
  marked: string,
  markup?: InlineKeyboardMarkup,
): Promise<Handed<Refused>> {
  const speaker = { api, chat, call };
  const isFinal = (handed: Handed<Refused>) =>
    handed.outcome !== 'refused' || passes(handed.no.refusal) || isClosed(handed.no.refusal);

  const own = paper.kind === 'picture' ? ({ send: 'photo', file: paper.data.file } as const) : undefined;
  const known = own ?? (await papers.findSent(paper));
  if (known) {
    const handed = await handCaptioned(speaker, known, marked, markup);
    if (own || isFinal(handed)) return handed;
  }
  const { send, name, bytes } = await drawnMeanwhile({ api, chat, papers, call }, paper);
  const file = inputFile(bytes, name);
  let handed = await handCaptioned(speaker, { send, file }, marked, markup);
  if (send === 'photo' && !isFinal(handed)) handed = await handCaptioned(speaker, { send: 'document', file }, marked, markup);
  const handle = handed.outcome === 'refused' ? undefined : handleOf(handed.message);
  if (handle !== undefined) await papers.keepSent(paper, handle);
  return handed;
}

/** Hands over a paper of which nothing is kept, once; where it stands, undefined when it surely, or perhaps, did not arrive. */
export async function sendSecretPaper(
  { api, chat, papers, call }: Sender,
  paper: SecretPaper,
  marked: string,
): Promise<Message | undefined> {
  const { send, name, bytes } = await drawnMeanwhile({ api, chat, papers, call }, paper);
  const sent = await call(methodOf({ send }), () =>
    upload(api, chat, { send, file: inputFile(bytes, name) }, captionWith(marked)),
  );
  return sent.done ? sent.result : undefined;
}

/** Draws it, which may take seconds, while the person sees that a file is on its way: nobody waits for that, and it may fail. */
function drawnMeanwhile({ api, chat, papers }: Sender, paper: Paper | SecretPaper): Promise<DrawnFile> {
  void api.sendChatAction(chat, ACTIONS[paper.kind]).catch(() => undefined);
  return papers.draw(paper);
}

/** What the person sees meanwhile, as the paper will come. */
const ACTIONS: Readonly<Record<Paper['kind'] | SecretPaper['kind'], 'upload_photo' | 'upload_document'>> = {
  'payment-document': 'upload_document',
  'payment-qr': 'upload_photo',
  'history-chart': 'upload_photo',
  'detail-sheet': 'upload_document',
  'desk-chart': 'upload_photo',
  'cabinet-chart': 'upload_photo',
  'requests-sheet': 'upload_document',
  picture: 'upload_photo',
  'password-slip': 'upload_document',
  'person-data': 'upload_document',
};

/** As which of both Telegram has it now: a picture that came as a file goes out as one again. */
export function handleOf({ document, photo }: Message): { send: DrawnFile['send']; file: string } | undefined {
  if (document) return { send: 'document', file: document.file_id };
  const picture = photo?.at(-1);
  return picture && { send: 'photo', file: picture.file_id };
}
