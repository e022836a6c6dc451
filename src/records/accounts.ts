import type { Generated } from 'kysely';

/** A personal account as billing's newest registry of accounts has it. */
export type AccountsTable = {
  /** 5 to 20 digits, leading zeros count. */
  number: string;
  owner_name: string;
  address: string;
  /** ЕЛС, the unified number in ГИС ЖКХ. */
  unified_number: string | null;
  fias: string | null;
  /** Square metres, a decimal as text. */
  area: string | null;
  residents: number | null;
  closed: Generated<boolean>;
  /** `YYYY-MM-DD`; a closed account need not have it. */
  closed_on: string | null;
};
