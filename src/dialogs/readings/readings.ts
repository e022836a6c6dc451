import { LISTED_ACCOUNTS } from '../../domain/many-accounts.ts';
import { maskMeterNumber, sameScale } from '../../domain/meter-scale.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import type { HandedIn, MeterAccount } from '../../office/readings/readings.ts';
import type { Dialog, Door, Phrase, Scene } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { askReading, type ReadingAsked } from '../steps/ask-reading.ts';
import { OTHER_ACCOUNT } from '../steps/guest-account.ts';
import { meterAccount, refOf, sayNoReadings, sayWindowClosed } from '../steps/meter-account.ts';
import { meterLabels, meterLine } from '../steps/meter-words.ts';

/**
 * Section 4, «Передать показания счётчиков»: all meters of an account, zone by zone. `ref`: a link, «another account», or an account that
 * was looked up as a guest.
 */
export const readings: Dialog<Office> = async (scene, ref) => {
  const { say, choose, goTo, office } = scene;

  // Readings are taken within the window of the month; which account.
  const window = await office.readings.window();
  if (!window.open && (ref === '' || ref === OTHER_ACCOUNT)) return sayClosed(scene, window, ref);
  const account = await meterAccount(scene, ref, 'readings-which-account');
  if (!account) return;
  const opened = await office.readings.open(account);
  if (opened.outcome !== 'open') return sayNoReadings(scene, opened, account);
  const { scales, closes } = opened;
  const isGuest = 'guestAccount' in account;
  const shown = isGuest ? scales.map((scale) => ({ ...scale, number: maskMeterNumber(scale.number) })) : scales;
  const title = {
    ...accountWords(opened.title),
    closes,
    guest: isGuest ? 'yes' : 'no',
    again: window.open ? 'no' : 'yes',
    by: submittersOf(scales),
  };

  // Meter by meter, zone by zone, what is not handed in yet; the rest is corrected one by one.
  const asked = new Map<number, ReadingAsked>();
  const ask = (i: number, place = { at: 1, of: 1 }) => askOne(scene, { i, scale: scales[i], seen: shown[i], place }, asked);
  const whichScale = () => pickScale(scene, scales, asked);
  const summary = () => ({ ...title, lines: askedLines(shown, asked), count: asked.size });
  const again: Door[] = [{ label: 'button-readings', dialog: 'readings', ref: refOf(account) }];
  const wanted = [...scales.keys()].filter((i) => scales[i]?.given === null);
  if (wanted.length === 0) {
    const next = await choose('readings-given', ['correct', 'my-readings'], { ...title, lines: givenLines(shown) });
    if (next === 'my-readings') return goTo('my-readings', refOf(account));
    await ask(await whichScale());
  } else {
    await say('readings-start', { ...title, count: wanted.length, already: scales.length - wanted.length });
    for (const [at, i] of wanted.entries()) await ask(i, { at: at + 1, of: wanted.length });
  }

  // All of them at once: «Всё верно» or «Исправить».
  while (asked.size > 0 && (await choose('readings-check', ['all-right', 'correct'], summary())) === 'correct')
    await ask(await whichScale());
  if (asked.size === 0) return say('readings-nothing', title, again);

  const handed = [...asked.entries()].map(([i, { number, scale, value, digits, sure }]) => ({
    number,
    scale,
    value,
    digits,
    sure,
    seen: scales[i]?.given ?? null,
  }));
  const done = await takeUnseen(scene, account, handed);
  if (done.outcome === 'left') return say('readings-left', title, again);
  if (done.outcome === 'changed') return say('readings-changed', title, again);
  if (done.outcome !== 'taken') return sayNoReadings(scene, done, account, { meanwhile: true });
  const left = wanted.filter((i) => !asked.has(i)).length;
  // What another resident gave was left as it is.
  for (const [i, reading] of asked) if (!done.taken.some((each) => sameScale(each, reading))) asked.delete(i);
  return say('readings-taken', { ...summary(), left }, [
    { label: 'button-reading-photo', dialog: 'reading-photo' },
    [
      { label: left > 0 ? 'button-readings' : 'button-correct', dialog: 'readings', ref: refOf(account) },
      { label: 'button-my-readings', dialog: 'my-readings', ref: refOf(account) },
    ],
    { label: 'button-other-account', dialog: 'readings', ref: OTHER_ACCOUNT },
  ]);
};

/**
 * Hands them in. What another resident has handed in meanwhile is shown, and replaced only when that is wanted: else that value stands, and the rest
 * goes on without it.
 */
async function takeUnseen(scene: Scene<Office>, account: MeterAccount, handed: readonly HandedIn[]) {
  const { choose, office } = scene;
  const done = await office.readings.take(account, handed);
  if (done.outcome !== 'given-meanwhile') return done;
  const { given } = done;
  const theirs = (reading: HandedIn) => given.find((each) => sameScale(each, reading));
  const lines = given.map((each) => meterLine(each, each.value, null));
  const answer = await choose('readings-given-meanwhile', ['replace-theirs', 'keep-theirs'], { lines, count: given.length });
  const next =
    answer === 'keep-theirs'
      ? handed.filter((reading) => !theirs(reading))
      : handed.map((reading) => ({ ...reading, seen: theirs(reading)?.value ?? reading.seen ?? null }));
  if (next.length === 0) return { outcome: 'left' as const };
  const again = await office.readings.take(account, next);
  // Once more within these seconds: both are at it, and are to talk to each other.
  return again.outcome === 'given-meanwhile' ? { outcome: 'changed' as const } : again;
}

/** The window is closed; what billing has refused may still be handed in again. */
async function sayClosed(scene: Scene<Office>, window: { opens: string; closes: string }, ref: string): Promise<void> {
  const { accounts } = ref === OTHER_ACCOUNT ? { accounts: [] } : await scene.office.readings.again();
  const [only, second] = accounts;
  if (only && !second) return scene.goTo('readings', only.link);
  const doors = accounts.slice(0, LISTED_ACCOUNTS).map(
    ({ link, account }): Door => ({
      label: 'button-readings-of',
      words: { account },
      dialog: 'readings',
      ref: link,
    }),
  );
  return sayWindowClosed(scene, window, { doors });
}

/** Who handed in what is there already. */
function submittersOf(scales: readonly SheetScale[]): 'you' | 'other' | 'mixed' {
  const given = scales.filter((scale) => scale.given !== null);
  const others = given.filter(({ givenByOther }) => givenByOther).length;
  return others === 0 ? 'you' : others === given.length ? 'other' : 'mixed';
}

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
  const mixed = submittersOf(scales) === 'mixed';
  return scales.map((scale) => {
    const line = meterLine(scale, scale.given ?? 0, null);
    return mixed && scale.givenByOther ? { ...line, text: 'meter-line-of-other' } : line;
  });
}
