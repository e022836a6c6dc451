/** Files: sendPhoto, sendDocument and their kin, albums, getFile. */
import { randomInt } from 'node:crypto';
import type { Message } from 'grammy/types';
import type { ApiCall, ApiMethod, Handlers } from '../call.ts';
import { readCaption } from '../entities/read.ts';
import { contentOfFile, DOWNLOAD_LIMIT_BYTES, type MediaKind } from '../media.ts';
import type { Content } from '../posting.ts';
import { badRequest } from '../refusal.ts';
import { fileGiven, fileNamed } from './input-file.ts';
import { sendTargetOf, sendContent, sendTo } from './send.ts';

export const media: Handlers = {
  sendPhoto: sending('photo', 'photo'),
  sendDocument: sending('document', 'document'),
  sendVideo: sending('video', 'video'),
  sendAudio: sending('audio', 'audio'),
  sendVoice: sending('voice', 'voice'),
  sendVideoNote: sending('video_note', 'video_note'),
  sendSticker: sending('sticker', 'sticker'),
  sendMediaGroup,

  getFile({ parameters, world }) {
    const id = parameters.text('file_id');
    if (id === undefined) throw badRequest('file_id not specified');
    const file = world.state.files.get(id);
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.size > DOWNLOAD_LIMIT_BYTES) throw badRequest('file is too big');
    return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path };
  },
};

function sending(parameter: string, kind: MediaKind): ApiMethod {
  return async (call) => {
    const { parameters } = call;
    const caption = readCaptionOf(call);
    const file = await fileNamed(call, parameter, kind);
    return sendContent(call, {
      ...contentOfFile(file, {
        ...optional('durationSeconds', parameters.integer('duration')),
        ...optional('width', parameters.integer('width')),
        ...optional('height', parameters.integer('height')),
        ...optional('performer', parameters.text('performer')),
        ...optional('title', parameters.text('title')),
        ...optional('emoji', parameters.text('emoji')),
      }),
      ...caption,
      ...(parameters.flag('has_spoiler') ? { has_media_spoiler: true as const } : {}),
      ...(parameters.flag('show_caption_above_media') ? { show_caption_above_media: true as const } : {}),
    });
  };
}

export function readCaptionOf({ parameters }: ApiCall): Content {
  return captionContent(parameters.text('caption'), parameters.text('parse_mode'), parameters.json('caption_entities'));
}

/** A file of `InputMedia` with its caption, as content. */
export async function readInputMedia(call: ApiCall, given: unknown): Promise<{ kind: MediaKind; content: Content }> {
  if (typeof given !== 'object' || given === null) throw badRequest("can't parse InputMedia: expected an Object");
  const item = given as Record<string, unknown>;
  const kind = item['type'];
  if (typeof kind !== 'string' || !INPUT_KINDS.has(kind))
    throw badRequest("can't parse InputMedia: invalid media type specified");
  if (typeof item['media'] !== 'string' || item['media'] === '') throw badRequest("can't parse InputMedia: media not found");
  const caption = captionContent(textIn(item, 'caption'), textIn(item, 'parse_mode'), item['caption_entities']);
  const file = await fileGiven(call, item['media'], kind as MediaKind);
  return {
    kind: kind as MediaKind,
    content: {
      ...contentOfFile(file, {
        ...optional('durationSeconds', numberIn(item, 'duration')),
        ...optional('width', numberIn(item, 'width')),
        ...optional('height', numberIn(item, 'height')),
        ...optional('performer', textIn(item, 'performer')),
        ...optional('title', textIn(item, 'title')),
      }),
      ...caption,
      ...(item['has_spoiler'] === true ? { has_media_spoiler: true as const } : {}),
    },
  };
}

const INPUT_KINDS = new Set(['photo', 'video', 'animation', 'audio', 'document']);

async function sendMediaGroup(call: ApiCall): Promise<Message[]> {
  const given = call.parameters.json('media');
  if (given === undefined) throw badRequest('media not found');
  if (!Array.isArray(given)) throw badRequest("can't parse media JSON object");
  if (given.length === 0) throw badRequest('there are no messages to send');
  if (given.length > 10) throw badRequest('too many messages to send as an album');
  if (given.length < 2) throw badRequest('too few messages to send as an album');
  const items: Awaited<ReturnType<typeof readInputMedia>>[] = [];
  for (const item of given as unknown[]) items.push(await readInputMedia(call, item));
  requireOneAlbum(items.map(({ kind }) => kind));
  const place = sendTargetOf(call, items.length);
  const media_group_id = newMediaGroupId();
  return call.world.change(() =>
    items.map(({ content }) => sendTo(call, place, { ...content, media_group_id }, { kind: 'none' })),
  );
}

/** Photos and videos go together; documents and audios only with their like. */
export function requireOneAlbum(kinds: readonly string[]): void {
  for (const kind of ['document', 'audio'])
    if (kinds.includes(kind) && kinds.some((other) => other !== kind))
      throw badRequest(`${kind} can't be mixed with other media types`);
  if (kinds.includes('animation')) throw badRequest("can't use the media of the specified type in the album");
}

export const newMediaGroupId = (): string => `1${String(randomInt(1e12)).padStart(12, '0')}`;

function captionContent(caption: string | undefined, parseMode: string | undefined, entities: unknown): Content {
  const { text, entities: caption_entities } = readCaption(caption, parseMode, entities);
  if (text === '') return {};
  return { caption: text, ...(caption_entities.length > 0 ? { caption_entities } : {}) };
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });

const textIn = (item: Record<string, unknown>, key: string): string | undefined =>
  typeof item[key] === 'string' ? item[key] : undefined;

const numberIn = (item: Record<string, unknown>, key: string): number | undefined =>
  typeof item[key] === 'number' ? item[key] : undefined;
