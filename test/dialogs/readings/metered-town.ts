import type { World } from '../../kit/chat/world.ts';
import { own, ownAll } from '../money/billed-town.ts';
import { settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/**
 * The town of linking on 22 November, in the window of readings. Ivan has `0012345` with four scales (the hot water's verification is overdue), Maria
 * `0022222` with a meter near its end and `0033333` without any, Pyotr the closed `0044444`.
 */
export async function settleMeteredTown(world: World): Promise<void> {
  await settleTown(world);
  const meter = (account: string, number: string, service: string, value: string | null, more: object = {}) => ({
    account,
    number,
    service,
    value,
    valueDay: value === null ? null : '2026-10-21',
    digits: 5,
    verificationDue: '2030-03-07',
    ...more,
  });
  await make.meter(
    world.db,
    meter('0012345', '59907451', 'Холодное водоснабжение', '612.952'),
    meter('0012345', '54623752', 'Горячее водоснабжение', '301.5', { verificationDue: '2026-03-07' }),
    meter('0012345', '0164257718', 'Электроснабжение', '4270', { scale: 'ночь', digits: 6 }),
    meter('0012345', '0164257718', 'Электроснабжение', '9120', { scale: 'день', digits: 6 }),
    meter('0022222', '77', 'Холодное водоснабжение', '99993'),
    meter('0044444', '78', 'Холодное водоснабжение', '12'),
  );
  await ownAll(world);
}

/** Ivan has one account with one meter, as most people do who read one at all. */
export async function settleOneMeter(world: World): Promise<void> {
  await settleTown(world);
  await make.meter(world.db, {
    account: '0012345',
    number: '59907451',
    service: 'Холодное водоснабжение',
    value: '612.952',
    valueDay: '2026-10-21',
    digits: 5,
    verificationDue: '2030-03-07',
  });
  await own(world, 701, '0012345');
}

/** Ivan has one account with meters of cold and of hot water and one of electricity that tells three zones. */
export async function settleFiveScales(world: World): Promise<void> {
  await settleTown(world);
  const meter = (number: string, service: string, value: string, scale = '') => ({
    account: '0012345',
    number,
    service,
    scale,
    value,
    valueDay: '2026-10-21',
    digits: 6,
    verificationDue: '2030-03-07',
  });
  await make.meter(
    world.db,
    meter('59907451', 'Холодное водоснабжение', '612.952'),
    meter('54623752', 'Горячее водоснабжение', '301.5'),
    meter('0164257718', 'Электроснабжение', '9120', 'пик'),
    meter('0164257718', 'Электроснабжение', '4270', 'ночь'),
    meter('0164257718', 'Электроснабжение', '2050', 'полупик'),
  );
  await own(world, 701, '0012345');
}

/** The metered town, seen by who is not signed in. */
export async function settleForGuests(world: World): Promise<void> {
  await settleMeteredTown(world);
  await world.db.deleteFrom('sessions').where('messengerId', 'in', ['telegram:701', 'telegram:702']).execute();
}
