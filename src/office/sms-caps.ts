import {
  type Limit,
  SMS_KEPT_FOR_OWNER,
  SMS_PER_PERSON,
  SMS_PER_PHONE,
  SMS_PER_PREFIX,
  SMS_SPACING,
  windowEnd,
  windowStart,
} from '../domain/limits.ts';
import { phonePrefix } from '../domain/phone.ts';
import { type CodeTarget, nthNewestSms, type SmsOf } from '../records/confirmation-codes.ts';
import { isConfirmed } from '../records/confirmed-messengers.ts';
import type { Trx } from '../records/database.ts';
import { findResidentByPhone } from '../records/residents.ts';
import type { OfficeSettings } from './edges.ts';
import { escalate } from './escalations.ts';

/**
 * Why no SMS may go out now, and until when. `too-soon`, `limit`: so many by this person, or to this phone. `crowded`: too many over all
 * people, or over numbers alike.
 */
export type SmsRefusal =
  | { outcome: 'too-soon' | 'limit'; of: 'person' | 'phone'; until: Date }
  | { outcome: 'crowded'; until: Date };

const HOUR = 60 * 60 * 1000;

/**
 * The first cap of section 2 that stands in the way of one more SMS; undefined when none does. Ask while sending is locked.
 * Reaching a cap over many people is told to staff.
 */
export async function findSmsRefusal(
  trx: Trx,
  target: CodeTarget,
  settings: OfficeSettings,
  now: Date,
): Promise<SmsRefusal | undefined> {
  const person = { of: 'person', messengerId: target.messenger_id } as const;
  const phone = { of: 'phone', phone: target.phone } as const;
  const standing = await standingOf(trx, target, now);

  const stops = [
    { of: person, limits: SMS_PER_PERSON },
    ...(standing === 'owner-kept'
      ? []
      : [{ of: phone, limits: standing === 'stranger' ? SMS_PER_PHONE.map(lessTheKept) : SMS_PER_PHONE }]),
  ] as const;
  for (const { of } of stops) {
    const nth = await nthNewestSms(trx, of, SMS_SPACING.count, windowStart(SMS_SPACING, now), { tried: true });
    if (nth) return { outcome: 'too-soon', of: of.of, until: windowEnd(SMS_SPACING, nth) };
  }
  for (const { of, limits } of stops) {
    const until = await fullUntil(trx, of, limits, now);
    if (until) return { outcome: 'limit', of: of.of, until };
  }

  const prefix = phonePrefix(target.phone);
  const alike = await fullUntil(trx, { of: 'prefix', prefix }, [SMS_PER_PREFIX], now);
  if (alike) {
    await escalate(trx, { kind: 'sms-numbers-alike', numbers: `${prefix}***`, sent: SMS_PER_PREFIX.count, key: prefix }, now);
    return { outcome: 'crowded', until: alike };
  }

  for (const [count, hours] of [
    [settings.smsHourlyLimit, 1],
    [settings.smsDailyLimit, 24],
  ] as const) {
    const all = await fullUntil(trx, { of: 'all' }, [{ count, windowMs: hours * HOUR }], now);
    if (!all) continue;
    await escalate(trx, { kind: 'sms-overall', sent: count, hours, key: `${hours}` }, now);
    return { outcome: 'crowded', until: all };
  }
  return undefined;
}

/** How the person stands to the phone: `owner-kept` has the day's kept SMS left and is held up by nobody else; a `stranger` must leave it alone. */
async function standingOf(trx: Trx, target: CodeTarget, now: Date): Promise<'owner-kept' | 'owner' | 'stranger' | 'nobody'> {
  const owner = await findResidentByPhone(trx, target.phone);
  if (!owner) return 'nobody';
  if (!(await isConfirmed(trx, owner.id, target.messenger_id))) return 'stranger';
  const own: SmsOf = { of: 'phone', phone: target.phone, by: target.messenger_id };
  const used = await nthNewestSms(trx, own, SMS_KEPT_FOR_OWNER, new Date(now.getTime() - 24 * HOUR));
  return used ? 'owner' : 'owner-kept';
}

function lessTheKept(limit: Limit): Limit {
  return limit.windowMs >= 24 * HOUR ? { ...limit, count: limit.count - SMS_KEPT_FOR_OWNER } : limit;
}

/** When the last of the full limits has room again; undefined when none is full. */
async function fullUntil(trx: Trx, of: SmsOf, limits: readonly Limit[], now: Date): Promise<Date | undefined> {
  let until: Date | undefined;
  for (const limit of limits) {
    const nth = await nthNewestSms(trx, of, limit.count, windowStart(limit, now));
    const end = nth && windowEnd(limit, nth);
    if (end && (!until || end > until)) until = end;
  }
  return until;
}
