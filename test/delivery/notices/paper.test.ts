import { expect, onTestFinished, test } from 'vitest';
import { deliver } from '../../../src/delivery/notices/deliver.ts';
import type { SpokenNotice } from '../../../src/delivery/notices/send.ts';
import { insertNotices } from '../../../src/records/notices.ts';
import type { OutboxRow } from '../../../src/records/outbox.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { loadTexts } from '../../../src/texts/texts.ts';

const NOW = new Date('2026-11-20T09:00:00Z');

test('a picture that never gets through goes in the end without it: the words arrive, and what waits behind them', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const said: SpokenNotice[] = [];
  const room = {
    db,
    clock: () => NOW,
    paceClock: () => NOW,
    texts: loadTexts({ timeZone: 'Europe/Moscow', clock: () => NOW }),
    asOfNow: async (waiting: OutboxRow) => waiting,
    pace: { waitMs: () => 0, refuse: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    async send(_: string, notice: SpokenNotice) {
      if (notice.paper) throw new Error('Telegram did not answer');
      said.push(notice);
      return { outcome: 'sent' as const };
    },
  };
  const notice = {
    addressee: 'staff',
    text: 'staff-registry-unread',
    words: { name: 'a', why: 'b', layouts: 'no' },
    doors: [],
    key: null,
    runAt: NOW,
    daytime: false,
    paper: { kind: 'picture' as const, data: { file: 'f1' } },
  };
  await db.transaction().execute((trx) => insertNotices(trx, [notice], NOW));
  const row = () => db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
  for (let attempts = 0; attempts < 12; attempts += 1) {
    const verdict = await deliver(room, await row());
    expect(verdict.arrived).toBe(false);
    await verdict.write();
  }
  expect(await row()).toMatchObject({ attempts: 12, doneAt: null, failedAt: null });
  expect((await deliver(room, await row())).arrived).toBe(true);
  expect(said).toMatchObject([{ marked: expect.stringContaining('a: b') as string, paper: undefined }]);
});
