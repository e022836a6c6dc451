import { maskMeterNumber } from '../domain/meter-scale.ts';
import type { SheetScale } from '../office/meter-sheet.ts';
import type { Office } from '../office/office.ts';
import type { Dialog, Phrase, Scene } from './kit/scene.ts';
import { accountWords } from './steps/account-words.ts';
import { askReading, type ReadingAsked } from './steps/ask-reading.ts';
import { OTHER_ACCOUNT } from './steps/guest-account.ts';
import { meterAccount, refOf, sayNoReadings, sayWindowClosed } from './steps/meter-account.ts';
import { meterLabels, meterLine } from './steps/meter-words.ts';

/**
 * Section 4, «Передать показания счетчиков»: all meters of an account, zone by zone. `ref`: a link, «another account», or an account that
 * was looked up as a guest.
 */
export const readings: Dialog<Office> = async (scene, ref) => {
  const { say, choose, goTo, office } = scene;

  // Readings are taken within the window of the month; which account.
  const window = await office.readings.window();
  if (!window.open && (ref === '' || ref === OTHER_ACCOUNT)) return sayWindowClosed(scene, window);
  const account = await meterAccount(scene, ref, 'readings-which-account');
  if (!account) return;
  const opened = await office.readings.open(account);
  if (opened.outcome !== 'open') return sayNoReadings(scene, opened, account);
  const { scales, closes } = opened;
  const isGuest = 'guestAccount' in account;
  const shown = isGuest ? scales.map((scale) => ({ ...scale, number: maskMeterNumber(scale.number) })) : scales;
  const title = { ...accountWords(opened.title), closes, guest: isGuest ? 'yes' : 'no' };

  // Meter by meter, zone by zone, what is not handed in yet; the rest is corrected one by one.
  const asked = new Map<number, ReadingAsked>();
  const ask = (i: number, place = { at: 1, of: 1 }) => askOne(scene, { i, scale: scales[i], seen: shown[i], place }, asked);
  const whichScale = () => pickScale(scene, scales, asked);
  const summary = () => ({ ...title, lines: askedLines(shown, asked), count: asked.size });
  const again = [{ label: 'button-readings', dialog: 'readings', ref: refOf(account) }];
  const wanted = [...scales.keys()].filter((i) => scales[i]?.given === null);
  if (wanted.length === 0) {
    const next = await choose('readings-given', ['correct', 'my-readings'], { ...title, lines: givenLines(shown) });
    if (next === 'my-readings') return goTo('my-readings', refOf(account));
    await ask(await whichScale());
  } else {
    await say('readings-start', { ...title, count: wanted.length, already: scales.length - wanted.length });
    for (const [at, i] of wanted.entries()) await ask(i, { at: at + 1, of: wanted.length });
  }

  // All of them at once: «Все верно» or «Исправить».
  while (asked.size > 0 && (await choose('readings-check', ['all-right', 'correct'], summary())) === 'correct')
    await ask(await whichScale());
  if (asked.size === 0) return say('readings-nothing', title, again);

  const handed = [...asked.values()].map(({ number, scale, value, digits, sure }) => ({ number, scale, value, digits, sure }));
  const done = await office.readings.take(account, handed);
  if (done.outcome === 'changed') return say('readings-changed', title, again);
  if (done.outcome !== 'taken') return sayNoReadings(scene, done, account, { meanwhile: true });
  const left = wanted.filter((i) => !asked.has(i)).length;
  return say('readings-taken', { ...summary(), left }, [
    { label: 'button-reading-photo', dialog: 'reading-photo' },
    [
      { label: left > 0 ? 'button-readings' : 'button-correct', dialog: 'readings', ref: refOf(account) },
      { label: 'button-my-readings', dialog: 'my-readings', ref: refOf(account) },
    ],
    { label: 'button-other-account', dialog: 'readings', ref: OTHER_ACCOUNT },
  ]);
};

/** Asks for one scale, at its place in a row; one that is skipped is not handed in. `seen` is what the person may see of it. */
async function askOne(
  scene: Scene<Office>,
  {
    i,
    scale,
    seen,
    place,
  }: { i: number; scale: SheetScale | undefined; seen: SheetScale | undefined; place: { at: number; of: number } },
  asked: Map<number, ReadingAsked>,
): Promise<void> {
  if (!scale || !seen) return;
  const reading = await askReading(scene, scale, seen, place);
  if (reading) asked.set(i, reading);
  else asked.delete(i);
}

/** Which of them to correct; with one, it is not asked. */
async function pickScale(
  { pick }: Scene<Office>,
  scales: readonly SheetScale[],
  asked: ReadonlyMap<number, ReadingAsked>,
): Promise<number> {
  if (scales.length === 1) return 0;
  const labels = meterLabels(scales, (scale, i) => asked.get(i)?.value ?? scale.given);
  const options = labels.map((label, i) => ({ key: String(i), label }));
  return Number(await pick('readings-which-meter', options));
}

function askedLines(scales: readonly SheetScale[], asked: ReadonlyMap<number, ReadingAsked>): Phrase[] {
  return scales.flatMap((scale, i) => {
    const reading = asked.get(i);
    return reading ? [meterLine(scale, reading.value, reading.used)] : [];
  });
}

function givenLines(scales: readonly SheetScale[]): Phrase[] {
  return scales.map((scale) => meterLine(scale, scale.given ?? 0, null));
}
