import { formatReading, readDecimal } from '../../domain/reading.ts';
import { listWaitingReadings, markReadingsExported } from '../../records/exported-readings.ts';
import { lockAllReadings, RESIDENT, type Reading } from '../../records/readings.ts';
import { EXPORT_COLUMNS } from '../registries/export-columns.ts';
import { type Outgoing, outgoingDay } from '../registries/exports.ts';

/** Readings for billing. «Источник» tells what a resident of the account handed in from what a guest did: billing checks the latter. */
export const READINGS_OUT: Outgoing = {
  kind: 'readings',
  columns: EXPORT_COLUMNS.readings,
  async collect(trx, exportNumber) {
    // A reading that is corrected meanwhile goes out as it was, or as it is, and is marked accordingly.
    await lockAllReadings(trx);
    const waiting = await listWaitingReadings(trx);
    if (waiting.length > 0)
      await markReadingsExported(
        trx,
        waiting.map(({ id }) => id),
        exportNumber,
      );
    return waiting.toSorted(byMeter).map(line);
  },
};

function line({ account, number, service, scale, value, day, submittedBy }: Reading): string[] {
  const source = submittedBy === RESIDENT ? 'житель' : 'гость';
  return [account, number, service, scale, formatReading(readDecimal(value)), outgoingDay(day), source];
}

function byMeter(one: Reading, other: Reading): number {
  const key = ({ account, service, number, scale, windowOpens }: Reading) =>
    [account, service, number, scale, windowOpens].join('\u0000');
  return key(one) < key(other) ? -1 : 1;
}
