import { z } from 'zod';

/** The number of an import as people type it: `12`, `№ 12`. */
export const ImportNumber = z
  .string()
  .regex(/^№?\s*[1-9]\d{0,8}$/, 'import-number')
  .transform((typed) => Number(typed.replace(/\D/g, '')));
