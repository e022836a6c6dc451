import { loadCentre } from '../adapters/centre-file.ts';
import { addDays, localDay } from '../domain/local-day.ts';
import type { Centre } from '../office/centre.ts';
import { type Config, EXAMPLE_CENTRE } from './config.ts';

/** Long enough to find out what the next year's days off are. */
const AHEAD_DAYS = 60;

/**
 * What does not stop a start and does harm later, but for slips in names of settings (`config.warnings`): a sentence for each, without values.
 * The made-up centre of the sandbox may be as it is.
 */
export async function warningsOf(config: Config, centre: Centre, now: Date): Promise<string[]> {
  if (config.mode === 'sandbox') return [];
  const today = localDay(now, config.timeZone);
  const isExample = config.centreFile === EXAMPLE_CENTRE || sharesContacts(centre, await loadCentre(EXAMPLE_CENTRE));
  const lastHoliday = [...centre.holidays].sort().at(-1);
  return [
    ...(isExample
      ? ['CENTRE_FILE: residents are told contacts of the example, of a made-up town: fill in your own payment points and phones']
      : []),
    ...(config.staffSeniorIds.length === 0
      ? ['STAFF_SENIOR_IDS is not set: nobody may announce, take in charges and payments, or credit a payment']
      : []),
    ...(lastHoliday === undefined || lastHoliday < addDays(today, AHEAD_DAYS)
      ? [
          `CENTRE_FILE: the holidays end with ${lastHoliday ?? 'none'}: later ones count as working days, on which staff are late; add those of the next year`,
        ]
      : []),
  ];
}

function sharesContacts(centre: Centre, example: Centre): boolean {
  const contacts = ({ phones, paymentPoints }: Centre) => [
    ...phones.map(({ number }) => number),
    ...paymentPoints.flatMap(({ address, phone }) => (phone === undefined ? [address] : [address, phone])),
  ];
  const known = new Set(contacts(example));
  return contacts(centre).some((contact) => known.has(contact));
}
