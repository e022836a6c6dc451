import { runHere } from './kit/run-here.ts';
import { backupCommand } from './backup/command.ts';

await runHere(backupCommand);
