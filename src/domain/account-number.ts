import { z } from 'zod';

/** The number of a personal account (лицевой счёт): 5 to 20 digits as text, leading zeros count. Spaces and dashes of a printed form are dropped. */
export const AccountNumber = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[\s\u00a0\u202f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff№-]/g, ''))
  .pipe(
    z
      .string()
      .regex(/^[0-9]{5,20}$/, 'account-number')
      .brand<'AccountNumber'>(),
  );
export type AccountNumber = z.output<typeof AccountNumber>;
