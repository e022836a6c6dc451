/** @import { Action, SentFileKind } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { h } from './dom.js';
import { makeMeterPhoto, makeSticker, makeVoice, STICKERS, VOICE_SECONDS } from './made-up-files.js';
import { ask, openMenu, toast } from './overlays.js';
import { upload } from './server.js';

/** Telegram's album. */
const ALBUM_MOST = 10;

/**
 * Who says it, where, to what: the part that all actions of saying share.
 * @typedef {{ as: number, chatId: number, threadId?: number, replyTo?: number }} Said
 */

/**
 * Sends files as photos and videos (`media`) or as documents, several as albums.
 * @param {Page} page
 * @param {Said} said
 * @param {File[]} files
 * @param {'media' | 'document'} manner
 * @param {string} caption
 */
export async function sendFiles(page, said, files, manner, caption) {
  /** @param {File} file @returns {'photo' | 'video' | 'document'} */
  const kindOf = (file) =>
    manner === 'document'
      ? 'document'
      : file.type.startsWith('video/')
        ? 'video'
        : /^image\/(png|jpeg|webp|gif)$/.test(file.type)
          ? 'photo'
          : 'document';
  try {
    for (let at = 0; at < files.length; at += ALBUM_MOST) {
      const part = files.slice(at, at + ALBUM_MOST);
      const items = await Promise.all(
        part.map(async (file) => ({ kind: kindOf(file), fileId: await upload(file, file.name || 'photo.png') })),
      );
      const isOneKind = items.every((item) => (item.kind === 'document') === (items[0]?.kind === 'document'));
      const words = at === 0 && caption !== '' ? { caption } : {};
      if (items.length > 1 && isOneKind) {
        const album = items.map((item, index) => (index === 0 ? { ...item, ...words } : item));
        await page.act({ type: 'send-album', items: album, ...said });
      } else {
        for (const [index, item] of items.entries())
          await page.act({ type: 'send-file', ...item, ...(index === 0 ? words : {}), ...said });
      }
    }
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Lets the reader choose what to attach.
 * @param {Page} page
 * @param {Element} anchor
 * @param {() => Said | undefined} saidNow
 * @param {() => string} takeCaption the words typed so far, which go with the file
 */
export function openAttachMenu(page, anchor, saidNow, takeCaption) {
  /** @param {'media' | 'document'} manner */
  const pick = (manner) => {
    const input = h('input', {
      type: 'file',
      multiple: true,
      accept: manner === 'media' ? 'image/*,video/*' : undefined,
      hidden: true,
    });
    input.addEventListener('change', () => {
      const said = saidNow();
      if (said && input.files?.length) void sendFiles(page, said, [...input.files], manner, takeCaption());
      input.remove();
    });
    input.addEventListener('cancel', () => input.remove());
    document.body.append(input);
    input.click();
  };
  /** @param {(said: Said) => Action | Promise<Action>} make */
  const send = async (make) => {
    const said = saidNow();
    if (!said) return;
    try {
      await page.act(await make(said));
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    }
  };
  /** @param {Blob} blob @param {string} name @param {SentFileKind} kind @param {{ emoji?: string, durationSeconds?: number }} more */
  const sendMade = (blob, name, kind, more) =>
    send(async (said) => ({ type: 'send-file', kind, fileId: await upload(blob, name), ...more, ...said }));
  const stickers = STICKERS.map((emoji) => ({
    label: emoji,
    choose: () => void makeSticker(emoji).then((blob) => sendMade(blob, 'sticker.webp', 'sticker', { emoji })),
  }));
  openMenu(
    anchor,
    [
      { label: 'Фото или видео', choose: () => pick('media') },
      {
        label: 'Снимок счётчика',
        hint: 'нарисуем',
        choose: () => void makeMeterPhoto().then((blob) => sendMade(blob, 'meter.jpg', 'photo', {})),
      },
      { label: 'Файл', choose: () => pick('document') },
      { label: 'Стикер', choose: () => setTimeout(() => openMenu(anchor, stickers, 'Стикеры')) },
      { label: 'Чужой контакт', choose: () => void askContact(send) },
      { label: 'Геопозиция', choose: () => void askPlace(send) },
      {
        label: 'Голосовое сообщение',
        hint: 'гудок',
        choose: () => void sendMade(makeVoice(), 'voice.wav', 'voice', { durationSeconds: VOICE_SECONDS }),
      },
    ],
    'Прикрепить',
  );
}

/** @param {(make: (said: Said) => Action) => Promise<void>} send */
async function askContact(send) {
  const answer = await ask({
    title: 'Чужой контакт',
    text: 'Из записной книжки: человек с другим номером.',
    fields: [
      { name: 'firstName', label: 'Имя', value: 'Соседка Нина' },
      { name: 'phone', label: 'Номер телефона', type: 'tel', value: '+79000000001' },
    ],
    agree: 'Отправить',
  });
  if (answer?.['phone']) {
    const { phone, firstName = '' } = /** @type {{ phone: string, firstName?: string }} */ (answer);
    await send((said) => ({ type: 'send-contact', phone, firstName: firstName || phone, ...said }));
  }
}

/** @param {(make: (said: Said) => Action) => Promise<void>} send */
async function askPlace(send) {
  const answer = await ask({
    title: 'Геопозиция',
    fields: [
      { name: 'latitude', label: 'Широта', value: '47.2362' },
      { name: 'longitude', label: 'Долгота', value: '38.8969' },
    ],
    agree: 'Отправить',
  });
  if (!answer) return;
  const latitude = Number(answer['latitude']);
  const longitude = Number(answer['longitude']);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return toast('Координаты пишутся числами, например 47.2362');
  await send((said) => ({ type: 'send-location', latitude, longitude, ...said }));
}
