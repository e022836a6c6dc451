import { shownFileName } from '../../../domain/registry-file.ts';
import type { Clock } from '../../../office/edges.ts';
import { tellUnread } from '../../../office/registries/notices.ts';
import type { Db, Trx } from '../../../records/database.ts';
import type { LastStep } from '../../move-file.ts';

/** What is not taken in goes to `refused`, and staff are told. `from`: where it lies. */
export type TurningAway = {
  /** One that is no registry, or was given up: why, in Russian. */
  turnAway: (name: string, why: string, from?: string | Buffer) => Promise<void>;
  /** Any other; `tell` says why. */
  refuse: (name: string, tell: (trx: Trx) => Promise<void>, from?: string | Buffer) => Promise<void>;
};

type TurningAwayParts = {
  db: Db;
  clock: Clock;
  /** Staff may choose a layout for it. */
  isDescribed: boolean;
  /** Where a file lies of which nothing else is said. */
  placeOf: (name: string) => string;
  putAway: (from: string | Buffer, room: 'refused', name: string, lastStep: LastStep) => Promise<void>;
};

export function turningAway({ db, clock, isDescribed, placeOf, putAway }: TurningAwayParts): TurningAway {
  async function refuse(name: string, tell: (trx: Trx) => Promise<void>, from: string | Buffer = placeOf(name)): Promise<void> {
    // Together, so that what cannot be put away is not told of again and again; what is copied to a slow disk is copied before.
    await putAway(from, 'refused', name, (move) =>
      db.transaction().execute(async (trx) => {
        await tell(trx);
        await move();
      }),
    );
  }
  return {
    refuse,
    turnAway: (name, why, from) =>
      refuse(name, (trx) => tellUnread(trx, { name: shownFileName(name), why, isDescribed }, clock()), from),
  };
}
