import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import type { Keyring } from '../office/edges.ts';

/** The office's keyring, and the same seal on bytes: 30 bytes longer than what it holds. */
export type BytesKeyring = Keyring & {
  sealBytes: (place: string, bytes: Uint8Array) => Buffer;
  /** Undefined in the same cases as `open`. */
  openBytes: (place: string, sealed: Uint8Array) => Buffer | undefined;
};

type Key = { id: number; seal: KeyObject; fingerprint: KeyObject };

// A sealed value: format, key id, iv, tag, ciphertext.
const FORMAT = 1;
const IV_AT = 2;
const IV_BYTES = 12;
const TAG_AT = IV_AT + IV_BYTES;
const TAG_BYTES = 16;
const HEAD_BYTES = TAG_AT + TAG_BYTES;

/**
 * Keys from `SECRET_KEY`: 32 bytes each, hex or base64, separated by commas, the newest first. The newest seals, all of them open.
 * AES-256-GCM with the place as associated data; HMAC-SHA-256 for fingerprints; each use has a key of its own, derived by HKDF.
 * Throws an error that names `SECRET_KEY` and never its value.
 */
export function openKeyring(secretKey: string): BytesKeyring {
  const keys = readKeys(secretKey).map(deriveKeys);
  const [newest] = keys;
  if (newest === undefined) throw new Error('SECRET_KEY: пуст: сделайте ключ (openssl rand -hex 32)');

  const sealBytes = (place: string, bytes: Uint8Array): Buffer => {
    const iv = freshIv();
    const cipher = createCipheriv('aes-256-gcm', newest.seal, iv).setAAD(Buffer.from(place));
    const body = cipher.update(bytes);
    cipher.final();
    const sealed = Buffer.allocUnsafe(HEAD_BYTES + body.length);
    sealed[0] = FORMAT;
    sealed[1] = newest.id;
    iv.copy(sealed, IV_AT);
    cipher.getAuthTag().copy(sealed, TAG_AT);
    body.copy(sealed, HEAD_BYTES);
    return sealed;
  };

  const openBytes = (place: string, sealed: Uint8Array): Buffer | undefined => {
    if (sealed.length < HEAD_BYTES || sealed[0] !== FORMAT) return undefined;
    for (const key of keys) {
      // One byte names a key, and two keys may have the same: the tag tells.
      if (key.id !== sealed[1]) continue;
      const opened = openWith(key.seal, place, sealed);
      if (opened !== undefined) return opened;
    }
    return undefined;
  };

  const fingerprintWith = (key: Key, purpose: string, value: string): string =>
    createHmac('sha256', key.fingerprint).update(`${purpose.length}:${purpose}${value}`).digest('base64url');

  return {
    sealBytes,
    openBytes,
    seal: (place, text) => sealBytes(place, Buffer.from(text)).toString('base64url'),
    open: (place, sealed) => openBytes(place, Buffer.from(sealed, 'base64url'))?.toString(),
    fingerprint: (purpose, value) => fingerprintWith(newest, purpose, value),
    fingerprints: (purpose, value) => keys.map((key) => fingerprintWith(key, purpose, value)),
  };
}

/**
 * What a database remembers of each key, the newest first, to know it again: it tells the key from another one, and nothing of what the
 * key is or seals.
 */
export function keyPrints(secretKey: string): string[] {
  return readKeys(secretKey).map((secret) => derive(secret, 'print', 32).toString('base64url'));
}

function readKeys(secretKey: string): Buffer[] {
  return secretKey.split(',').map((item, index, { length }) => readKey(item.trim(), index + 1, length));
}

function readKey(item: string, number: number, count: number): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(item);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(item);
  if (!isHex && !isBase64) {
    const which = count === 1 ? 'SECRET_KEY' : `SECRET_KEY, ключ ${number} из ${count}`;
    throw new Error(`${which}: нужны 32 байта, hex (64 знака) или base64 (44 знака): их делает openssl rand -hex 32`);
  }
  return Buffer.from(item, isHex ? 'hex' : 'base64');
}

function deriveKeys(secret: Buffer): Key {
  return {
    id: derive(secret, 'key id', 1).readUInt8(),
    seal: createSecretKey(derive(secret, 'seal', 32)),
    fingerprint: createSecretKey(derive(secret, 'fingerprint', 32)),
  };
}

function derive(secret: Buffer, use: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `inkomus-bot ${use}`, bytes));
}

function openWith(key: KeyObject, place: string, sealed: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(IV_AT, TAG_AT), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(TAG_AT, HEAD_BYTES));
  const body = decipher.update(sealed.subarray(HEAD_BYTES));
  try {
    decipher.final();
    return body;
  } catch {
    return undefined;
  }
}

const ivs = Buffer.alloc(IV_BYTES * 256);
let nextIv = ivs.length;

/** Twelve random bytes, never handed out twice; asked of the system by the hundred. */
function freshIv(): Buffer {
  if (nextIv === ivs.length) {
    randomFillSync(ivs);
    nextIv = 0;
  }
  return ivs.subarray(nextIv, (nextIv += IV_BYTES));
}
