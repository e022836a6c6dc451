/** Content types by a file's name, and which of them a browser may show from this address. */
import { extname } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.zip': 'application/zip',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.oga': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mov': 'video/quicktime',
};

const OCTETS = 'application/octet-stream';

export const mimeOf = (name: string): string => TYPES[extname(name).toLowerCase()] ?? OCTETS;

/** The declared type where it says anything, else that of the name; as Telegram shows it, without a charset. */
export function fileMime(name: string, declared: string | undefined): string {
  const given = declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  return given === '' || given === OCTETS ? (mimeOf(name).split(';')[0] ?? OCTETS) : given;
}

const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/|application\/pdf|text\/plain)/;

/** Anything that could run a script here is only ever downloaded. */
export const mayShow = (mime: string): boolean => SHOWN.test(mime);
