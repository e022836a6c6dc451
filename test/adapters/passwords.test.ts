import { expect, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { createPasswordHasher, HashingOverloaded } from '../../src/adapters/passwords.ts';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);

test('argon2id at OWASP’s parameters, salted', async () => {
  const { hash } = hasherWith(OLD);
  const [one, two] = [await hash('k7w_pq29'), await hash('k7w_pq29')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
});

test('the right password fits, another one and no one do not', async () => {
  const { hash, verify } = hasherWith(OLD);
  const kept = await hash('k7w_pq29');
  expect(await verify(kept, 'k7w_pq29')).toBe(true);
  expect(await verify(kept, 'k7w_pq28')).toBe(false);
  expect(await verify(undefined, 'k7w_pq29')).toBe(false);
  expect(await verify(undefined, 'nobody has this password')).toBe(false);
});

test('a stolen table is worth nothing without the key', async () => {
  const kept = await hasherWith(OLD).hash('k7w_pq29');
  expect(await hasherWith(NEW).verify(kept, 'k7w_pq29')).toBe(false);
});

test('a password hashed under an older key still fits', async () => {
  const kept = await hasherWith(OLD).hash('k7w_pq29');
  expect(await hasherWith(`${NEW},${OLD}`).verify(kept, 'k7w_pq29')).toBe(true);
  expect(await hasherWith(`${NEW},${OLD}`).verify(kept, 'k7w_pq28')).toBe(false);
});

test('a right password whose hash is of an older key comes back under the newest, and nothing else does', async () => {
  const [old, both, anew] = [hasherWith(OLD), hasherWith(`${NEW},${OLD}`), hasherWith(NEW)];
  const kept = await old.hash('k7w_pq29');
  const { right, renewed } = await both.check(kept, 'k7w_pq29');
  expect(right).toBe(true);
  expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await anew.check(renewed, 'k7w_pq29')).toEqual({ right: true, renewed: undefined });
  expect(await anew.verify(renewed, 'k7w_pq28')).toBe(false);

  expect(await both.check(renewed, 'k7w_pq29')).toEqual({ right: true, renewed: undefined });
  expect(await old.check(kept, 'k7w_pq29')).toEqual({ right: true, renewed: undefined });
  const WRONG = { right: false, renewed: undefined };
  expect(await both.check(kept, 'k7w_pq28')).toEqual(WRONG);
  expect(await both.check(undefined, 'k7w_pq29')).toEqual(WRONG);
  expect(await both.check(undefined, 'nobody has this password')).toEqual(WRONG);
});

test('two at a time, the rest wait, and beyond the queue it says so', async () => {
  const { hash } = hasherWith(OLD, 3);
  const five = Array.from({ length: 5 }, () => hash('k7w_pq29'));
  await expect(hash('k7w_pq29')).rejects.toBeInstanceOf(HashingOverloaded);
  expect(await Promise.all(five)).toHaveLength(5);
  expect(await hash('k7w_pq29')).toMatch(/^\$argon2id/);
});

function hasherWith(keys: string, waiting?: number) {
  const hasher = createPasswordHasher(openKeyring(keys), waiting === undefined ? {} : { waiting });
  return {
    hash: (password: string) => hasher.hash(password),
    verify: (kept: string | undefined, password: string) => hasher.verify(kept, password),
    check: (kept: string | undefined, password: string) => hasher.check(kept, password),
  };
}
