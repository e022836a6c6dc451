import type { WorkerLog } from '../../../runtime/worker-log.ts';
import type { BegunFiles, MarkedFile } from '../begun.ts';

/** Works on a file, unless processes have died over it: then it is turned away, and nothing comes of it. */
export type Outliving = <T>(file: MarkedFile, work: () => Promise<T>) => Promise<T | undefined>;

type OutlivingParts = {
  begun: BegunFiles;
  /** Aborted when the process is told to end: whatever ends it from then on, it did not die over the file in hand. */
  toldToEnd: AbortSignal | undefined;
  /** Whether the file of this name is still to be worked off. */
  isInHand: (name: string) => Promise<boolean>;
  turnAway: (name: string, why: string) => Promise<void>;
  warned: (error: unknown) => void;
  log: WorkerLog;
};

const MOST_DEATHS = 3;
const DEADLY =
  'на этом файле трижды остановилась программа, больше не пробуем. Сохраните таблицу как CSV с точкой с запятой и положите заново; если повторится, причина есть в журнале сервера';

export function outlivingDeaths({ begun, toldToEnd, isInHand, turnAway, warned, log }: OutlivingParts): Outliving {
  return async <T>(file: MarkedFile, work: () => Promise<T>): Promise<T | undefined> => {
    const { name } = file;
    let takenBack: Promise<void> | undefined;
    const deaths = await begun.begin(file);
    const takeBack = () => {
      takenBack = begun.survive(file, deaths).catch(warned);
    };
    toldToEnd?.addEventListener('abort', takeBack);
    try {
      if (toldToEnd?.aborted) takeBack();
      if (deaths < MOST_DEATHS) return await work();
      log.warn({ deaths }, 'a registry from the folder is turned away: processes died over it');
      await turnAway(name, DEADLY);
      return undefined;
    } finally {
      toldToEnd?.removeEventListener('abort', takeBack);
      // One write of it at a time.
      await takenBack;
      await begun.survive(file, (await isInHand(name)) ? deaths : 0);
    }
  };
}
