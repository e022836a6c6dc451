import { runHere } from './kit/run-here.ts';
import { restoreCommand } from './restore/command.ts';

await runHere(restoreCommand);
