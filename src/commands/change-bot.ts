import { runHere } from './kit/run-here.ts';
import { changeBotCommand } from './change-bot/command.ts';

await runHere(changeBotCommand);
