import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Snapshot, TownAction, TownAnswer } from '../../src/sandbox/protocol.ts';
import { until } from '../kit/edge/bot-api.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { passableFolder } from '../kit/passable-folder.ts';

/** No measure of anything: a machine that is busy with other things is waited for. */
const PATIENCE_MS = 240_000;

test(
  'the sandbox as a demonstration: a resident is in the cabinet, charges and a payment come at a click, and the town is built anew',
  async () => {
    const dataDir = await passableFolder('demonstration-');
    onTestFinished(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
    const program = await spawnBot({ DATA_DIR: dataDir, BOT_TOKEN: '', SECRET_KEY: '', SMS_PROVIDER: '', LOG_LEVEL: 'info' });
    await until('the page', () => /http:\/\/127\.0\.0\.1:\d+/.test(program.output()), PATIENCE_MS);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(program.output())?.[0] ?? '';
    await until('the line of its start', () => program.output().includes('the sandbox is at work'), PATIENCE_MS);
    const [begun = ''] = /.*the sandbox is at work.*/.exec(program.output()) ?? [];
    for (const field of ['"sandbox":true', `"storage":"embedded Postgres in ${dataDir}`, '"bot":"@', '"version":"'])
      expect(begun).toContain(field);
    const look = async (): Promise<Snapshot> => (await (await fetch(`${url}/sandbox/api/state`)).json()) as Snapshot;
    const happen = async (action: TownAction): Promise<TownAnswer> => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(action) };
      return (await (await fetch(`${url}/sandbox/api/town`, init)).json()) as TownAnswer;
    };
    const words = (seen: Snapshot): string =>
      (seen.chats.find(({ id }) => id === seen.demonstration?.personId)?.messages ?? [])
        .filter(({ message }) => message.from?.is_bot)
        .map(({ message }) => message.text ?? message.caption ?? '')
        .join('\n')
        .replaceAll(/\s/g, ' ');

    await until('the first resident is in', async () => (await look()).demonstration?.isDone === true, PATIENCE_MS);
    const first = await look();
    const chat = first.chats.find(({ id }) => id === first.demonstration?.personId);
    // Nothing is left of how she came in, nor of her password.
    expect(chat?.messages[0]?.message.text).toBe('/menu');
    expect(JSON.stringify(first)).not.toContain('Primorsk_2026');
    expect(
      chat?.keyboard?.rows
        .flat()
        .map((button) => (typeof button === 'string' ? button : button.text))
        .join(),
    ).toContain('Задолженность');

    expect(await happen({ type: 'charges' })).toMatchObject({ ok: true });
    await until(
      'the notice of charges',
      async () => /начислени/i.test(words(await look()).slice(words(first).length)),
      PATIENCE_MS,
    );
    const charged = words(await look());
    expect(await happen({ type: 'payment', ...(first.demonstration && { as: first.demonstration.personId }) })).toMatchObject({
      ok: true,
    });
    await until('the notice of the payment', async () => words(await look()).length > charged.length, PATIENCE_MS);
    expect(words(await look()).slice(charged.length)).toMatch(/плат[её]ж|оплат/i);

    expect(await happen({ type: 'start-anew' })).toMatchObject({ ok: true });
    // A connection to the program of before may be cut while it is asked.
    let second = first;
    await until(
      'another town at the same address',
      async () => {
        second = await look().catch(() => first);
        return second.bot.id !== first.bot.id;
      },
      PATIENCE_MS,
    );
    await until('it is at work', () => program.output().includes('the town was built anew'), PATIENCE_MS);
    await until('its first resident is in', async () => (await look()).demonstration?.isDone === true, PATIENCE_MS);
    expect(second.demonstration?.personId).toBe(first.demonstration?.personId);
    expect(second.clock.movedSeconds).toBe(0);
    expect(await readdir(dataDir)).toEqual(['sandbox']);
    expect(await readdir(join(dataDir, 'sandbox'))).not.toContain('journal.jsonl.old');
    expect(await program.stop('SIGTERM')).toBe(0);
  },
  4 * PATIENCE_MS,
);
