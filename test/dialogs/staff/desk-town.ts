import { updateRequest } from '../../../src/records/requests.ts';
import * as make from '../../kit/make.ts';
import type { World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';

/** The town, where the first person of a transcript is a member of staff, too, and the accounts have a past. */
export async function settleDesk(world: World): Promise<void> {
  await settleTown(world);
  world.staff.add('telegram:701');
  await linkFor(world, 702, '0012345');
  await linkFor(world, 702, '0022222');
  await linkFor(world, 703, '0012345');
  const now = world.clock();
  const wrong = { account: '0022222', person: '', evaluated: true, at: now };
  await world.db.insertInto('sumFailures').values([wrong, wrong, wrong, wrong, wrong]).execute();
  await world.db.transaction().execute(async (trx) => {
    const request = { messengerId: 'telegram:702', account: '0012345', openedAt: now, called: 'Семён' };
    const readings = await make.request(trx, { ...request, topic: 'readings', thread: 'telegram:-1001/31' });
    const { id } = await make.request(trx, { ...request, topic: 'payment', called: 'Вера' });
    const taken = { state: 'taken' as const, takenBy: 'telegram:701', takenByName: 'Ольга' };
    await updateRequest(trx, id, taken, now);
    await make.requestMessage(
      trx,
      { requestId: readings.id, side: 'resident', source: 'telegram:702/1', words: 'Счётчик стоит за Ёлкой, не достать' },
      { requestId: readings.id, side: 'note', source: 'telegram:-1001/2', words: 'Позвонить мастеру' },
      { requestId: id, side: 'resident', source: 'telegram:702/3', words: 'Платёж за октябрь не виден' },
      { requestId: id, side: 'staff', source: 'telegram:-1001/4', words: 'Банк передаёт платежи за три дня, как и елки' },
    );
    await make.request(trx, { kind: 'not-me', account: '0012345', openedAt: now });
  });
}
