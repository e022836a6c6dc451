import { runHere } from './kit/run-here.ts';
import { migrateCommand } from './migrate/command.ts';

await runHere(migrateCommand);
