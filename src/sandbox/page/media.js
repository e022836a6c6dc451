/** @import { Message } from 'grammy/types' */
import { h, icon } from './dom.js';
import { downloadUrl, fileUrl } from './server.js';
import { lengthOf, phoneOf, sizeOf } from './words.js';

/**
 * What a message holds besides its words, as an element; nothing for a message of words alone.
 * @param {Message} message
 * @param {(source: string, name: string) => void} openPhoto shows a picture large
 * @returns {HTMLElement | undefined}
 */
export function drawMedia(message, openPhoto) {
  if (message.photo) return drawPhoto(message.photo, openPhoto);
  if (message.sticker) return drawSticker(message.sticker);
  if (message.animation) return drawVideo(message.animation, true);
  if (message.video) return drawVideo(message.video, false);
  if (message.video_note) return drawVideo(message.video_note, false);
  if (message.voice) return drawSound(message.voice, `Голосовое сообщение, ${lengthOf(message.voice.duration)}`);
  if (message.audio) return drawSound(message.audio, message.audio.title ?? message.audio.file_name ?? 'Аудиозапись');
  if (message.document) return drawDocument(message.document);
  if (message.venue) return drawPlace(message.venue.location, message.venue.title, message.venue.address);
  if (message.location) return drawPlace(message.location, 'Геопозиция');
  if (message.contact) return drawContact(message.contact);
  if (message.poll)
    return h(
      'div',
      { class: 'card' },
      h('strong', {}, message.poll.question),
      message.poll.options.map((one) => h('span', {}, one.text)),
    );
  return undefined;
}

/**
 * @param {NonNullable<Message['photo']>} sizes
 * @param {(source: string, name: string) => void} openPhoto
 */
function drawPhoto(sizes, openPhoto) {
  const best = sizes[sizes.length - 1];
  if (!best) return h('div', {});
  const source = fileUrl(best.file_id);
  const image = h('img', { src: source, alt: 'Фотография', width: best.width, height: best.height, loading: 'lazy' });
  return h(
    'button',
    { type: 'button', class: 'photo', 'aria-label': 'Открыть фотографию', onclick: () => openPhoto(source, 'photo.jpg') },
    image,
  );
}

/** @param {NonNullable<Message['sticker']>} sticker */
function drawSticker(sticker) {
  const box = h('div', { class: 'sticker' });
  const words = h('span', { class: 'sticker-emoji' }, sticker.emoji ?? 'Стикер');
  if (sticker.is_animated || sticker.is_video) box.append(words);
  else {
    const image = h('img', {
      src: fileUrl(sticker.file_id),
      alt: `Стикер ${sticker.emoji ?? ''}`.trim(),
      width: 128,
      height: 128,
    });
    image.addEventListener('error', () => image.replaceWith(words), { once: true });
    box.append(image);
  }
  return box;
}

/** @param {{ file_id: string }} video @param {boolean} isLoop */
const drawVideo = (video, isLoop) =>
  h('video', {
    class: 'video',
    src: fileUrl(video.file_id),
    controls: !isLoop,
    loop: isLoop,
    autoplay: isLoop,
    muted: isLoop,
    playsinline: true,
  });

/** @param {{ file_id: string }} sound @param {string} name */
const drawSound = (sound, name) =>
  h(
    'div',
    { class: 'sound' },
    h('audio', { src: fileUrl(sound.file_id), controls: true, preload: 'metadata', 'aria-label': name }),
    h('small', {}, name),
  );

/** @param {NonNullable<Message['document']>} file */
function drawDocument(file) {
  const name = file.file_name ?? 'файл';
  const isShown = /^(image\/(png|jpeg|gif|webp)|application\/pdf|text\/)/.test(file.mime_type ?? '');
  const open = {
    href: isShown ? fileUrl(file.file_id) : downloadUrl(file.file_id),
    target: isShown ? '_blank' : undefined,
    rel: 'noopener',
  };
  return h(
    'div',
    { class: 'document' },
    h(
      'a',
      { class: 'document-open', ...open, download: isShown ? undefined : name },
      h('span', { class: 'round' }, icon('file')),
      h('span', { class: 'document-name' }, h('span', {}, name), h('small', {}, sizeOf(file.file_size))),
    ),
    isShown ? h('a', { class: 'link document-save', href: downloadUrl(file.file_id), download: name }, 'Скачать') : null,
  );
}

/**
 * @param {{ latitude: number, longitude: number }} place
 * @param {string} title
 * @param {string} [address]
 */
function drawPlace({ latitude, longitude }, title, address) {
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return h(
    'a',
    { class: 'card place', href: map, target: '_blank', rel: 'noopener noreferrer' },
    h('span', { class: 'map', 'aria-hidden': 'true' }, icon('pin')),
    h('strong', {}, title),
    h('small', {}, address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
  );
}

/** @param {NonNullable<Message['contact']>} contact */
const drawContact = (contact) =>
  h(
    'div',
    { class: 'card contact' },
    h('span', { class: 'round' }, icon('person')),
    h(
      'span',
      { class: 'document-name' },
      h('strong', {}, `${contact.first_name} ${contact.last_name ?? ''}`.trim()),
      h('span', {}, phoneOf(contact.phone_number)),
      contact.user_id === undefined ? h('small', {}, 'не в Telegram') : null,
    ),
  );
