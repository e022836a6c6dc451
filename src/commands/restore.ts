import { runHere } from './kit/run-here.ts';
import { restore } from './restore/command.ts';

await runHere(restore);
