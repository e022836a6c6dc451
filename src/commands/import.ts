import { importRegistries } from './import/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(importRegistries);
