import { runHere } from './kit/run-here.ts';
import { migrate } from './migrate/command.ts';

await runHere(migrate);
