import { type AuditActor, BOT, COMMAND_LINE, REGISTRY_FOLDER, SOME_RESIDENT, SCHEDULE } from '../../domain/audit-actors.ts';

/** Who is no person of the messenger, by the words of the log. */
export const ACTORS: Readonly<Record<string, string>> = {
  [COMMAND_LINE]: 'оператор',
  [REGISTRY_FOLDER]: 'папка реестров',
  [SCHEDULE]: 'по расписанию',
  [SOME_RESIDENT]: 'житель',
  [BOT]: 'бот',
} satisfies Record<AuditActor, string>;

/** As the log has whoever is called so here: `оператор`. */
export function actorOf(typed: string): string {
  const known = Object.entries(ACTORS).find(([, called]) => called === typed.toLowerCase());
  return known?.[0] ?? typed;
}
