import { runHere } from './kit/run-here.ts';
import { reopenLinkingCommand } from './reopen-linking/command.ts';

await runHere(reopenLinkingCommand);
