import { doctor } from './doctor/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(doctor);
