/** Whether Postgres was there and did not take what it was told (SQLSTATE: data exception, integrity constraint violation). */
export function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23][0-9A-Z]{3}$/.test(String(error.code));
}
