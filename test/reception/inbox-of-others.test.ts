import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { personId } from '../../src/channels/telegram/ids.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import { createInbox } from '../../src/office/inbox.ts';
import { createRetention } from '../../src/office/retention.ts';
import type { Db } from '../../src/records/database.ts';
import { updateOf } from '../kit/chat/people.ts';
import { openWorld, TEST_KEY } from '../kit/chat/world.ts';
import { until } from '../kit/edge/bot-api.ts';
import { ANNA, IVAN, openStage } from './stuck-stage.ts';

describe('what another process has in the inbox', () => {
  const DEAD = 'process that was killed';
  const waiting = (update: number, words: string) => ({
    id: `telegram:${update}`,
    line: personId(IVAN.id),
    update: JSON.stringify(updateOf(IVAN, { does: 'say', words }, { update, message: update }, 0)),
  });
  const beats = (db: Db, owner: string, aliveMs: number) =>
    sql`update inbox_owners set alive_until = clock_timestamp() + ${aliveMs} * interval '1 ms' where id = ${owner}`.execute(db);

  test('stands before what comes later; when it died it is taken over, in its order', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { office, db } = stage.world;
    await office.inbox.keep(DEAD, [waiting(101, '/login'), waiting(102, 'answer')]);
    await stage.world.intake.claim();
    stage.type(IVAN, '/menu');
    stage.type(ANNA, '/menu');
    await until('Anna is answered', () => stage.said(ANNA).length === 1);
    await until('both are safe', () => stage.telegram.confirmed.length === 2);
    await stage.world.intake.claim();
    expect(stage.said(IVAN)).toEqual([]);

    await beats(db, DEAD, -1);
    await stage.world.intake.claim();
    await until('Ivan is answered', () => stage.said(IVAN).length === 3);
    const { texts } = stage.world;
    expect(stage.said(IVAN)).toEqual(
      ['sign-in-name', 'linking-account', 'menu-guest'].map((text) => texts.text(text, {}, { marked: true })),
    );
    await until('nothing waits', async () => (await stage.parked()).length === 0);
  });

  test('none of a line is taken over of which somebody alive has an earlier one', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { office, db } = stage.world;
    await office.inbox.keep('alive', [waiting(101, '/login')]);
    await sql`insert into update_inbox (id, line, state, sealed, owner, at)
      select 'telegram:102', line, state, sealed, ${DEAD}, at from update_inbox`.execute(db);
    expect((await office.inbox.claim('third', 'telegram', [])).claimed).toEqual([]);
    await beats(db, 'alive', -1);
    expect((await office.inbox.claim('third', 'telegram', [])).claimed.map(({ id }) => id)).toEqual([
      'telegram:101',
      'telegram:102',
    ]);
    expect((await office.inbox.claim('fourth', 'telegram', [])).claimed).toEqual([]);
  });

  test('is left to who serves its messenger', async () => {
    const { office, db } = (await openStage({ stuckMs: 10_000, slowMs: 2_000 })).world;
    await office.inbox.keep(DEAD, [waiting(101, '/login')]);
    await beats(db, DEAD, -1);
    expect(await office.inbox.claim('other', 'max', [])).toEqual({ claimed: [], others: [], waits: false, unreadable: [] });
    expect((await office.inbox.claim('same', 'telegram', [])).claimed.map(({ id }) => id)).toEqual(['telegram:101']);
  });

  test('gets what comes after it, too, and works it off', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep('first', [waiting(1, 'one')]);
    expect(await inbox.keep('second', [waiting(2, 'two'), waiting(1, 'one')])).toMatchObject([
      { id: 'telegram:2', owner: 'first' },
    ]);
    expect((await inbox.claim('first', 'telegram', ['telegram:1'])).claimed).toMatchObject([{ id: 'telegram:2' }]);
    expect(await inbox.takeOut('first', ['telegram:1'], [personId(IVAN.id)])).toEqual([]);
    expect(await inbox.takeOut('first', ['telegram:2'], [personId(IVAN.id)])).toEqual([personId(IVAN.id)]);
  });

  test('is not taken out by somebody who has worked it off before: staff may have let it come again', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep('first', [waiting(1, 'one')]);
    await world.db.updateTable('updateInbox').set({ owner: null, again: true }).execute();
    await inbox.takeOut('first', ['telegram:1'], []);
    expect((await inbox.claim('second', 'telegram', [])).claimed).toMatchObject([{ id: 'telegram:1', again: true }]);
  });

  test('does not stand in the way of others when its key is gone', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const { inbox } = world.office;
    await inbox.keep(DEAD, [waiting(1, 'one'), waiting(2, 'two')]);
    await world.db.updateTable('updateInbox').set({ sealed: 'unreadable' }).where('id', '=', 'telegram:1').execute();
    await beats(world.db, DEAD, -1);
    const { claimed, unreadable } = await inbox.claim('second', 'telegram', []);
    expect(claimed.map(({ id }) => id)).toEqual(['telegram:2']);
    expect(unreadable).toEqual(['telegram:1']);
    const kept = world.db.selectFrom('updateInbox').select(['id', 'state', 'line']).orderBy('id').execute();
    expect(await kept).toMatchObject([
      { id: 'telegram:1', state: 'failed', line: personId(IVAN.id) },
      { id: 'telegram:2', state: 'waiting' },
    ]);
  });

  test('and was sealed by a key that this one does not have is kept, told of by the name of the setting, and comes back with it', async () => {
    const stage = await openStage({ stuckMs: 10_000, slowMs: 2_000 });
    const { db, clock } = stage.world;
    const newer = `${'00'.repeat(31)}0c,${TEST_KEY}`;
    await createInbox({ db, clock, keyring: openKeyring(newer) }).keep(DEAD, [waiting(101, '/login')]);
    await beats(db, DEAD, -1);
    await stage.world.intake.claim();
    expect(stage.said(IVAN)).toEqual([]);
    expect(await stage.parked()).toMatchObject([{ id: 'telegram:101', state: 'failed' }]);
    expect(stage.output()).toMatch(/SECRET_KEY/);
    expect(await stage.staff()).toMatchObject([{ text: 'staff-update-failed', words: { error: 'SECRET_KEY' } }]);
    // Weeks later it is there still.
    stage.world.pass(20 * DAY_MS);
    await createRetention({ db, clock }).deleteExpired();
    expect(await stage.parked()).toHaveLength(1);
    const withKey = createInbox({ db, clock, keyring: openKeyring(newer) });
    expect((await withKey.claim('newer', 'telegram', [])).claimed).toMatchObject([
      { id: 'telegram:101', again: true, ofStaff: true },
    ]);
  });
});
