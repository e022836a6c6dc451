import { COMMAND_LINE } from '../../domain/audit-actors.ts';
import { findLastDone } from '../../records/audit-log.ts';
import type { Db } from '../../records/database.ts';
import { ageOf, type Finding, good, warning } from './finding.ts';

const ABOUT = 'копия базы';
const OLDEST_MS = 2 * 86_400_000;
const NEXT = 'делайте её каждый день (npm run backup) и храните на другой машине';

/** When the last backup was made, by what the audit log has of the command: of copies that Postgres makes by itself it knows nothing. */
export async function lookAtBackups(db: Db, now: Date): Promise<Finding> {
  const last = await findLastDone(db, { who: COMMAND_LINE, what: 'data.backup' });
  if (last === undefined) return warning(ABOUT, `не делалась ни разу: ${NEXT}`);
  const said = `последняя ${ageOf(last, now)} назад`;
  if (now.getTime() - last.getTime() <= OLDEST_MS) return good(ABOUT, said);
  return warning(ABOUT, `${said}: ${NEXT}; почему не сделана, сказала сама команда (письмо от cron)`);
}
