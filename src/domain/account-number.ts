import { z } from 'zod';

/** The number of a personal account (лицевой счёт): 5 to 20 digits as text, leading zeros count. Spaces and dashes of a printed form are dropped. */
export const AccountNumber = z
  .string()
  .transform((text) =>
    text
      .replaceAll('№', '')
      .normalize('NFKC')
      .replace(/[\s\p{Cf}\p{Pd}]/gu, ''),
  )
  .pipe(
    z
      .string()
      .regex(/^[0-9]{5,20}$/, 'account-number')
      .brand<'AccountNumber'>(),
  );
export type AccountNumber = z.output<typeof AccountNumber>;
