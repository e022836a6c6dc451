import type { Pool } from 'pg';
import { importConnection } from '../../adapters/postgres/import-connection.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { openRegistry } from '../../adapters/registries/file.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import type { RegistryFile } from '../../office/edges.ts';
import { type ImportEdges, importRegistry, tryRegistries } from '../../office/registries/import-registry.ts';
import { knownLayouts, type LayoutChoice } from '../../office/registries/layouts/choose.ts';
import { noteHeld, noteTaken } from '../../office/registries/noted.ts';
import { type ClosingRule, type OwnerRule, RegistryHeld } from '../../office/registries/owner-changes.ts';
import { RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import { REGISTRIES } from '../../office/registries/registries.ts';
import { botClock } from '../kit/clock.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import { tellProgress } from '../kit/progress.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { loadRules } from './reading-rules.ts';
import { dryLines, heldLines, reportLines } from './report.ts';

type Rules = { owners: OwnerRule; closings: ClosingRule };
/** What the file may do, and what residents are told by the bot's settings. */
type How = { rules: Rules } & Pick<ImportEdges, 'readingRules'>;
type ImportOrder = { paths: string[]; layout: string | undefined; rules: Rules; isDry: boolean };

/** Takes in the files, or only says what they would do; 1 where rows or files were left, also by an import before, 2 where one cannot be read. */
export async function takeIn({ paths, layout, rules, isDry }: ImportOrder, shell: Shell): Promise<0 | 1 | 2> {
  let opened: FilesOpened;
  let how: How;
  try {
    const { layouts, readingRules } = await loadRules(shell);
    how = { rules, readingRules };
    opened = await openAll(paths, { layouts, named: layout });
  } catch (error) {
    return error instanceof CentreFileError
      ? shell.complain(error.message)
      : giveUp(shell, error, { what: 'Загрузка не начата' });
  }
  const { files, problems } = opened;
  try {
    if (problems.length > 0) return shell.complain([...problems, 'Ничего не загружено.'].join('\n'));
    return await withStorage(shell, (pool) => (isDry ? tryAll : importAll)(pool, files, how, shell));
  } catch (error) {
    return giveUp(shell, error, {
      what: 'Загрузка прервана',
      next: 'Файл, на котором это случилось, не загружен; повторите команду.',
    });
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

type FilesOpened = { files: RegistryFile[]; problems: string[] };

/** All of them, in the order in which registries are taken; one that cannot be read is a problem of the whole call. */
async function openAll(paths: string[], choice: LayoutChoice): Promise<FilesOpened> {
  const files: RegistryFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      files.push(await openRegistry(path, choice));
    } catch (error) {
      if (!(error instanceof RegistryUnreadable)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0 && choice.layouts.length > 0 && choice.named === undefined)
    problems.push(`Файл банка или поставщика читается по описанию (--layout ОПИСАНИЕ)${knownLayouts(choice.layouts)}.`);
  const rank = (file: RegistryFile): number => REGISTRIES.indexOf(file.header.registry);
  return { files: files.sort((a, b) => rank(a) - rank(b)), problems };
}

async function importAll(pool: Pool, files: readonly RegistryFile[], how: How, shell: Shell): Promise<0 | 1> {
  const edges = edgesOf(pool, how, shell);
  let left = 0;
  for (const file of files) {
    try {
      const report = await importRegistry({ ...edges, onRows: tellProgress(shell, `${file.name}: прочитано строк`) }, file, {
        ...how.rules,
        onDone: (trx, done) => noteTaken(trx, operator(), done, edges.clock()),
      });
      left += report.refused + (report.refusedProblem === undefined ? 0 : 1);
      for (const line of reportLines(report)) shell.print(line);
    } catch (error) {
      if (!(error instanceof RegistryHeld)) throw error;
      left += 1;
      await noteHeld(openDb(pool), operator(), file.name, error, edges.clock());
      for (const line of heldLines(file.name, error)) shell.print(line);
    }
  }
  return left === 0 ? 0 : 1;
}

async function tryAll(pool: Pool, files: readonly RegistryFile[], how: How, shell: Shell): Promise<0 | 1> {
  const runs = await tryRegistries(edgesOf(pool, how, shell), files, how.rules);
  for (const run of runs) for (const line of dryLines(run)) shell.print(line);
  shell.print('Это проверка: ничего не загружено.');
  return runs.every(({ report }) => report.refused === 0 && !report.held) ? 0 : 1;
}

function edgesOf(pool: Pool, { readingRules }: How, shell: Shell): ImportEdges {
  return {
    readingRules,
    connection: importConnection(pool),
    clock: botClock(shell),
    timeZone: readCentreConfig(shell.env, shell.folder).timeZone,
  };
}
