import { runHere } from './kit/run-here.ts';
import { doctorCommand } from './doctor/command.ts';

await runHere(doctorCommand);
