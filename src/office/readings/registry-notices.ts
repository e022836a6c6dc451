import { METER_KEY_TAIL, noticeKey, noticeKeyUpTo } from '../../domain/notice-key.ts';
import { byScale } from '../../domain/meter-scale.ts';
import { formatMeasured } from '../../domain/meter-unit.ts';
import { readDecimal } from '../../domain/reading.ts';
import type { Trx } from '../../records/database.ts';
import { listLinksTo } from '../../records/links.ts';
import { deleteNoticesUpTo } from '../../records/notices.ts';
import { listMetersBack, listReadingsOfGoneMeters } from '../../records/registries/side-effects.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NoticeDoor } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';
import type { ReadingRules } from './reading-answers.ts';

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };

/** A registry of meters has come in: what it says of those of which a reading is on its way. */
export async function tellMetersChanged(trx: Trx, now: Date, rules: Pick<ReadingRules, 'meterZones'>): Promise<void> {
  await tellMetersReplaced(trx, now, rules);
  await tellMetersBack(trx, await listMetersBack(trx), now);
}

/**
 * A registry of meters no longer has one of which a reading is on its way: it goes out all the same, as the old meter's last, and those who have the
 * account are told, once, that the new one is to be read.
 */
async function tellMetersReplaced(trx: Trx, now: Date, { meterZones }: Pick<ReadingRules, 'meterZones'>): Promise<void> {
  const gone = (await listReadingsOfGoneMeters(trx)).toSorted(byScale(meterZones));
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
    const said = sayReadings(service, readings);
    for (const { id, residentId } of links.get(account) ?? [])
      await tellResident(
        trx,
        residentId,
        {
          signedIn: {
            text: said.text,
            words: { account, number, service, values: said.values },
            doors: [{ label: 'button-readings', dialog: 'readings', ref: id }],
          },
          signedOut: { text: 'notice-meter-replaced-signed-out', doors: [LOGIN] },
          key: noticeKey('meter-replaced', account, number, windowOpens, id),
          account,
          daytime: true,
        },
        now,
      );
  }
}

/** One value stands in the sentence; those of zones below one another, by what the display calls them. */
function sayReadings(service: string, readings: readonly { scale: string; value: string }[]) {
  const shown = readings.map(({ scale, value }) => ({ scale, value: formatMeasured(readDecimal(value), service) }));
  if (shown.every(({ scale }) => scale === ''))
    return { text: 'notice-meter-replaced', values: shown.map(({ value }) => value).join(' · ') };
  return {
    text: 'notice-meter-replaced-zones',
    values: shown.map((words) => ({ text: 'notice-meter-replaced-zone', words })),
  };
}

/**
 * These were not replaced after all, the registry was undone or the next one has them: who was told that they were is told so, and hears of it again should they be
 * replaced once more.
 */
export async function tellMetersBack(trx: Trx, meters: readonly { account: string; number: string }[], now: Date): Promise<void> {
  const numbers = new Map(
    meters.map(({ account, number }) => [noticeKey('meter-replaced', account, number), { account, number }]),
  );
  const untold = await deleteNoticesUpTo(trx, 'meter-replaced', [...numbers.keys()], METER_KEY_TAIL);
  const links = await listLinksTo(
    trx,
    meters.map(({ account }) => account),
  );
  const told = new Map(
    untold.flatMap(({ key, residentId, arrived }) => {
      const meter = numbers.get(noticeKeyUpTo(key, METER_KEY_TAIL));
      return meter && arrived ? [[`${residentId}/${meter.account}/${meter.number}`, { ...meter, residentId }] as const] : [];
    }),
  );
  for (const { account, number, residentId } of told.values()) {
    const link = links.find((each) => each.account === account && each.residentId === residentId);
    if (!link) continue;
    await tellResident(
      trx,
      link.residentId,
      {
        signedIn: {
          text: 'notice-meter-back',
          words: { account, number },
          doors: [{ label: 'button-my-readings', dialog: 'my-readings', ref: link.id }],
        },
        signedOut: { text: 'notice-meter-back-signed-out', doors: [LOGIN] },
        key: noticeKey('meter-back', account, number, link.id, now.toISOString()),
        account,
        daytime: true,
      },
      now,
    );
  }
}
