import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { meterLabels, meterOption, meterWords, OF_METERS } from '../steps/meter-words.ts';
import { sayNoPhotos } from '../steps/no-photos.ts';

/** A photo of a meter for a reading that was handed in lately; staff look at it when the reading is questioned. */
export const readingPhoto: Dialog<Office> = async (scene) => {
  const { say, pick, askPhoto, office } = scene;
  // Of which reading; with one, it is not asked.
  const recent = await office.ownReadings.recent();
  const [only, second] = recent;
  if (!only) return say('reading-photo-none', {}, [{ label: 'button-readings', dialog: 'readings' }]);
  const labels = meterLabels(recent, ({ value }) => value);
  const options = recent.map((each, i) => meterOption(each.reading, labels[i] ?? '', each));
  const chosen = second ? await pick('reading-photo-which', options, {}, { misfits: OF_METERS }) : only.reading;
  const reading = recent.find((each) => each.reading === chosen) ?? only;

  // One picture after another.
  const seen: Door[] = [{ label: 'button-my-readings', dialog: 'my-readings' }];
  let kept = 0;
  for (;;) {
    const words = { ...meterWords(reading), kept };
    const sent = await askPhoto(kept === 0 ? 'reading-photo' : 'reading-photo-more', {
      words,
      buttons: kept === 0 ? [] : ['photos-sent'],
      ...(kept > 0 && { left: 'reading-photo-left' }),
    });
    if ('pressed' in sent) return say('reading-photo-kept', { kept }, seen);
    const added = await office.ownReadings.addPhoto(reading.reading, sent.photo);
    const { outcome } = added;
    if (outcome === 'silenced' || outcome === 'enough-today') return sayNoPhotos(scene, added, 1);
    if (outcome === 'gone') return say('reading-photo-none', {}, [{ label: 'button-readings', dialog: 'readings' }]);
    if (outcome === 'enough') return say('reading-photo-enough', { kept }, seen);
    kept += 1;
  }
};
