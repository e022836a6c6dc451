import { runHere } from './kit/run-here.ts';
import { journalCommand } from './journal/command.ts';

await runHere(journalCommand);
