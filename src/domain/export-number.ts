import { z } from 'zod';

/** The number of an export as people type it: `3`, `№ 3`. */
export const ExportNumber = z
  .string()
  .regex(/^№?\s*[1-9]\d{0,8}$/, 'export-number')
  .transform((typed) => Number(typed.replace(/\D/g, '')));
