import type { ColumnType, Generated } from 'kysely';

/** A code that was, or seemed to be, sent to a phone. Each row counts against the caps of SMS unless it could not be delivered. */
export type ConfirmationCodesTable = {
  id: Generated<string>;
  messenger_id: string;
  purpose: CodePurpose;
  phone: string;
  /** Whose login the code is to open (sign-in); empty where it is about a phone alone. */
  resident_id: string | null;
  salt: string;
  code_fingerprint: string;
  created_at: ColumnType<Date, Date, never>;
  expires_at: ColumnType<Date, Date, never>;
  /** Wrong tries of this very code. */
  tries: number;
  delivery: Delivery;
  /** Used, superseded, spent or not delivered: no longer accepted. */
  ended_at: Date | null;
};

/** What a code is for; a code for one is none for another. */
export type CodePurpose = 'registration' | 'sign-in' | 'recovery' | 'new-phone';

/** `under-way` may have arrived and counts; `not-meant` was never to be sent, since nobody has the phone, and counts all the same. */
export type Delivery = 'under-way' | 'sent' | 'not-meant' | 'bad-number' | 'trouble';
