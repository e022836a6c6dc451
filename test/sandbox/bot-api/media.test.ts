import { InputFile, InputMediaBuilder } from 'grammy';
import type { File as BotFile, Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { type Answer, openSandbox, type Tried } from './sandbox-kit.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';

/** A multipart call by fetch. */
async function upload(
  sandbox: Tried,
  method: string,
  fields: Record<string, string | number | Blob>,
  name = 'file.bin',
): Promise<Answer> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(key, value, name);
    else form.append(key, String(value));
  }
  const response = await fetch(`${sandbox.apiRoot}/bot${sandbox.token}/${method}`, { method: 'POST', body: form });
  return (await response.json()) as Answer;
}

describe('files of the bot', () => {
  test('a document goes out, comes back by getFile and by its file_id', async () => {
    const { api, apiRoot, token, ivan } = await openSandbox();
    const sent = await api.sendDocument(ivan, new InputFile(Buffer.from('ЛС;Сумма'), 'bill.csv'), {
      caption: '<b>Квитанция</b>',
      parse_mode: 'HTML',
    });
    expect(sent).toMatchObject({
      caption: 'Квитанция',
      caption_entities: [{ type: 'bold', offset: 0, length: 9 }],
      document: { file_name: 'bill.csv', mime_type: 'text/csv', file_size: 15 },
    });
    const file = await api.getFile(sent.document.file_id);
    expect(file).toMatchObject({ file_size: 15, file_unique_id: sent.document.file_unique_id });
    const bytes = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`);
    expect(await bytes.text()).toBe('ЛС;Сумма');
    expect((await fetch(`${apiRoot}/file/bot${token}/documents/none`)).status).toBe(404);
    expect((await fetch(`${apiRoot}/file/bot1:wrong/${file.file_path}`)).status).toBe(401);
    const again = await api.sendDocument(ivan, sent.document.file_id);
    expect(again.document).toEqual(sent.document);
  });

  test('every kind of file', async () => {
    const { api, ivan } = await openSandbox();
    const file = (name: string) => new InputFile(PIXEL_PNG, name);
    expect((await api.sendPhoto(ivan, file('a.png'))).photo).toMatchObject([
      { width: 1, height: 1, file_size: PIXEL_PNG.length },
    ]);
    expect((await api.sendVideo(ivan, file('a.mp4'), { duration: 3 })).video).toMatchObject({
      duration: 3,
      mime_type: 'video/mp4',
    });
    expect((await api.sendAudio(ivan, file('a.mp3'), { title: 'Гимн', duration: 5 })).audio).toMatchObject({
      title: 'Гимн',
      duration: 5,
    });
    expect((await api.sendVoice(ivan, file('a.ogg'))).voice).toMatchObject({ mime_type: 'audio/ogg' });
    expect((await api.sendVideoNote(ivan, file('a.mp4'))).video_note).toMatchObject({ length: 1 });
    expect((await api.sendSticker(ivan, file('a.webp'))).sticker).toMatchObject({ type: 'regular', is_animated: false });
  });

  test.each([
    ['sendPhoto', {}, 'Bad Request: there is no photo in the request'],
    ['sendDocument', {}, 'Bad Request: there is no document in the request'],
    ['sendVideoNote', {}, 'Bad Request: there is no video note in the request'],
    ['sendDocument', { document: 'nonsense' }, 'Bad Request: wrong file identifier/HTTP URL specified'],
    ['sendDocument', { document: 'attach://none' }, 'Bad Request: file "attach://none" is not found in the request'],
    ['sendDocument', { document: 'http://127.0.0.1:1/a.pdf' }, 'Bad Request: failed to get HTTP URL content'],
    ['sendPhoto', { caption: 'я'.repeat(1025) }, 'Bad Request: message caption is too long'],
    ['getFile', { file_id: 'nonsense' }, 'Bad Request: wrong file_id or the file is temporarily unavailable'],
    ['getFile', {}, 'Bad Request: file_id not specified'],
  ])('%s %j is refused', async (method, parameters, problem) => {
    const { refusal, ivan } = await openSandbox();
    expect(await refusal(method, { ...(method === 'getFile' ? {} : { chat_id: ivan }), ...parameters })).toBe(problem);
  });

  test('a photo that is none, an empty file, a file of another kind', async () => {
    const sandbox = await openSandbox();
    const { ivan, refusal, api } = sandbox;
    const words = new Blob(['слова']);
    expect(await upload(sandbox, 'sendPhoto', { chat_id: ivan, photo: words })).toMatchObject({
      description: 'Bad Request: IMAGE_PROCESS_FAILED',
    });
    expect(await upload(sandbox, 'sendDocument', { chat_id: ivan, document: new Blob([]) })).toMatchObject({
      description: 'Bad Request: file must be non-empty',
    });
    const { document } = await api.sendDocument(ivan, new InputFile(PIXEL_PNG, 'a.png'));
    expect(await refusal('sendPhoto', { chat_id: ivan, photo: document.file_id })).toBe(
      "Bad Request: can't use file of type Document as Photo",
    );
  });

  test('50 MB go up, more is 413; 20 MB come down, more is «file is too big»', async () => {
    const sandbox = await openSandbox();
    const { ivan } = sandbox;
    const blob = (megabytes: number, extra = 0) => new Blob([Buffer.alloc(megabytes * 1024 * 1024 + extra)]);
    const taken = await upload(sandbox, 'sendDocument', { chat_id: ivan, document: blob(50) });
    expect(taken.ok).toBe(true);
    const id = (taken.result as Message).document?.file_id;
    expect(await sandbox.refusal('getFile', { file_id: id })).toBe('Bad Request: file is too big');
    expect(await upload(sandbox, 'sendDocument', { chat_id: ivan, document: blob(50, 1) })).toEqual({
      ok: false,
      error_code: 413,
      description: 'Request Entity Too Large',
    });
    const small = await upload(sandbox, 'sendDocument', { chat_id: ivan, document: blob(20) });
    const smallId = (small.result as Message).document?.file_id;
    expect((await sandbox.result<BotFile>('getFile', { file_id: smallId })).file_size).toBe(20 * 1024 * 1024);
  });
});

describe('albums', () => {
  test('2–10 files are one album', async () => {
    const { api, refusal, ivan } = await openSandbox();
    const photo = () => InputMediaBuilder.photo(new InputFile(PIXEL_PNG, 'a.png'));
    const sent: Message[] = await api.sendMediaGroup(ivan, [{ ...photo(), caption: 'Счетчики' }, photo(), photo()]);
    expect(sent.map(({ caption }) => caption)).toEqual(['Счетчики', undefined, undefined]);
    expect(new Set(sent.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    expect(sent[0]?.media_group_id).toMatch(/^\d+$/);
    expect(await refusal('sendMediaGroup', { chat_id: ivan, media: [] })).toBe('Bad Request: there are no messages to send');
    expect(
      await refusal('sendMediaGroup', {
        chat_id: ivan,
        media: Array.from({ length: 11 }, () => ({ type: 'photo', media: 'x' })),
      }),
    ).toBe('Bad Request: too many messages to send as an album');
  });

  test('documents go with documents only', async () => {
    const { api, refusal, ivan } = await openSandbox();
    const { document } = await api.sendDocument(ivan, new InputFile(PIXEL_PNG, 'a.bin'));
    const [photo] = (await api.sendPhoto(ivan, new InputFile(PIXEL_PNG, 'a.png'))).photo;
    const media = [
      { type: 'document', media: document.file_id },
      { type: 'photo', media: photo?.file_id },
    ];
    expect(await refusal('sendMediaGroup', { chat_id: ivan, media })).toBe(
      "Bad Request: document can't be mixed with other media types",
    );
  });
});

describe('files of people', () => {
  test('a photo with a caption, an album, a voice message', async () => {
    const { act, upload: store, updates, api, ivan } = await openSandbox();
    const fileId = await store(PIXEL_PNG, 'meter.png', 'image/png');
    act({ type: 'send-file', kind: 'photo', fileId, as: ivan, chatId: ivan, caption: 'счетчик' });
    act({ type: 'send-file', kind: 'voice', fileId, as: ivan, chatId: ivan, durationSeconds: 4 });
    act({
      type: 'send-album',
      as: ivan,
      chatId: ivan,
      items: [
        { kind: 'photo', fileId, caption: 'раз' },
        { kind: 'photo', fileId },
      ],
    });
    const messages = (await updates()).map(({ message }) => message as Message);
    expect(messages[0]).toMatchObject({ caption: 'счетчик', photo: [{ width: 1, height: 1 }] });
    expect(messages[1]?.voice).toMatchObject({ duration: 4 });
    expect(messages[2]?.media_group_id).toBe(messages[3]?.media_group_id);
    expect(await api.getFile(messages[0]?.photo?.[0]?.file_id ?? '')).toMatchObject({ file_size: PIXEL_PNG.length });
  });

  test('what is no picture is not sent as a photo', async () => {
    const { act, upload: store, ivan } = await openSandbox();
    const fileId = await store(Buffer.from('слова'), 'a.txt', 'text/plain');
    expect(() => act({ type: 'send-file', kind: 'photo', fileId, as: ivan, chatId: ivan })).toThrow('отправьте её файлом');
  });
});
