/** What a phone has at hand and a page has not: stickers and a voice, made here. */

/** Emoji that the page makes stickers of. */
export const STICKERS = ['👍', '❤️', '😀', '🙏', '😡', '🏠'];

const STICKER_SIDE_PX = 512;

/**
 * A sticker as Telegram takes it: WebP, 512 px, clear ground.
 * @param {string} emoji
 * @returns {Promise<Blob>}
 */
export function makeSticker(emoji) {
  const canvas = document.createElement('canvas');
  canvas.width = STICKER_SIDE_PX;
  canvas.height = STICKER_SIDE_PX;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('Браузер не умеет рисовать стикеры');
  pen.font = `${STICKER_SIDE_PX * 0.78}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(emoji, STICKER_SIDE_PX / 2, STICKER_SIDE_PX / 2);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Браузер не умеет рисовать стикеры'))), 'image/webp');
  });
}

/** @returns {Promise<Blob>} a picture of a water meter with figures of chance, JPEG */
export function makeMeterPhoto() {
  const canvas = document.createElement('canvas');
  canvas.width = 800;
  canvas.height = 600;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('Браузер не умеет рисовать');
  pen.fillStyle = '#8c8f93';
  pen.fillRect(0, 0, 800, 600);
  pen.fillStyle = '#f4f4f0';
  pen.beginPath();
  pen.arc(400, 300, 260, 0, 2 * Math.PI);
  pen.fill();
  pen.lineWidth = 16;
  pen.strokeStyle = '#2c5d8f';
  pen.stroke();
  pen.font = '600 72px ui-monospace, monospace';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const figures = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
  for (let index = 0; index < figures.length; index += 1) {
    const left = 176 + index * 56;
    pen.fillStyle = index < 5 ? '#16181b' : '#a3271f';
    pen.fillRect(left, 250, 52, 90);
    pen.fillStyle = '#ffffff';
    pen.fillText(figures.charAt(index), left + 26, 297);
  }
  pen.fillStyle = '#16181b';
  pen.font = '36px system-ui, sans-serif';
  pen.fillText('м³', 400, 400);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Браузер не умеет рисовать'))), 'image/jpeg', 0.85);
  });
}

const RATE_HZ = 8000;
const TONE_HZ = 440;
export const VOICE_SECONDS = 2;

/** @returns {Blob} two seconds of a soft tone, WAV, 8 bits */
export function makeVoice() {
  const samples = RATE_HZ * VOICE_SECONDS;
  const bytes = new Uint8Array(44 + samples);
  const view = new DataView(bytes.buffer);
  /** @param {number} at @param {string} text */
  const write = (at, text) => bytes.set(new TextEncoder().encode(text), at);
  write(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, RATE_HZ, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, samples, true);
  for (let index = 0; index < samples; index += 1)
    bytes[44 + index] = 128 + Math.round(30 * Math.sin((2 * Math.PI * TONE_HZ * index) / RATE_HZ));
  return new Blob([bytes], { type: 'audio/wav' });
}
