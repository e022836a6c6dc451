import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyPrints } from '../../../src/adapters/keyring.ts';
import * as make from '../../kit/make.ts';
import { MISTAKES_OF_FILES } from './mistakes/files.ts';
import { bad, type Change, MINUTE_MS, NOW, OWNER, SECRETS, testMistakes, textOf, useStage } from './stage.ts';

const stage = useStage();

testMistakes(stage, MISTAKES_OF_FILES);

describe('data', () => {
  /** Puts something into the base, and takes it out when the test ends. */
  async function withRow(into: string, undo: string): Promise<void> {
    await sql.raw(into).execute(stage().db);
    onTestFinished(async () => void (await sql.raw(undo).execute(stage().db)));
  }
  const only = async (line: RegExp, change: Change = {}) => {
    const findings = await stage().findingsOf(change);
    expect(textOf(bad(findings))).toMatch(line);
    expect(bad(findings)).toHaveLength(1);
  };

  test('of another bot, of another key, of a newer version, with steps missing', async () => {
    await withRow(`update data_owner set owner = 'bot 999'`, `update data_owner set owner = '${OWNER}'`);
    await only(/^fault данные: DATABASE_URL: это данные бота 999/);
    await sql.raw(`update data_owner set owner = '${OWNER}'`).execute(stage().db);
    const print = `update data_owner set key_print = '${keyPrints(SECRETS.SECRET_KEY)[0]}'`;
    await withRow(`update data_owner set key_print = 'another'`, print);
    await only(/^fault данные: SECRET_KEY: не тот/);
    await sql.raw(print).execute(stage().db);
    await withRow(
      `insert into kysely_migration (name, timestamp) values ('9999_later', '')`,
      `delete from kysely_migration where name = '9999_later'`,
    );
    await only(/^fault схема базы: её готовила более новая версия/);
  }, 60_000);

  test('that wait for long, dead letters, requests beyond the norm, old registries, payments that nobody exported', async () => {
    const long = `'${new Date(NOW.getTime() - 30 * MINUTE_MS).toISOString()}'`;
    await withRow(
      `insert into outbox (kind, line, addressee, text, created_at, run_at) values ('notice', 'notices/telegram:7', 'telegram:7', 'x', ${long}, ${long})`,
      'delete from outbox',
    );
    await only(
      /^warning очередь: уведомлений жителям и сообщений группе: 1, старейшее ждёт 30 минут: не уходит; посмотрите журнал бота/,
    );
    await sql`delete from outbox`.execute(stage().db);

    await withRow(
      `insert into update_inbox (id, state, sealed, at) values ('u1', 'failed', 'x', ${long})`,
      'delete from update_inbox',
    );
    await only(/^warning очередь: сообщений, которые не удалось обработать: 1/);
    await sql`delete from update_inbox`.execute(stage().db);

    await make.request(stage().db, { messengerId: 'telegram:7', waitingSince: new Date('2026-11-10T09:00:00Z') });
    onTestFinished(async () => void (await sql`delete from requests`.execute(stage().db)));
    await only(/^warning обращения: открыто 1, ждут ответа 1, дольше нормы 1.*старейшее ждёт 10 дней/);
    await sql`delete from requests`.execute(stage().db);

    await make.cardPayment(stage().db, [{ account: '0012345', sumKopecks: 100 }], { paidAt: new Date('2026-11-10T09:00:00Z') });
    onTestFinished(async () => void (await sql`delete from card_payments`.execute(stage().db)));
    await only(/^warning выгрузка: платежи картой: ждут 1 строка, старейшая ждёт 10 дней: npm run export -- payments/);
    await sql`delete from card_payment_lines`.execute(stage().db);

    // A guest's, before which a resident's stands, waits for nothing: one line goes out.
    const handedIn = { account: '0012345', number: 'M1', windowOpens: '2026-10-20' };
    const takenAt = new Date('2026-10-21T09:00:00Z');
    await make.reading(stage().db, { ...handedIn, submittedBy: 'telegram:8', takenAt: NOW }, { ...handedIn, takenAt });
    onTestFinished(async () => void (await sql`delete from readings`.execute(stage().db)));
    await only(/^warning выгрузка: показания: ждут 1 строка, старейшая ждёт 30 дней: npm run export -- readings/);
    await sql`delete from readings where submitted_by = 'resident'`.execute(stage().db);
    await sql`update readings set window_opens = '2026-11-20', day = '2026-11-20'`.execute(stage().db);
    expect(textOf(await stage().findingsOf())).toMatch(/^good выгрузка: показания: ждут 1 строка, старейшая ждёт/m);
    await sql`delete from readings`.execute(stage().db);

    const now = new Date('2026-12-02T09:00:00Z');
    const findings = bad(await stage().findingsOf({ now }));
    expect(textOf(findings)).toMatch(/^warning реестр: платежи: загрузка № \d+, 12 дней назад: давно/m);
    expect(textOf(findings)).toMatch(/^warning копия базы: последняя 12 дней назад: делайте её каждый день/m);
    expect(findings).toHaveLength(2);
  }, 60_000);

  test('an upload that broke off in the folder of registries', async () => {
    const folder = join(stage().dataDir, 'registries', 'in');
    await mkdir(folder, { recursive: true });
    onTestFinished(() => rm(join(stage().dataDir, 'registries'), { recursive: true }));
    const [fresh, old] = [new Date(Date.now() - 23 * 3_600_000), new Date(Date.now() - 25 * 3_600_000)];
    await writeFile(join(folder, 'payments.csv'), '');
    for (const [name, time] of [
      ['a.csv.part', fresh],
      ['b.csv.part', old],
      ['~c.csv', old],
    ] as const) {
      await writeFile(join(folder, name), '');
      await utimes(join(folder, name), time, time);
    }
    await only(/^warning registries\/in: больше суток лежат файлы, .* ещё пишутся: 2 \(b\.csv\.part, ~c\.csv\); .*удалите$/);
  });

  test('an embedded base beside an empty DATABASE_URL; a folder that is open to others', async () => {
    await sql`delete from accounts`.execute(stage().db);
    await writeFile(join(stage().dataDir, 'postgres.json'), '{}');
    onTestFinished(async () => {
      await rm(join(stage().dataDir, 'postgres.json'), { force: true });
      await make.account(stage().db, { number: '0012345' });
      await chmod(stage().dataDir, 0o700);
    });
    await only(/^fault DATABASE_URL: эта база пуста, а в DATA_DIR лежит встроенная база: перенесите её данные \(npm run move\)/);
    await rm(join(stage().dataDir, 'postgres.json'));
    await chmod(stage().dataDir, 0o755);
    await only(/^warning DATA_DIR: папка открыта другим пользователям/);
  }, 60_000);
});
