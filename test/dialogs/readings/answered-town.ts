import type { Caller } from '../../../src/office/caller.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { applyReadingAnswers, USUAL_READING_RULES } from '../../../src/office/readings/reading-answers.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleMeteredTown } from './metered-town.ts';
import * as make from '../../kit/make.ts';

/**
 * The metered town, where Ivan and Anna (704) have handed in for `0012345` in October, Ivan and a guest in November, and billing has answered
 * on November: one reading taken, one refused, one not yet answered, one not yet gone out.
 */
export async function settleAnsweredTown(world: World): Promise<void> {
  await settleMeteredTown(world);
  const { db, office, clock } = world;
  const ivan = await db
    .selectFrom('links')
    .select(['id', 'residentId'])
    .where('account', '=', '0012345')
    .executeTakeFirstOrThrow();
  const anna = await db.selectFrom('residents').select('id').where('login', '=', 'resident704').executeTakeFirstOrThrow();
  const october = {
    account: '0012345',
    scale: '',
    windowOpens: '2026-10-20',
    day: '2026-10-21',
    takenAt: clock(),
    submittedBy: 'resident',
  };
  const [cold, hot] = ['Холодное водоснабжение', 'Горячее водоснабжение'];
  await make.reading(
    db,
    { ...october, number: '59907451', service: cold, value: '612.952', residentId: ivan.residentId, state: 'accepted' },
    { ...october, number: '54623752', service: hot, value: '301.5', residentId: anna.id, state: 'accepted' },
  );

  let operations = 0;
  const by = (person: number): Caller => ({ messengerId: `telegram:${person}`, idempotencyKey: `before-${++operations}` });
  const typed = (number: string, value: number, scale = '') => ({
    number,
    scale,
    value: value * 1000,
    digits: String(value).length,
    whole: true,
    sure: false,
  });
  await office.readings.take(by(701), { link: ivan.id }, [
    typed('59907451', 620),
    typed('54623752', 305),
    typed('0164257718', 9310, 'день'),
  ]);
  await exportNew({ db, clock }, READINGS_OUT, async () => undefined);
  await office.readings.take(by(701), { link: ivan.id }, [typed('0164257718', 4333, 'ночь')]);
  const looked = await office.guestAccounts.look(by(799), '0012345' as Parameters<typeof office.guestAccounts.look>[1]);
  if (looked.outcome !== 'found') throw new Error(looked.outcome);
  await office.readings.take(by(799), { guestAccount: looked.guestAccount }, [typed('59907451', 7)]);

  const answer = { account: '0012345', day: '2026-11-22' };
  await db
    .insertInto('readingAnswers')
    .values([
      { ...answer, number: '59907451', value: '620', result: 'accepted', reason: null },
      { ...answer, number: '54623752', value: '305', result: 'refused', reason: 'истёк срок поверки <7 марта>' },
    ])
    .execute();
  await db
    .transaction()
    .execute((trx) => applyReadingAnswers(trx, clock(), { ...USUAL_READING_RULES, timeZone: 'Europe/Moscow' }));
}
