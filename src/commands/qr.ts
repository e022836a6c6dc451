import { runHere } from './kit/run-here.ts';
import { qrCommand } from './qr/command.ts';

await runHere(qrCommand);
