import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const keyring = openKeyring(OLD.toString('hex'));

test('what is sealed opens in its place only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, place, other) => {
      const sealed = keyring.seal(place, text);
      expect(sealed).toMatch(/^[\w-]+$/);
      expect(keyring.open(place, sealed)).toBe(text);
      expect(keyring.open(other, sealed)).toBe(other === place ? text : undefined);
    }),
  );
});

test('a seal adds 30 bytes, hides the text, and is another each time', () => {
  const bytes = Buffer.from('passw0rd-of-Ivan');
  const seals = Array.from({ length: 1000 }, () => keyring.sealBytes('chat 7', bytes));
  expect(seals.every((sealed) => sealed.length === bytes.length + 30 && !sealed.includes('passw0rd'))).toBe(true);
  expect(new Set(seals.map((sealed) => sealed.subarray(2, 14).toString('hex'))).size).toBe(1000);
  expect(keyring.openBytes('chat 7', keyring.sealBytes('chat 7', new Uint8Array()))).toEqual(Buffer.alloc(0));
});

test('one changed or missing byte breaks the seal', () => {
  const sealed = keyring.sealBytes('here', Buffer.from('text'));
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(keyring.openBytes('here', changed)).toBeUndefined();
    expect(keyring.openBytes('here', sealed.subarray(0, at))).toBeUndefined();
  }
  expect(keyring.open('here', 'not sealed at all')).toBeUndefined();
});

describe('rotation', () => {
  const rotated = openKeyring(`${NEW.toString('base64')}, ${OLD.toString('hex')}`);
  const forgetful = openKeyring(NEW.toString('base64url'));

  test('the newest key seals, the older ones still open, a dropped one no more', () => {
    expect(rotated.open('p', keyring.seal('p', 'old'))).toBe('old');
    expect(forgetful.open('p', rotated.seal('p', 'new'))).toBe('new');
    expect(forgetful.open('p', keyring.seal('p', 'old'))).toBeUndefined();
  });

  test('fingerprints of all keys, the newest first', () => {
    const [newest, older] = rotated.fingerprints('phone', '+79123456789');
    expect(newest).toBe(forgetful.fingerprint('phone', '+79123456789'));
    expect(older).toBe(keyring.fingerprint('phone', '+79123456789'));
    expect(rotated.fingerprint('phone', '+79123456789')).toBe(newest);
  });

  test('keys whose one-byte names fall together are told apart by the tag', () => {
    const many = Array.from({ length: 300 }, () => randomBytes(32).toString('hex'));
    const all = openKeyring(many.join(','));
    for (const key of many) expect(all.open('p', openKeyring(key).seal('p', 'text'))).toBe('text');
  });
});

test('a fingerprint depends on purpose and value, wherever one ends and the other begins', () => {
  const prints = [
    keyring.fingerprint('phone', '1'),
    keyring.fingerprint('phone1', ''),
    keyring.fingerprint('login', '1'),
    keyring.fingerprint('phone', '2'),
  ];
  expect(new Set(prints).size).toBe(4);
  expect(keyring.fingerprint('phone', '1')).toBe(prints[0]);
  expect(prints[0]).toMatch(/^[\w-]{43}$/);
});

test.each(['', 'secret', OLD.toString('hex').slice(1), `${OLD.toString('hex')},`, `${OLD.toString('base64')}AA`])(
  'a bad setting is refused by name, without its value: case %#',
  (value) => {
    const refusal = (() => {
      try {
        openKeyring(value);
        return 'taken';
      } catch (error) {
        return String(error);
      }
    })();
    expect(refusal).toMatch(/SECRET_KEY.*нужны 32 байта/);
    for (const part of value.split(',')) if (part !== '') expect(refusal.includes(part)).toBe(false);
  },
);
