import { SETTING_SCHEMAS } from './settings.ts';
import { SMS_SETTINGS } from './sms.ts';

const NAMES = Object.keys(SETTING_SCHEMAS);
/** How the names of whole families of settings begin: in `.env` such a name was meant for us. */
const FAMILIES = new Set(
  ['BOT', 'TELEGRAM', 'STAFF', 'WEBHOOK', 'SECRET', 'SMS', 'PAYEE', 'PAYMENT', 'CENTRE', 'READINGS', 'PASSWORD'].concat(
    Object.keys(SMS_SETTINGS).map(familyOf),
  ),
);

/** What others keep in `.env` beside us: Docker Compose and its images, libpq, Node and npm, whoever asks for a proxy or a time zone. */
const STRANGERS = /^(COMPOSE|DOCKER|BUILDKIT|POSTGRES|NODE|npm|LC)_|^PG[A-Z]+$|^(TZ|LANG)$|_PROXY$/i;

/**
 * A line for each name that is no setting: of the environment (`env`), where most are others', what looks like a slip of one; of `.env`
 * (`dotEnv`) all but what is known to be others'.
 */
export function unknownNames({ env, dotEnv }: { env: readonly string[]; dotEnv: readonly string[] }): string[] {
  const isKnown = (name: string) => Object.hasOwn(SETTING_SCHEMAS, name);
  return [...new Set([...env, ...dotEnv])]
    .filter((name) => !isKnown(name))
    .flatMap((name) => {
      const { nearest, slips } = nearestOf(name.toUpperCase());
      const isInFile = dotEnv.includes(name);
      const isOurs = slips <= (name.length < 8 ? 1 : 2) || (isInFile && isOfFamily(name.toUpperCase()));
      if (!isOurs && (!isInFile || STRANGERS.test(name))) return [];
      return [
        `${name}: такой настройки нет, она не читается: ${isOurs ? `может быть, ${nearest}?` : 'все имена есть в .env.example'}`,
      ];
    });
}

function isOfFamily(name: string): boolean {
  return name.includes('_') && FAMILIES.has(familyOf(name));
}

function familyOf(name: string): string {
  return name.split('_', 1)[0] ?? '';
}

function nearestOf(name: string): { nearest: string; slips: number } {
  const found = NAMES.map((known) => ({ nearest: known, slips: slipsBetween(name, known) }));
  return found.reduce((best, one) => (one.slips < best.slips ? one : best));
}

/** Letters that are wrong, missing, too many, or stand the other way round (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(changed, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
