import { runHere } from './kit/run-here.ts';
import { importCommand } from './import/command.ts';

await runHere(importCommand);
