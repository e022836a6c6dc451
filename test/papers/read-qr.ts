import jsqr from 'jsqr';

export type ReadOrder = { head: string; fields: Record<string, string>; keys: string[] };

/** Reads GOST R 56042-2014 as a bank's app does: encoding by the head, separator after it, each field split at its first `=`. */
export function readOrder(bytes: Uint8Array): ReadOrder {
  const head = Buffer.from(bytes.subarray(0, 7)).toString('latin1');
  const encoding = { 1: 'windows-1251', 2: 'utf-8', 3: 'koi8-r' }[head.slice(6)];
  if (!head.startsWith('ST0001') || encoding === undefined) throw new Error(`«${head}» is no head of a payment`);
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(7));
  const pairs = text
    .slice(1)
    .split(text.slice(0, 1))
    .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)] as const);
  return { head, fields: Object.fromEntries(pairs), keys: pairs.map(([key]) => key) };
}

/** The bytes of the QR code in a picture; throws when none is found. */
export function scan({ data, width, height }: { data: Uint8ClampedArray; width: number; height: number }): Uint8Array {
  const found = jsqr.default(data, width, height, { inversionAttempts: 'dontInvert' });
  if (!found) throw new Error('no QR code is seen in the picture');
  return Uint8Array.from(found.binaryData);
}
