import { DAY_MS, HOUR_MS, later } from '../../domain/durations.ts';
import {
  type Limit,
  SMS_KEPT_FOR_OWNER,
  SMS_PER_PERSON,
  SMS_PER_PHONE,
  SMS_PER_PREFIX,
  SMS_SPACING,
  windowEnd,
  windowStart,
} from '../../domain/limits.ts';
import { phonePrefix } from '../../domain/phone.ts';
import { FIRST_UUID } from '../../domain/uuid.ts';
import { type CodeTarget, findNthNewestSms, type SmsOf } from '../../records/confirmation-codes.ts';
import { listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import type { Trx } from '../../records/database.ts';
import { findResidentByPhone } from '../../records/residents.ts';
import type { OfficeSettings } from '../edges.ts';
import { escalate } from '../escalations.ts';

/** Why no SMS may go out now, and until when. `crowded`: too many over all people, or over numbers alike. */
export type SmsRefusal = { outcome: 'too-soon' | 'limit' | 'crowded'; until: Date };

/**
 * `not-meant`: the SMS is to be said, and not to be sent. `hidden`: it is answered before it is sent, so that neither the answer nor how
 * long it takes tells one that is not meant from one that is.
 */
export type SmsVerdict = { refusal: SmsRefusal } | { refusal?: undefined; notMeant: boolean; hidden: boolean };

/** `owner-kept` may use the SMS that is reserved for the owner each day, whatever strangers used up; a `stranger` may not. */
type PhoneOwnership = 'owner-kept' | 'owner' | 'stranger' | 'nobody';

/** What strangers may use of a phone's SMS: one a day is kept for its owner. */
const STRANGERS_PER_PHONE = SMS_PER_PHONE.map(lessTheKept);

/**
 * The first of the limits of SMS (`domain/limits.ts`) that stands in the way of one more SMS. Ask while sending is locked; reaching a cap over many people is told
 * to staff. A phone that a login has and one that none has are answered alike, with the same questions to the base, except to whoever
 * knows the login's password.
 */
export async function judgeSms(trx: Trx, target: CodeTarget, settings: OfficeSettings, now: Date): Promise<SmsVerdict> {
  const standing = await standingOf(trx, target, now);
  const tooMany = await personRefusal(trx, target.messengerId, now);
  if (tooMany) return { refusal: tooMany };
  if (standing === 'owner-kept') return { notMeant: false, hidden: target.purpose === 'recovery' };
  const crowd = await crowdRefusal(trx, target.phone, settings, now);
  if (crowd) return { refusal: crowd };

  const arrived: SmsOf = { of: 'phone', phone: target.phone };
  const usedUp = await refusalOf(trx, arrived, standing === 'stranger' ? STRANGERS_PER_PHONE : SMS_PER_PHONE, now);
  switch (target.purpose) {
    case 'sign-in':
      return usedUp ? { refusal: usedUp } : { notMeant: false, hidden: false };
    case 'recovery':
      return { notMeant: standing === 'nobody' || usedUp !== undefined, hidden: true };
    case 'registration':
    case 'new-phone': {
      // By all that was said to be sent, or else the SMS that a recovery brought to a phone would tell that a login has it.
      const said: SmsOf = { of: 'phone-as-told', phone: target.phone };
      const refusal = await refusalOf(trx, said, SMS_PER_PHONE, now);
      const last = (await fullUntil(trx, said, STRANGERS_PER_PHONE, now)) !== undefined;
      return refusal ? { refusal } : { notMeant: standing === 'stranger' && usedUp !== undefined, hidden: last };
    }
  }
}

async function personRefusal(trx: Trx, messengerId: string, now: Date): Promise<SmsRefusal | undefined> {
  return refusalOf(trx, { of: 'person', messengerId }, SMS_PER_PERSON, now);
}

async function refusalOf(trx: Trx, of: SmsOf, limits: readonly Limit[], now: Date): Promise<SmsRefusal | undefined> {
  const last = await findNthNewestSms(trx, of, SMS_SPACING.count, windowStart(SMS_SPACING, now), { tried: true });
  if (last) return { outcome: 'too-soon', until: windowEnd(SMS_SPACING, last) };
  const until = await fullUntil(trx, of, limits, now);
  return until && { outcome: 'limit', until };
}

/** Each cap over many people that is full is told to staff, of their ends the last to the person. */
async function crowdRefusal(trx: Trx, phone: string, settings: OfficeSettings, now: Date): Promise<SmsRefusal | undefined> {
  const prefix = phonePrefix(phone);
  let until = await fullUntil(trx, { of: 'prefix', prefix }, [SMS_PER_PREFIX], now);
  if (until)
    await escalate(trx, { kind: 'sms-numbers-alike', numbers: `${prefix}***`, sent: SMS_PER_PREFIX.count, key: prefix }, now);
  for (const [count, hours] of [
    [settings.smsHourlyLimit, 1],
    [settings.smsDailyLimit, 24],
  ] as const) {
    const all = await fullUntil(trx, { of: 'all' }, [{ count, windowMs: hours * HOUR_MS }], now);
    if (!all) continue;
    await escalate(trx, { kind: 'sms-overall', sent: count, hours, key: `${hours}` }, now);
    if (!until || all > until) until = all;
  }
  return until && { outcome: 'crowded', until };
}

/** How the person stands to the phone; one kept SMS a day for all messenger accounts of its login together. */
async function standingOf(trx: Trx, target: CodeTarget, now: Date): Promise<PhoneOwnership> {
  const owner = await findResidentByPhone(trx, target.phone);
  const owners = await listConfirmedMessengers(trx, owner?.id ?? FIRST_UUID);
  if (!owner) return 'nobody';
  if (!owners.includes(target.messengerId)) return 'stranger';
  const own: SmsOf = { of: 'phone', phone: target.phone, by: owners };
  const used = await findNthNewestSms(trx, own, SMS_KEPT_FOR_OWNER, later(now, -DAY_MS));
  return used ? 'owner' : 'owner-kept';
}

function lessTheKept(limit: Limit): Limit {
  return limit.windowMs >= DAY_MS ? { ...limit, count: limit.count - SMS_KEPT_FOR_OWNER } : limit;
}

/** When the last of the full limits has room again; undefined when none is full. */
async function fullUntil(trx: Trx, of: SmsOf, limits: readonly Limit[], now: Date): Promise<Date | undefined> {
  let until: Date | undefined;
  for (const limit of limits) {
    const nth = await findNthNewestSms(trx, of, limit.count, windowStart(limit, now));
    const end = nth && windowEnd(limit, nth);
    if (end && (!until || end > until)) until = end;
  }
  return until;
}
