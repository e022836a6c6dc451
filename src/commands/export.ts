import { exportRows } from './export/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(exportRows);
