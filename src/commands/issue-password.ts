import { runHere } from './kit/run-here.ts';
import { issuePasswordCommand } from './issue-password/command.ts';

await runHere(issuePasswordCommand);
