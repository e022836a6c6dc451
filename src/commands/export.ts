import { runHere } from './kit/run-here.ts';
import { exportCommand } from './export/command.ts';

await runHere(exportCommand);
