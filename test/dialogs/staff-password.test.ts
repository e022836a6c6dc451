import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { chapters } from '../../src/dialogs/chapters.ts';
import { transcripts } from '../kit/chat/transcripts.ts';
import { settleDesk } from './desk-town.ts';

describe('what is played', () => {
  transcripts(new URL('./staff-password/', import.meta.url), {
    before: settleDesk,
    /** No password that stood on a slip is anywhere in what was stored, and no slip is kept to be handed over again. */
    async after(world, played) {
      const passwords = [...played.matchAll(/Пароль: ([A-Z0-9]{10})/g)].map(([, password]) => password ?? '');
      expect(world.papers.drawn.filter(({ kind }) => kind === 'password-slip').length).toBeGreaterThanOrEqual(passwords.length);
      const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
        world.db,
      );
      expect(rows.length).toBeGreaterThan(15);
      for (const { name } of rows) {
        const dump = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
          world.db,
        );
        for (const password of passwords) expect((dump.rows[0]?.all ?? '').toUpperCase(), name).not.toContain(password);
      }
      expect(await world.db.selectFrom('sent_papers').selectAll().execute()).toEqual([]);
    },
  });
});

test('what begins with «staff-» opens for staff alone', () => {
  const open = Object.entries(chapters).filter(([name, { forStaff }]) => name.startsWith('staff-') && !forStaff);
  expect(open.map(([name]) => name)).toEqual([]);
});
