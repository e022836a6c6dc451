import { runHere } from './kit/run-here.ts';
import { reopenLinking } from './reopen-linking/command.ts';

await runHere(reopenLinking);
