import { runHere } from './kit/run-here.ts';
import { move } from './move/command.ts';

await runHere(move);
