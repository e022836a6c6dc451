/** What is wrong with DATABASE_URL, in sentences for the operator. A driver's message may hold an address or a name: its code says enough. */

/** Migrations are numbered; those of the first release end before this number. */
const AFTER_FIRST_RELEASE = '0010';

/** Postgres that starts, or a network that does. */
const NOT_THERE_YET =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ENOENT|08...|53300|57P0[123])$/;

export function isNotThereYet(error: unknown): boolean {
  return codesIn(error).every((code) => code === undefined || NOT_THERE_YET.test(code));
}

/** The codes of an error, of several where a host has several addresses. */
export function codesOf(error: unknown): string {
  return [...new Set(codesIn(error).map((code) => code ?? 'no answer'))].join(', ');
}

export function whyUnusable(error: unknown): Error {
  return new Error(`DATABASE_URL: Postgres cannot be used (${codesOf(error)}): ${nextMove(codesIn(error))}`, { cause: error });
}

/** The schema could not be brought up. */
export function whyNotMigrated(error: unknown): Error {
  const [code] = codesIn(error);
  const is = 'DATABASE_URL: the database cannot be brought to its newest version';
  if (isOfBeforeFirstRelease(error)) {
    return new Error(
      'the database was made by a version from before the first release, whose data cannot be taken over: give an empty one by DATABASE_URL or, without that setting, another folder by DATA_DIR (that of a sandbox may be removed)',
      { cause: error },
    );
  }
  if (isOfNewerVersion(error)) {
    return new Error(
      'DATABASE_URL: the database was brought up by a newer version of the bot: start that version, or load a backup that this one made',
      { cause: error },
    );
  }
  if (code === '42501') {
    return new Error(
      `${is} (42501): the role may not create tables: make it the owner of the database (alter database NAME owner to ROLE)`,
      { cause: error },
    );
  }
  if (code === '25006') {
    return new Error(`${is} (25006): it is read-only: give the address of the primary, or see whether its disk is full`, {
      cause: error,
    });
  }
  if (code === '53100') return new Error(`${is} (53100): Postgres's disk is full: make room on it`, { cause: error });
  return new Error(`${is} (${codesOf(error)})`, { cause: error });
}

function nextMove(codes: readonly (string | undefined)[]): string {
  const has = (...some: string[]) => codes.some((code) => code !== undefined && some.includes(code));
  if (has('28P01', '28000')) {
    return 'it does not let this user in: correct the name and the password (what of @ : / ? # % is in the password has to be percent-encoded, @ as %40), or its pg_hba.conf';
  }
  if (has('3D000')) return 'there is no such database: create it, or correct its name';
  if (has('42501')) return 'the role may not connect to it: grant it, or make it the owner of the database';
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return 'no host of this name is known: correct it; what of @ : / ? # % is in the password has to be percent-encoded (@ as %40, / as %2F, # as %23)';
  }
  if (has('53300')) return 'it takes no more connections: raise max_connections, or end what holds them';
  return 'start it, or correct the address';
}

/** Kysely finds among those that were run one that it does not have: a later one. */
export function isOfNewerVersion(error: unknown): boolean {
  const missing = missingMigration(error);
  return missing !== undefined && missing >= AFTER_FIRST_RELEASE;
}

/** Of a migration that this version does not have. */
export const isNameOfBeforeFirstRelease = (name: string): boolean => name < AFTER_FIRST_RELEASE;

/** One that it does not have, among the numbers that the first release has filled anew. */
export function isOfBeforeFirstRelease(error: unknown): boolean {
  const missing = missingMigration(error);
  return missing !== undefined && isNameOfBeforeFirstRelease(missing);
}

function missingMigration(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /^corrupted migrations: previously executed migration (\S+) is missing/.exec(error.message)?.[1];
}

function codesIn(error: unknown): (string | undefined)[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(codesIn);
  if (!(error instanceof Error)) return [undefined];
  // The server asks for one, and the address has none: pg says so in words only.
  if (/password must be a (non-empty )?string/.test(error.message)) return ['28P01'];
  return ['code' in error ? String(error.code) : undefined];
}
