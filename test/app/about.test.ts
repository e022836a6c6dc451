import { expect, test } from 'vitest';
import { aboutOf } from '../../src/app/about.ts';
import { readConfig } from '../../src/config/config.ts';
import { botSettings } from '../kit/edge/program.ts';

const FOLDER = '/srv/bot';
const HERE = { bot: 'inkomus_bot', group: 'Сотрудники', port: 3000 };

const about = (settings: Record<string, string>, found: Partial<Parameters<typeof aboutOf>[1]> = {}) =>
  aboutOf(readConfig(settings, FOLDER), { ...HERE, ...found });
const onTelegram = { ...botSettings(FOLDER), STAFF_CHAT_ID: '-1001', PORT: '8080' };

test('the sandbox: its storage is on this machine, and it listens where its page is', () => {
  expect(about({ DATA_DIR: '/srv/bot/data' })).toEqual({
    bot: '@inkomus_bot',
    group: 'Сотрудники',
    sandbox: true,
    storage: 'embedded Postgres in /srv/bot/data/sandbox',
    turns: 'Postgres',
    updates: 'long polling',
    listens: '127.0.0.1:3000',
  });
});

test('the bot on Telegram: whose Postgres and Redis, how updates come, and no secret of their addresses', () => {
  expect(about(onTelegram)).toMatchObject({
    sandbox: false,
    storage: 'embedded Postgres in /srv/bot/data',
    turns: 'Postgres',
    updates: 'long polling',
    listens: '127.0.0.1:3000',
  });
  const servers = {
    DATABASE_URL: 'postgres://bot:pg-password@db:5432/bot',
    REDIS_URL: 'redis://:redis-password@cache:6379',
    WEBHOOK_URL: 'https://bot.example/hook-path',
    WEBHOOK_SECRET: 'hook-secret',
  };
  const line = about({ ...onTelegram, ...servers }, { port: undefined });
  expect(line).toEqual({
    bot: '@inkomus_bot',
    group: 'Сотрудники',
    sandbox: false,
    storage: 'Postgres of DATABASE_URL',
    turns: 'Redis',
    updates: 'webhook',
    listens: '0.0.0.0:8080',
  });
  expect(JSON.stringify(line)).not.toMatch(/password|secret|hook-path|db:5432|cache/);
});

test('a group that is not set is said to be none; one that Telegram did not tell of is not named', () => {
  const { STAFF_CHAT_ID: _, ...withoutGroup } = onTelegram;
  expect(about(withoutGroup, { group: undefined })).toMatchObject({ group: 'none' });
  expect(about(onTelegram, { group: undefined })).not.toHaveProperty('group');
});
