import { issuePassword } from './issue-password/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(issuePassword);
