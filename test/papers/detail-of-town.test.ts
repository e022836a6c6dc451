import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect } from 'vitest';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { importConnection } from '../../src/adapters/postgres/import-connection.ts';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { METER_ZONES, serviceName } from '../../src/domain/meter-scale.ts';
import { plainSpaces } from '../../src/domain/unbroken.ts';
import { drawDetailSheet } from '../../src/papers/detail-sheet.ts';
import { insertLink } from '../../src/records/links.ts';
import { settleTown } from '../../src/sandbox/town/files.ts';
import { makeTown, writeTown } from '../../src/sandbox/town/generate.ts';
import { settleTown as settlePeople } from '../dialogs/town.ts';
import { openWorld } from '../kit/chat/world.ts';
import { withTool } from '../kit/tools.ts';
import { readByLibreOffice } from './read-sheet.ts';

const TOWN = makeTown();
const FILES = writeTown(TOWN);

/** The lines of a registry file for one account, read here apart from the house's own reader. */
function registryLines(kind: 'charges' | 'payments', account: string): Record<string, string>[] {
  const [head = '', ...lines] = iconv.decode(FILES[kind], 'win1251').split(/\r?\n/);
  const names = head.split(';');
  return lines
    .filter((line) => line.startsWith(`${account};`))
    .map((line) => Object.fromEntries(line.split(';').map((cell, i) => [names[i] ?? '', cell])));
}

const cents = (figure: string | undefined) => Math.round(Number((figure ?? '').replace(',', '.')) * 100);
const total = (lines: readonly Record<string, string>[], name: string) => lines.reduce((sum, line) => sum + cents(line[name]), 0);

const ACCOUNTS = ['001010011', '001010023', '002010124'];

withTool('soffice')(
  'of accounts of the made-up town, the sums in LibreOffice are those of the registry files',
  async () => {
    const world = await openWorld();
    await settlePeople(world);
    const pool = openPool({ connectionString: world.url, max: 2 });
    const folder = await mkdtemp(join(tmpdir(), 'town-'));
    await settleTown({ connection: importConnection(pool), clock: world.clock, timeZone: 'Europe/Moscow' }, TOWN, folder);
    await rm(folder, { recursive: true });
    await pool.end();
    const by = { messengerId: 'telegram:701' as const, idempotencyKey: 'look' };
    const { id: residentId } = await world.db
      .selectFrom('residents')
      .select('id')
      .where('login', '=', 'resident701')
      .executeTakeFirstOrThrow();
    const books: Uint8Array[] = [];
    for (const account of ACCOUNTS) {
      const link = await world.db
        .transaction()
        .execute((trx) =>
          insertLink(trx, { residentId, account: AccountNumber.parse(account), way: 'sum', linkedAt: world.clock() }),
        );
      const read = await world.office.details.sheet(by, link ?? '', '2025-10', '2026-11');
      if (read.outcome !== 'read') throw new Error(read.outcome);
      books.push((await drawDetailSheet(read.detail, world.texts.text)).bytes);
    }
    expect(world.broken).toEqual([]);
    await world.close();

    for (const [i, sheets] of (await readByLibreOffice(...books)).entries()) {
      const account = ACCOUNTS[i] ?? '';
      const charged = registryLines('charges', account);
      const paid = registryLines('payments', account);
      expect(charged.length).toBeGreaterThan(50);
      expect(sheets['Начисления']).toHaveLength(charged.length + 2);
      const heads = sheets['Начисления']?.[0] ?? [];
      const totals = sheets['Начисления']?.at(-1) ?? [];
      const columns = { Начислено: 'Начислено', Перерасчёт: 'Перерасчет', Льгота: 'Льгота', Пени: 'Пени', Оплачено: 'Оплачено' };
      for (const [shown, registry] of Object.entries(columns)) {
        expect([shown, cents(totals[heads.indexOf(shown)])]).toEqual([shown, total(charged, registry)]);
      }
      expect(sheets['Платежи']).toHaveLength(paid.length + 2);
      expect(cents(sheets['Платежи']?.at(-1)?.[1])).toBe(total(paid, 'Сумма'));

      // By service: what is due is what the last month says, and each service has its own.
      const services = sheets['Итоги по услугам'] ?? [];
      const top = services.findIndex(([cell]) => cell === 'Услуга');
      const end = services.findIndex(([cell]) => cell === 'Итого');
      const dueAt = (services[top] ?? []).indexOf('К оплате');
      const last = charged.filter((line) => line['Период'] === '10.2026');
      expect(cents(services[end]?.[dueAt])).toBe(total(last, 'К оплате'));
      for (const cells of services.slice(top + 1, end)) {
        const own = charged.filter((line) => plainSpaces(serviceName(line['Услуга'] ?? '', METER_ZONES)) === cells[0]);
        expect([cells[0], cents(cells[2])]).toEqual([cells[0], total(own, 'Начислено')]);
      }
    }
  },
  300_000,
);
