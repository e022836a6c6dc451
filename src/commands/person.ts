import { runHere } from './kit/run-here.ts';
import { personCommand } from './person/command.ts';

await runHere(personCommand);
