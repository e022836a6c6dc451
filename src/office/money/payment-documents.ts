import type { Charge } from '../../domain/charge.ts';
import { dayAfter } from '../../domain/debt.ts';
import { meterMonth, type ShownValue } from '../../domain/document-meter.ts';
import { groupBy } from '../../domain/group-by.ts';
import { lastPaymentOf } from '../../domain/last-payment.ts';
import { localDay } from '../../domain/local-day.ts';
import { byScale, inZoneOrder } from '../../domain/meter-scale.ts';
import type { Kopecks } from '../../domain/money.ts';
import { type PaymentDocument, type Performer, paymentOrderOf, totalsOf } from '../../domain/payment-document.ts';
import { nextDocument, paymentDueDay } from '../../domain/payment-due.ts';
import type { BankPaymentOrder } from '../../domain/payment-qr.ts';
import type { Period } from '../../domain/period.ts';
import { deductedOf } from '../../domain/under-way.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import { listChargedMonths, listChargesBetween } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import { listMeterValues } from '../../records/meter-values.ts';
import { listMeters, type MeterScale } from '../../records/meters.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { listPaymentsBetween, sumPaidFrom } from '../../records/payments.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import type { NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';
import { readUnderWayOf } from './under-way.ts';

/** The centre as the head of a document has it. */
function centreDetails(centre: OfficeEdges['centre']): PaymentDocument['centre'] {
  const { name, phones, emergency, email = null, site = null } = centre;
  const [point] = centre.paymentPoints;
  const at = centre.address === undefined ? point : undefined;
  return {
    name,
    address: centre.address ?? at?.address ?? null,
    hours: centre.hours ?? at?.hours ?? [],
    phones,
    emergency,
    email,
    site,
  };
}

function performersOf({ performers }: OfficeEdges['centre'], lines: readonly Charge[]): Performer[] {
  const suppliers = new Set(lines.map(({ supplier }) => supplier));
  return performers
    .filter(({ name }) => suppliers.has(name))
    .map(({ name, address = null, phone = null, hours = null, emergency = null }) => ({
      name,
      address,
      phone,
      hours,
      emergency,
    }));
}

/** Before all days. */
const FIRST_DAY = '0001-01-01';

const scaleKey = ({ number, scale }: { number: string; scale: string }) => JSON.stringify([number, scale]);

/** What is known of a scale: what registries of meters have had, and what the newest one has. */
function valuesOf({ value, valueDay }: MeterScale, earlier: readonly ShownValue[]): ShownValue[] {
  const past = earlier.map((each) => ({ day: each.day, value: each.value }));
  return value === null || valueDay === null ? past : [...past.filter(({ day }) => day !== valueDay), { day: valueDay, value }];
}

/** The document that comes next and by which day (`late`: that day has passed; null: it is not known yet); null for a closed account. */
export type NextDocument = { period: Period; by: string | null; late: boolean } | null;

/** What there is for a period that was charged. `paidSinceKopecks`: by the registries and on its way, since the latest period ended. */
type Made = {
  account: AccountTitle;
  dueKopecks: Kopecks;
  paidSinceKopecks: Kopecks;
  isLatest: boolean;
  /** Whether the day up to which it is paid is still to come. */
  inTime: boolean;
};

/** How many other documents there are, and the newest ones before this, newest first. */
type Beside = { others: number; earlier: Period[] };

/** So many of them stand under a document. */
const EARLIER = 3;

/** No charges for that period (`latest` null: for none at all). */
type NotThere = { outcome: 'not-there'; account: AccountTitle; period: Period | null; latest: Period | null; next: NextDocument };

export type PaymentDocuments = ReturnType<typeof createPaymentDocuments>;

/** Section 4: the payment document of any period that was charged, and its QR code. */
export function createPaymentDocuments(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & { settings: Pick<OfficeEdges['settings'], 'payee' | 'timeZone'> },
) {
  const { db, clock, centre, settings } = edges;
  /** The document of the period that is asked for, or of the latest. An import may come in between two questions: all are of one moment. */
  async function look(caller: Caller, link: string, wanted: Period | null) {
    const own = await ownAccount(db, caller, link, clock());
    if ('outcome' in own) return own;
    const account = titleOf(own);
    return inSnapshot(db, async (trx) => {
      const periods = await listChargedMonths(trx, own.account);
      const latest = periods[0] ?? null;
      const today = localDay(clock(), settings.timeZone);
      const next = own.closed ? null : nextDocument(latest, today, centre.paymentDocumentReady);
      const period = wanted ?? latest;
      if (!latest || !period || !periods.includes(period))
        return { outcome: 'not-there' as const, account, period: wanted, latest, next };
      const document = await fill(trx, own.account, period, latest);
      const underWay = (await readUnderWayOf(trx, [own.account], edges)).get(own.account) ?? [];
      const paidSince = (await sumPaidFrom(trx, own.account, dayAfter(latest))) + deductedOf(underWay);
      const made: Made = {
        account,
        dueKopecks: totalsOf(document).dueKopecks,
        paidSinceKopecks: paidSince,
        isLatest: period === latest,
        inTime: document.payBy !== null && document.payBy >= today,
      };
      const earlier = periods.filter((each) => each < period).slice(0, EARLIER);
      return { outcome: 'there' as const, ...made, document, next, others: periods.length - 1, earlier };
    });
  }

  async function fill(trx: Db, number: string, period: Period, latestPeriod: Period): Promise<PaymentDocument> {
    const account = await findWholeAccount(trx, number);
    if (!account) throw new Error('an account that is linked has no row');
    const paid = await listPaymentsBetween(trx, number, FIRST_DAY, dayAfter(period));
    const lines = inZoneOrder(await listChargesBetween(trx, number, period, period), centre.meterZones);
    const meters = (await listMeters(trx, number)).toSorted(byScale(centre.meterZones));
    const shown = groupBy(await listMeterValues(trx, number, FIRST_DAY), scaleKey);
    return {
      period,
      latestPeriod,
      accountNumber: number,
      unifiedNumber: account.unifiedNumber,
      payer: { name: account.ownerName, address: account.address, area: account.area, residents: account.residents },
      centre: centreDetails(centre),
      performers: performersOf(centre, lines),
      payee: settings.payee,
      payBy: paymentDueDay(period, centre.paymentDue),
      lastPayment: lastPaymentOf(paid) ?? null,
      lines,
      meters: meters.map((meter) => ({
        number: meter.number,
        scale: meter.scale,
        service: meter.service,
        verificationDue: meter.verificationDue,
        ...meterMonth(valuesOf(meter, shown.get(scaleKey(meter)) ?? []), period === latestPeriod ? null : period, meter.digits),
      })),
      dataDay: (await findDataDay(trx, 'charges')) ?? null,
    };
  }

  return {
    /** The document of a period, `null` the latest. */
    async show(
      caller: Caller,
      link: string,
      wanted: Period | null,
    ): Promise<
      NotAdmitted | Gone | NotThere | (Made & Beside & { outcome: 'shown'; document: PaymentDocument; next: NextDocument })
    > {
      const seen = await look(caller, link, wanted);
      return seen.outcome === 'there' ? { ...seen, outcome: 'shown' } : seen;
    },

    /** What the QR code of a period's document asks for. */
    async order(
      caller: Caller,
      link: string,
      wanted: Period | null,
    ): Promise<
      NotAdmitted | Gone | NotThere | { outcome: 'no-payee' } | (Made & { outcome: 'ordered'; order: BankPaymentOrder })
    > {
      const seen = await look(caller, link, wanted);
      if (seen.outcome !== 'there') return seen;
      const { account, dueKopecks, paidSinceKopecks, isLatest, inTime } = seen;
      const order = paymentOrderOf(seen.document);
      return order
        ? { outcome: 'ordered', account, dueKopecks, paidSinceKopecks, isLatest, inTime, order }
        : { outcome: 'no-payee' };
    },

    /** The periods that have a document, newest first. */
    async periods(
      caller: Caller,
      link: string,
    ): Promise<NotAdmitted | Gone | { outcome: 'listed'; account: AccountTitle; periods: Period[] }> {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      const periods = await listChargedMonths(db, own.account);
      return { outcome: 'listed', account: titleOf(own), periods };
    },
  };
}
