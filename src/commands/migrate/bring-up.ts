import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';

/** Brings the schema up and says by which steps. */
export async function bringUp(shell: Shell): Promise<0 | 1> {
  try {
    return await withStorage(shell, async (_, migrated) => shell.answer(report(migrated)));
  } catch (error) {
    giveUp(shell, error, { what: 'База данных не готова' });
    return 1;
  }
}

function report(migrated: readonly string[]): string {
  return migrated.length > 0 ? `Применены: ${migrated.join(', ')}.` : 'База данных уже последней версии.';
}
