import { runHere } from './kit/run-here.ts';
import { person } from './person/command.ts';

await runHere(person);
