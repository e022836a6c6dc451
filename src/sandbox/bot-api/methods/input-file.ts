/** A file that a call names: a part of the request, an id known here, or an address in the web. */
import type { ApiCall } from '../call.ts';
import type { Upload } from '../files.ts';
import { imageSize } from '../image-size.ts';
import { PHOTO_LIMIT_BYTES, requirePhoto, UPLOAD_LIMIT_BYTES } from '../media.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { StoredFile } from '../state.ts';

const KIND_NAMES: Record<StoredFile['kind'], string> = {
  photo: 'Photo',
  document: 'Document',
  sticker: 'Sticker',
  voice: 'VoiceNote',
  video: 'Video',
  audio: 'Audio',
  animation: 'Animation',
  video_note: 'VideoNote',
  thumbnail: 'Thumbnail',
};

/** The file of a parameter such as `photo`; absent: `there is no photo in the request`. */
export async function fileNamed(call: ApiCall, parameter: string, kind: StoredFile['kind']): Promise<StoredFile> {
  const upload = call.uploads.get(parameter);
  if (upload) return keepUpload(call, upload, kind);
  const given = call.parameters.text(parameter);
  if (given === undefined) throw badRequest(`there is no ${parameter.replace('_', ' ')} in the request`);
  return fileGiven(call, given, kind);
}

/** The file that a word names: `attach://part`, a `file_id`, `https://…`. */
export async function fileGiven(call: ApiCall, given: string, kind: StoredFile['kind']): Promise<StoredFile> {
  if (given.startsWith('attach://')) {
    const upload = call.uploads.get(given.slice('attach://'.length));
    if (!upload) throw badRequest(`file "${given}" is not found in the request`);
    return keepUpload(call, upload, kind);
  }
  const known = call.world.state.files.get(given);
  if (known) {
    if (known.kind !== kind) throw badRequest(`can't use file of type ${KIND_NAMES[known.kind]} as ${KIND_NAMES[kind]}`);
    return known;
  }
  if (/^https?:\/\//i.test(given)) return keepUpload(call, await download(call, given, kind), kind);
  throw badRequest('wrong file identifier/HTTP URL specified');
}

async function keepUpload(call: ApiCall, upload: Upload, kind: StoredFile['kind']): Promise<StoredFile> {
  if (upload.size === 0) throw badRequest('file must be non-empty');
  const file = await call.world.files.keep(upload, kind, call.world.state.lastFileNumber + 1);
  if (kind === 'photo') requirePhoto(file);
  call.world.put({ fact: 'file', file });
  return file;
}

/** Telegram fetches 5 MB of a photo and 20 MB of the rest. */
async function download(call: ApiCall, address: string, kind: StoredFile['kind']): Promise<Upload> {
  const limit = kind === 'photo' ? PHOTO_LIMIT_BYTES / 2 : UPLOAD_LIMIT_BYTES * 0.4;
  try {
    const response = await fetch(address, { signal: AbortSignal.any([call.signal, AbortSignal.timeout(10_000)]) });
    const declared = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || declared > limit) throw badRequest('failed to get HTTP URL content');
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.length > limit) throw badRequest('failed to get HTTP URL content');
    if (kind === 'photo' && !imageSize(bytes)) throw badRequest('wrong type of the web page content');
    const name = decodeURIComponent(new URL(response.url).pathname.split('/').at(-1) ?? '') || 'file';
    return await call.world.files.upload(
      bytes,
      name,
      response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream',
    );
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw badRequest('failed to get HTTP URL content');
  }
}
