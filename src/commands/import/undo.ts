import { openDb } from '../../adapters/postgres/pool.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { localTime } from '../../domain/local-day.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import { registryOf } from '../../office/registries/registries.ts';
import type { NotUndone } from '../../office/registries/registry.ts';
import { UNDONE_WITHIN_DAYS, undoRegistryImport } from '../../office/registries/undo.ts';
import { findHeldImport } from '../../records/audit-log.ts';
import type { Trx } from '../../records/database.ts';
import { findLastImportNumber } from '../../records/registries/imports.ts';
import { botClock } from '../kit/clock.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { loadRules } from './reading-rules.ts';

/** Undoes an import by its number, journaled; 1 where it stays, 2 where it could not be done. */
export async function undoByNumber(number: number, shell: Shell): Promise<0 | 1 | 2> {
  return undo(number, shell).catch((error: unknown) =>
    error instanceof CentreFileError
      ? shell.complain(error.message)
      : giveUp(shell, error, { next: 'Ничего не отменено; повторите команду.' }),
  );
}

async function undo(number: number, shell: Shell): Promise<0 | 1> {
  const clock = botClock(shell);
  const { timeZone } = readCentreConfig(shell.env, shell.folder);
  const { readingRules } = await loadRules(shell);
  const { done, was } = await withStorage(shell, (pool) =>
    openDb(pool)
      .transaction()
      .execute(async (trx) => {
        const done = await undoRegistryImport(trx, number, { now: clock(), timeZone, by: operator(), readingRules });
        return { done, was: done.outcome === 'none' ? await whatItWas(trx, number, timeZone) : '' };
      }),
  );
  if (done.outcome === 'undone') {
    const links = done.links === 0 ? '' : `, снова подключено у жителей: ${figure(done.links)}`;
    const rows = `удалено новых строк ${figure(done.removed)}, возвращено прежних ${figure(done.restored)}${links}`;
    return shell.answer(`Загрузка № ${number} отменена: ${done.name} (${registryOf(done.kind).rowsTitle}), ${rows}`);
  }
  if (done.outcome === 'already') return shell.answer(`Загрузка № ${number} уже отменена.`);
  return shell.refuse(`Загрузка № ${number} не отменена: ${whyNot(done, was)}`);
}

/** Of a number that no import has. */
async function whatItWas(trx: Trx, number: number, timeZone: string): Promise<string> {
  const held = await findHeldImport(trx, number);
  if (held) {
    const at = localTime(held.at, timeZone).replace(/^(\d+)-(\d+)-(\d+)T/, '$3.$2.$1 ');
    const why = [
      ...(held.isOwners ? ['менял владельцев у многих счетов'] : []),
      ...(held.isClosing ? ['закрывал много счетов'] : []),
    ].join(' и ');
    return `это был файл ${held.name}, ${at}; он не загружен, потому что ${why}. Отменять нечего.`;
  }
  const last = await findLastImportNumber(trx);
  if (number > last) return last === 0 ? 'ещё ничего не загружалось.' : `такой загрузки ещё не было; последняя — № ${last}.`;
  return 'она прервалась и не оставила ничего. Отменять нечего.';
}

/** `was`: what a number stood for that no import has. */
function whyNot(why: NotUndone, was: string): string {
  switch (why.outcome) {
    case 'already':
      return 'она уже отменена.';
    case 'none':
      return was;
    case 'too-old':
      return `она старше ${UNDONE_WITHIN_DAYS} дней или была до того, как загрузки стало можно отменять: прежних данных уже нет. Загрузите исправленный файл.`;
    case 'rests':
      return `на ней держится загрузка № ${why.on}: сначала отмените её (--undo ${why.on}).`;
    case 'in-use':
      return `новым счётом ${why.account} уже пользуются жители или сотрудники. Загрузите исправленный файл.`;
    case 'linked-since':
      return `счёт ${why.account} уже подключил житель при новом владельце. Загрузите исправленный файл.`;
  }
}
