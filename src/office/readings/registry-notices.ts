import { formatMeasured } from '../../domain/meter-unit.ts';
import { readDecimal } from '../../domain/reading.ts';
import type { Trx } from '../../records/database.ts';
import { listLinksTo } from '../../records/links.ts';
import { listClosedWatched, listReadingsOfGoneMeters } from '../../records/registries/side-effects.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NoticeDoor } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };
const REQUEST: NoticeDoor = { label: 'button-write-us', dialog: 'request' };

/** A registry of accounts has closed some: those who have them are told, by day. */
export async function tellAccountsClosed(trx: Trx, now: Date): Promise<void> {
  for (const { id, account, residentId } of await listLinksTo(trx, await listClosedWatched(trx)))
    await tellResident(
      trx,
      residentId,
      {
        signedIn: { text: 'notice-account-closed', words: { account }, doors: [REQUEST] },
        signedOut: { text: 'notice-account-closed-signed-out', doors: [LOGIN] },
        key: `account-closed/${account}/${id}/${now.toISOString()}`,
        account,
        daytime: true,
      },
      now,
    );
}

/**
 * A registry of meters no longer has one of which a reading is on its way: it goes out all the same, as the old meter's last, and those who have the
 * account are told, once, that the new one is to be read.
 */
export async function tellMetersReplaced(trx: Trx, now: Date): Promise<void> {
  const gone = await listReadingsOfGoneMeters(trx);
  const byMeter = groupBy(gone, ({ account, number }) => `${account}/${number}`);
  const links = groupBy(
    await listLinksTo(
      trx,
      gone.map(({ account }) => account),
    ),
    ({ account }) => account,
  );
  for (const readings of byMeter.values()) {
    const [first] = readings;
    if (!first) continue;
    const { account, number, service, windowOpens } = first;
    const values = readings.map(({ value }) => formatMeasured(readDecimal(value), service)).join(' · ');
    for (const { id, residentId } of links.get(account) ?? [])
      await tellResident(
        trx,
        residentId,
        {
          signedIn: {
            text: 'notice-meter-replaced',
            words: { account, number, service, values },
            doors: [{ label: 'button-readings', dialog: 'readings', ref: id }],
          },
          signedOut: { text: 'notice-meter-replaced-signed-out', doors: [LOGIN] },
          key: `meter-replaced/${account}/${number}/${windowOpens}/${id}`,
          account,
          daytime: true,
        },
        now,
      );
  }
}
