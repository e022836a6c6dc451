import { expect, onTestFinished, test } from 'vitest';
import { lookAtBackups } from '../../../src/commands/doctor/backups.ts';
import { COMMAND_LINE } from '../../../src/domain/audit-actors.ts';
import { insertAuditEntry } from '../../../src/records/audit-log.ts';
import { testDatabase } from '../../kit/postgres.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

test('a backup is wanted, and then one of the last two days; what else was done is none', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const entry = { who: COMMAND_LINE, name: 'inkomus' } as const;
  await insertAuditEntry(db, { ...entry, what: 'data.restore' }, hoursAgo(1));
  const never = await lookAtBackups(db, NOW);
  expect(never).toEqual({
    level: 'warning',
    about: 'копия базы',
    says: expect.stringMatching(/^не делалась ни разу: .*npm run backup/),
  });

  await insertAuditEntry(db, { ...entry, what: 'data.backup' }, hoursAgo(49));
  expect(await lookAtBackups(db, NOW)).toMatchObject({
    level: 'warning',
    says: expect.stringMatching(/^последняя 2 дня назад: .*npm run backup.*почему не сделана/),
  });
  await insertAuditEntry(db, { ...entry, what: 'data.backup' }, hoursAgo(47));
  await insertAuditEntry(db, { ...entry, what: 'data.backup' }, hoursAgo(70));
  expect(await lookAtBackups(db, NOW)).toMatchObject({ level: 'good', says: 'последняя 47 часов назад' });
});
