import { userInfo } from 'node:os';
import { openDb } from '../../adapters/postgres/pool.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { registryOf } from '../../office/registries/registries.ts';
import type { NotUndone } from '../../office/registries/registry.ts';
import { COMMAND_LINE, undoRegistryImport } from '../../office/registries/undo.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';

/** Undoes an import by its number, journaled; 1 where it stays, 2 where it could not be done. */
export async function undoByNumber(number: number, shell: Shell): Promise<0 | 1 | 2> {
  return undo(number, shell).catch((error: unknown) => giveUp(shell, error, { next: 'Ничего не отменено; повторите команду.' }));
}

async function undo(number: number, shell: Shell): Promise<0 | 1> {
  const clock = botClock(shell);
  const { timeZone } = readCentreConfig(shell.env, shell.folder);
  const by = { who: COMMAND_LINE, name: userInfo().username };
  const done = await withStorage(shell, (pool) =>
    openDb(pool)
      .transaction()
      .execute((trx) => undoRegistryImport(trx, number, { now: clock(), timeZone, by })),
  );
  if (done.outcome === 'undone') {
    const links = done.links === 0 ? '' : `, снова подключено у жителей: ${figure(done.links)}`;
    const rows = `удалено новых строк ${figure(done.removed)}, возвращено прежних ${figure(done.restored)}${links}`;
    return shell.answer(`Загрузка № ${number} отменена: ${done.name} (${registryOf(done.kind).rowsTitle}), ${rows}`);
  }
  if (done.outcome === 'already') return shell.answer(`Загрузка № ${number} уже отменена.`);
  return shell.refuse(`Загрузка № ${number} не отменена: ${whyNot(done)}`);
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
