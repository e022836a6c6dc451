import { runHere } from './kit/run-here.ts';
import { qr } from './qr/command.ts';

await runHere(qr);
