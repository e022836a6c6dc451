import { insertRequest, updateRequest } from '../../src/records/requests.ts';
import type { World } from '../kit/chat/world.ts';
import { linkFor, settleTown } from './town.ts';

/** The town, where the first person of a transcript is a member of staff, too, and the accounts have a past. */
export async function settleDesk(world: World): Promise<void> {
  await settleTown(world);
  world.staff.add('telegram:701');
  await linkFor(world, 702, '0012345');
  await linkFor(world, 702, '0022222');
  await linkFor(world, 703, '0012345');
  const now = world.clock();
  const wrong = { account: '0022222', person: '', evaluated: true, at: now };
  await world.db.insertInto('sum_failures').values([wrong, wrong, wrong, wrong, wrong]).execute();
  await world.db.transaction().execute(async (trx) => {
    const request = { kind: 'request', topic: 'readings', messenger_id: 'telegram:702', resident_id: null, account: '0012345' };
    await insertRequest(trx, { ...request, waits: true }, now);
    const { id } = await insertRequest(trx, { ...request, topic: 'payment', waits: true }, now);
    const taken = { state: 'taken' as const, taken_by: 'telegram:701', taken_by_name: 'Ольга' };
    await updateRequest(trx, id, taken, now);
    await insertRequest(trx, { ...request, kind: 'not-me', topic: null, messenger_id: null, waits: false }, now);
  });
}
