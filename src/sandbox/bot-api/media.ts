/** Files as content of messages. */
import type { PhotoSize } from 'grammy/types';
import type { Content } from './posting.ts';
import { present } from './present.ts';
import { badRequest } from './refusal.ts';
import type { StoredFile } from './state.ts';

export type MediaKind = Exclude<StoredFile['kind'], 'thumbnail'>;

export const UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024;
export const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024;
export const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024;

type MediaDetails = {
  durationSeconds?: number;
  width?: number;
  height?: number;
  performer?: string;
  title?: string;
  emoji?: string;
};

/** The part of a message that holds this file; what a caption adds is the caller's. */
export function contentOfFile(file: StoredFile, details: MediaDetails = {}): Content {
  const ids = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size };
  const named = { ...ids, file_name: file.name, mime_type: file.mime };
  const frame = { width: file.width ?? details.width ?? 640, height: file.height ?? details.height ?? 480 };
  const duration = details.durationSeconds ?? 0;
  switch (file.kind) {
    case 'photo':
      return { photo: [{ ...ids, ...frame } satisfies PhotoSize] };
    case 'video':
      return { video: { ...named, ...frame, duration } };
    case 'animation':
      return { animation: { ...named, ...frame, duration }, document: named };
    case 'audio':
      return { audio: present({ ...named, duration, performer: details.performer, title: details.title }) };
    case 'voice':
      return { voice: { ...ids, duration, mime_type: 'audio/ogg' } };
    case 'video_note':
      return { video_note: { ...ids, length: Math.min(frame.width, frame.height), duration } };
    case 'sticker':
      return {
        sticker: present({
          ...ids,
          type: 'regular' as const,
          width: file.width ?? 512,
          height: file.height ?? 512,
          is_animated: file.name.endsWith('.tgs'),
          is_video: file.name.endsWith('.webm'),
          emoji: details.emoji,
        }),
      };
    case 'document':
    case 'thumbnail':
      break;
  }
  return { document: named };
}

/** Throws what Telegram says to a picture that it does not take. */
export function requirePhoto(file: Pick<StoredFile, 'size' | 'width' | 'height'>): void {
  if (file.size > PHOTO_LIMIT_BYTES) throw badRequest(`file is too big`);
  if (file.width === undefined || file.height === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const [short, long] = [Math.min(file.width, file.height), Math.max(file.width, file.height)];
  if (short === 0 || file.width + file.height > 10_000 || long / short > 20) throw badRequest('PHOTO_INVALID_DIMENSIONS');
}
