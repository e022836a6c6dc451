import { userInfo } from 'node:os';
import { COMMAND_LINE } from '../../domain/audit-actors.ts';

/** Who called the command, as the audit log has it. */
export function operator(): { who: string; name: string } {
  return { who: COMMAND_LINE, name: userInfo().username };
}
