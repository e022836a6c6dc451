import { expect, test } from 'vitest';
import type { Caller } from '../../src/office/caller.ts';
import { createResidents } from '../../src/office/identity/residents.ts';
import { OFFICE_SETTINGS } from '../kit/office-settings.ts';
import { MINUTE, openTown } from './town.ts';

/** A resident of two accounts, and updates of theirs: each has read whose it is. */
async function openVisits() {
  const town = await openTown();
  await town.resident(1);
  for (const account of ['0012345', '0012346']) {
    await town.account(account, [['2026-10-10', 500_01]]);
    await town.link(1, account, { sum: 500_01 });
  }
  const residents = createResidents({ ...town.edges, settings: OFFICE_SETTINGS });
  const visit = async (token: string): Promise<(step: string) => Caller> => {
    const turn = { token, isHeld: () => true };
    const caller = (step: string): Caller => ({ messengerId: 'telegram:1', idempotencyKey: `${token}:${step}`, turn });
    await residents.visitor(caller('visitor'));
    return caller;
  };
  const listed = async (caller: Caller) => {
    const answer = await town.links.list(caller);
    return answer.outcome === 'listed' ? answer.accounts.map(({ name, account }) => name ?? account) : answer.outcome;
  };
  const end = (account: string) =>
    town.db.updateTable('links').set({ endedAt: town.now(), endedWhy: 'by-staff' }).where('account', '=', account).execute();
  return { town, visit, listed, end };
}

test('a turn that has read whose it is reads the cabinet once', async () => {
  const { visit, listed, end } = await openVisits();
  const caller = await visit('a');
  await end('0012345');
  expect(await listed(caller('list'))).toEqual(['0012345', '0012346']);
  expect(await listed((await visit('b'))('list'))).toEqual(['0012346']);
});

test('what the turn itself has changed it sees', async () => {
  const { town, visit, listed } = await openVisits();
  const caller = await visit('a');
  const [link = ''] = await town.links
    .list(caller('first'))
    .then((all) => ('accounts' in all ? all.accounts : []).map((own) => own.link));
  await town.links.rename(caller('rename'), link, 'Дача');
  expect(await listed(caller('list'))).toEqual(['Дача', '0012346']);
  await town.links.unlink(caller('unlink'), link);
  expect(await listed(caller('again'))).toEqual(['0012346']);
});

test('a turn that takes long reads anew, and so does who has no turn', async () => {
  const { town, visit, listed, end } = await openVisits();
  const caller = await visit('a');
  await end('0012345');
  expect(await listed(town.by(1))).toEqual(['0012346']);
  town.later(MINUTE);
  expect(await listed(caller('list'))).toEqual(['0012346']);
});
