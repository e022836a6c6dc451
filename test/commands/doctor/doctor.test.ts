import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../kit/edge/free-port.ts';
import { runCommand } from '../../kit/command.ts';
import { MISTAKES_OF_FILES } from './mistakes/files.ts';
import { MISTAKES_OF_GROUP } from './mistakes/group.ts';
import { MISTAKES_OF_NEIGHBOURS } from './mistakes/neighbours.ts';
import { MISTAKES_OF_SETTINGS } from './mistakes/settings.ts';
import { bad, SECRETS, textOf, useStage } from './stage.ts';

const ALL_MISTAKES = [...MISTAKES_OF_SETTINGS, ...MISTAKES_OF_NEIGHBOURS, ...MISTAKES_OF_GROUP, ...MISTAKES_OF_FILES];

const stage = useStage();

test('an installation in which all is well: each neighbour has its line, none is a fault, and no secret stands in any', async () => {
  const findings = await stage().findingsOf();
  const said = textOf(findings);
  expect(bad(findings), said).toEqual([]);
  for (const line of [
    /^good база|^good DATABASE_URL: Postgres \d+\.\d+, роль \w+/m,
    /^good схема базы: новейшая/m,
    /^good SECRET_KEY: подходит к этой базе$/m,
    /^good PORT: 127\.0\.0\.1:\d+ свободен$/m,
    /^good бот: работает$/m,
    /^good REDIS_URL: не задан/m,
    /^good Telegram: это @\w+$/m,
    /^good STAFF_CHAT_ID: «Обращения», с темами/m,
    /^good SMS, smsru: на счёте 5\s000,00\s₽/m,
    /^good реквизиты: контрольные цифры сходятся/m,
    /^good DATA_DIR: свободно /m,
    /^good реестр: платежи: загрузка № \d+, 60 минут назад|^good реестр: платежи: загрузка № \d+, 1 час назад/m,
    /^good очередь: пуста/m,
    /^good обращения: открыто 0/m,
    /^good выгрузка: показания/m,
    /^good копия базы: последняя (60 минут|1 час) назад$/m,
  ])
    expect(said).toMatch(line);
  for (const secret of [...Object.values(SECRETS), stage().url]) expect(said).not.toContain(secret);
}, 60_000);

test('no line of doctor is in English, whatever is wrong', async () => {
  const all = [];
  for (const [, change] of ALL_MISTAKES) all.push(...(await stage().findingsOf(await change(stage()))));
  for (const { says } of all.filter(({ level }) => level !== 'good')) expect(says).toMatch(/[а-яё]{4}/);
}, 240_000);

test('the command: a line each and a summary, 1 where there is a fault, JSON on demand; nothing of a sandbox that is not there is made', async () => {
  const asked = await runCommand('doctor', [], { DATA_DIR: join(stage().folder, 'nothing'), PORT: String(await freePort()) });
  expect(asked).toMatchObject({ code: 0, err: '' });
  expect(asked.out).toMatch(/^✓ хорошо {4}настройки: BOT_TOKEN не задан: это песочница$/m);
  expect(asked.out).toMatch(/^✓ хорошо {4}DATA_DIR: встроенной базы ещё нет/m);
  expect(asked.out).toMatch(/\nИтого: 0 ошибок, \d+ предупреждени\p{L}+\.\n$/u);
  expect(asked.out).not.toContain('\u001b');
  await expect(readFile(join(stage().folder, 'nothing'))).rejects.toThrow('ENOENT');

  const faulty = await runCommand('doctor', ['--json'], { PORT: 'x', SECRET_KEY: 'short' });
  expect(faulty.code).toBe(1);
  expect(JSON.parse(faulty.out)).toEqual([
    { level: 'fault', about: 'настройки', says: expect.stringMatching(/^PORT: /) },
    { level: 'fault', about: 'настройки', says: expect.stringMatching(/^SECRET_KEY: /) },
  ]);
  expect((await runCommand('doctor', ['--help'], {})).out).toContain('Код выхода');
  expect((await runCommand('doctor', ['--fix'], {})).code).toBe(2);
}, 90_000);
