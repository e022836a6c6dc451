import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';

type Refused =
  | { outcome: 'silenced'; until: string | null }
  | { outcome: 'enough-open'; open: number; elsewhere?: true }
  | { outcome: 'enough-today'; until: string };

/** Why staff do not take words now, and what to do instead. */
export async function sayRefused({ say }: Scene<Office>, refused: Refused): Promise<void> {
  const contacts: Door[] = [{ label: 'button-contacts', dialog: 'contacts' }];
  switch (refused.outcome) {
    case 'silenced':
      return refused.until === null
        ? say('request-silenced-for-good', {}, contacts)
        : say('request-silenced', { until: refused.until }, contacts);
    case 'enough-open':
      return say('request-enough-open', { open: refused.open, elsewhere: refused.elsewhere ?? false }, [
        { label: 'button-my-requests', dialog: 'my-requests' },
      ]);
    case 'enough-today':
      return say('request-enough-today', { until: refused.until }, contacts);
  }
}

/** A button's request is not this person's (any more). */
export async function sayNoRequest({ say }: Scene<Office>): Promise<void> {
  await say('request-gone', {}, [{ label: 'button-my-requests', dialog: 'my-requests' }]);
}
