import { changeBot } from './change-bot/command.ts';
import { runHere } from './kit/run-here.ts';

await runHere(changeBot);
