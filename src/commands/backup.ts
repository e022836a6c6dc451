import { backup } from './backup/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(backup);
