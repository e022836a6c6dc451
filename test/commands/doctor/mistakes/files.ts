import type { Mistake } from '../stage.ts';

export const MISTAKES_OF_FILES: readonly Mistake[] = [
  [
    'a centre in windows-1251',
    async (stage) => ({ env: { CENTRE_FILE: await stage.written('cp1251.json', Buffer.from([0x7b, 0xcf, 0xf0, 0x7d])) } }),
    /^fault CENTRE_FILE: \S+cp1251\.json: нужен UTF-8/m,
  ],
  [
    'a centre with a slip',
    async (stage) => ({ env: { CENTRE_FILE: await stage.written('slip.json', '{') } }),
    /^fault CENTRE_FILE: \S+slip\.json, строка 1: это не JSON/m,
  ],
];
