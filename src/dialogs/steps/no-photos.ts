import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';

type Refused = { outcome: 'silenced'; until: string | null } | { outcome: 'enough-today'; until: string };

/** Why so many photos of a meter are not kept; what was handed in stands without them, and so do those that were kept before. */
export async function sayNoPhotos({ say }: Scene<Office>, refused: Refused, lost: number): Promise<void> {
  if (refused.outcome === 'silenced')
    return say('reading-photo-silenced', {}, [{ label: 'button-contacts', dialog: 'contacts' }]);
  return say('reading-photo-enough-today', { until: refused.until, lost });
}
