import type { Config } from '../../config/config.ts';
import type { BotAddress } from '../../domain/bot-address.ts';
import type { Findings } from '../doctor/finding.ts';
import type { Shell } from '../kit/shell.ts';

/** What commands have to know of a messenger. */
export type CommandMessenger = {
  /** As the operator calls it. */
  title: string;
  /** What `npm run doctor` says of it. */
  look: (config: Config, now: Date) => Promise<Findings>;
  /** The bot over whose data a command works; undefined: the settings name none here. @throws {BotUnknown} */
  findBot: (shell: Shell) => Promise<BotAddress | undefined>;
  /** A bot as people write its name or a link to it; undefined: it is none of this messenger. */
  readBot: (typed: string) => BotAddress | undefined;
};

/** Why it is not known which bot is meant, and what to do, in Russian. */
export class BotUnknown extends Error {}
