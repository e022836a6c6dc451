import { journal } from './journal/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(journal);
