import { TEXT_LIMITS } from '../../src/channels/telegram/limits.ts';
import type { OfficeSettings, StaffEdge } from '../../src/office/edges.ts';
import { TOWN_PAYEE } from '../../src/sandbox/town/payee.ts';

/** Where no staff come in. */
export const NOBODY_IS_STAFF: StaffEdge = { isMember: async () => false, isSenior: async () => false };

/** What the office of a test is told by the operator's settings, where the test says nothing else. */
export const OFFICE_SETTINGS: OfficeSettings = {
  passwordMinLength: 3,
  smsHourlyLimit: 300,
  smsDailyLimit: 2000,
  readingsWindow: { from: 20, to: 25 },
  timeZone: 'Europe/Moscow',
  payee: TOWN_PAYEE,
  cards: ['telegram'],
  textLimits: TEXT_LIMITS,
};
