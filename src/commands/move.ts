import { runHere } from './kit/run-here.ts';
import { moveCommand } from './move/command.ts';

await runHere(moveCommand);
