import { userInfo } from 'node:os';
import { openDb } from '../adapters/postgres/pool.ts';
import { readCentreConfig } from '../config/for-commands.ts';
import { registryOf } from '../office/registries/registries.ts';
import type { NotUndone } from '../office/registries/registry.ts';
import { COMMAND_LINE, undoRegistryImport } from '../office/registries/undo.ts';
import { botClock } from './clock.ts';
import { figure } from './import-report.ts';
import { withStorage } from './storage.ts';
import { printAnswer } from './terminal.ts';

/** Undoes an import by its number, journaled; 1 where it stays. */
export async function undoByNumber(number: number): Promise<0 | 1> {
  const clock = botClock();
  const { timeZone } = readCentreConfig();
  const by = { who: COMMAND_LINE, name: userInfo().username };
  const done = await withStorage((pool) =>
    openDb(pool)
      .transaction()
      .execute((trx) => undoRegistryImport(trx, number, { now: clock(), timeZone, by })),
  );
  if (done.outcome === 'undone') {
    const links = done.links === 0 ? '' : `, снова подключено у жителей: ${figure(done.links)}`;
    const rows = `удалено новых строк ${figure(done.removed)}, возвращено прежних ${figure(done.restored)}${links}`;
    return printAnswer(`Загрузка № ${number} отменена: ${done.name} (${registryOf(done.kind).rowsTitle}), ${rows}`);
  }
  if (done.outcome === 'already') return printAnswer(`Загрузка № ${number} уже отменена.`);
  console.error(`Загрузка № ${number} не отменена: ${whyNot(done)}`);
  return 1;
}

function whyNot(why: NotUndone): string {
  switch (why.outcome) {
    case 'already':
      return 'она уже отменена.';
    case 'none':
      return 'такой загрузки не было.';
    case 'too-old':
      return 'она старше 60 дней или была до того, как загрузки стало можно отменять: прежних данных уже нет. Загрузите исправленный файл.';
    case 'rests':
      return `на ней держится загрузка № ${why.on}: сначала отмените её (--undo ${why.on}).`;
    case 'in-use':
      return `новым счётом ${why.account} уже пользуются жители или сотрудники. Загрузите исправленный файл.`;
    case 'linked-since':
      return `счёт ${why.account} уже подключил житель при новом владельце. Загрузите исправленный файл.`;
  }
}
