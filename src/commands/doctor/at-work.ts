import type { Config } from '../../config/config.ts';
import { hasAnybody } from '../../records/data-owner.ts';
import type { Db } from '../../records/database.ts';
import { hasLeads } from '../../records/leads.ts';
import { type Finding, good, warning } from './finding.ts';
import type { Heard } from './listening.ts';

/** `isThere`: some process of the bot is, be it at work or still waiting for a neighbour. */
export type AtWork = { isThere: boolean; finding: Finding };

type AtWorkParts = {
  db: Db;
  heard: Heard;
  /** Another process has the embedded Postgres. */
  inUse: boolean;
  mode: Config['mode'];
};

/** Whether the bot is at work, starts and waits, or is not there: by what it leads in, wherever it runs, and by what it says on its port here. */
export async function findAtWork({ db, heard, inUse, mode }: AtWorkParts): Promise<AtWork> {
  const about = mode === 'sandbox' ? 'песочница' : 'бот';
  const there = (finding: Finding): AtWork => ({ isThere: true, finding });
  const ready = heard.isOurs ? heard.ready : undefined;
  if (ready?.startsWith('starting'))
    return there(warning(about, `запускается и ждёт${whatFor(ready)}: причина в строках об этом и в журнале`));
  if (await hasLeads(db)) {
    if (ready === undefined || ready === 'ready') return there(good(about, 'работает'));
    return there(warning(about, `работает, но /readyz говорит «${ready}»: посмотрите строки об этом и журнал`));
  }
  if (ready === 'ready')
    return there(
      warning(about, 'принимает сообщения, но отправлять уведомления и ответы сотрудников некому: npm start -- worker'),
    );
  if (ready !== undefined) return there(warning(about, `сейчас останавливается (/readyz: «${ready}»)`));
  if (inUse)
    return { isThere: false, finding: warning(about, 'данные открыл другой процесс: бот запускается или работает команда') };
  const word = mode === 'sandbox' ? 'запущена' : 'запущен';
  if (mode === 'bot' && (await hasAnybody(db)))
    return { isThere: false, finding: warning(about, `сейчас не ${word}: npm start`) };
  return { isThere: false, finding: good(about, `сейчас не ${word}`) };
}

/** Of `starting: Telegram does not answer; redis: ECONNREFUSED`. */
function whatFor(ready: string): string {
  const neighbour = /^starting: (\w+) does not answer/.exec(ready)?.[1];
  const others = ready.split('; ').slice(1);
  const named = [...(neighbour === undefined ? [] : [`${neighbour} не отвечает`]), ...others];
  return named.length === 0 ? '' : ` (${named.join('; ')})`;
}
