import { maskMeterNumber, sameScale } from '../../domain/meter-scale.ts';
import { formatMeasured } from '../../domain/meter-unit.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Leaving, Photo, Phrase, Scene, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { sayNoPhotos } from '../steps/no-photos.ts';
import { plainReading, type ReadingAsked, scaleWords, settleReading } from '../steps/ask-reading.ts';
import { OTHER_ACCOUNT, otherAccountOf } from '../../domain/door-refs.ts';
import { type HeardReadings, hearReadings } from '../steps/hear-readings.ts';
import { meterAccount, refOf, sayNoReadings } from '../steps/meter-account.ts';
import { meterLabels, meterLine, meterOption, OF_METERS } from '../steps/meter-words.ts';
import { writeAboutMeter } from '../steps/write-about-meter.ts';
import { mayHandInAgain } from './closed-window.ts';
import { takeUnseen } from './take-unseen.ts';

/**
 * Section 4, «Передать показания счётчиков»: all meters of an account, in one message or one after another. What can be right is handed in at once,
 * so that leaving loses nothing; what is odd is asked about. `ref`: a link, «another account», or an account that was looked up as a guest.
 */
export const readings: Dialog<Office> = async (scene, ref) => {
  const { say, goTo, office } = scene;

  // Readings are taken within the window of the month; which account.
  const window = await office.readings.window();
  if (!window.open && (ref === '' || otherAccountOf(ref)) && !(await mayHandInAgain(scene, window, ref))) return;
  const account = await meterAccount(scene, ref, 'readings-which-account', { byNumber: true });
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
  const again: Door[] = [{ label: 'button-readings', dialog: 'readings', ref: refOf(account) }];

  const wanted = [...scales.keys()].filter((i) => scales[i]?.given === null);
  const pending = [...wanted];
  const done = new Map<number, ReadingAsked>();
  let fresh: Phrase[] = [];
  let keptTheirs = false;
  /** What is said where the person leaves: nothing that was typed is lost without a word. `typed`: it is still asked about. */
  const leaving = (typed = false) => {
    const taken = done.size > 0;
    if (typed) return { left: taken ? 'readings-left-off-unsettled' : 'readings-unsettled' };
    return taken ? { left: 'readings-left-off' } : {};
  };
  const drop = (i: number) => void (pending.includes(i) && pending.splice(pending.indexOf(i), 1));

  /** The question about one scale; its place is told where there are several. */
  const wordsFor = (i: number): TextArgs => {
    const scale = shown[i];
    const place = { at: wanted.indexOf(i) + 1, of: wanted.includes(i) ? wanted.length : 1 };
    const first = done.size === 0 && fresh.length === 0 && wanted.length === 1 ? 'yes' : 'no';
    return { ...title, ...(scale && scaleWords(scale)), ...place, first, accepted: fresh.length, lines: fresh };
  };
  const hearOne = (i: number, because?: Phrase) => {
    const next = pending[0] === i ? pending : [i];
    return hearReadings(scene, 'readings-meter', {
      scales,
      wanted: next,
      words: wordsFor(i),
      buttons: ['skip-meter'],
      because,
      ...leaving(),
    });
  };
  const hearAll = () => {
    const already = scales.length - wanted.length;
    if (wanted.length === 0) {
      const words = { ...title, count: scales.length, lines: givenLines(shown) };
      return hearReadings(scene, 'readings-given', { scales, wanted, words, buttons: ['correct', 'my-readings'], left: null });
    }
    const words = { ...title, count: wanted.length, already, lines: wantedLines(shown, wanted), ...overdueOf(shown, wanted) };
    const buttons = already > 0 ? (['go-on-reading', 'correct'] as const) : (['one-by-one'] as const);
    return hearReadings(scene, 'readings-list', { scales, wanted, words, buttons, ...leaving() });
  };

  /** A photo was promised to be kept with a reading, and none came. */
  const dropPhotos = async (photos: readonly Photo[]) => {
    if (photos.length > 0) await say('readings-photo-dropped');
  };

  /** Hands in, with the photos; true where that ends the chapter, and why was said. */
  async function take(readings: readonly { at: number; reading: ReadingAsked }[], photos: readonly Photo[]): Promise<boolean> {
    if (!account || readings.length === 0) return false;
    const handed = readings.map(({ at, reading: { number, scale, value, digits, whole, sure } }) => ({
      number,
      scale,
      value,
      digits,
      whole,
      sure,
      seen: scales[at]?.given ?? null,
    }));
    const taken = await takeUnseen(scene, account, handed, leaving(true));
    for (const { at } of readings) drop(at);
    if (taken.outcome === 'left') {
      keptTheirs = true;
      await dropPhotos(photos);
      return false;
    }
    if (taken.outcome === 'changed') {
      await say('readings-changed', title, again);
      return true;
    }
    if (taken.outcome !== 'taken') {
      await sayNoReadings(scene, taken, account, { meanwhile: true, taken: done.size });
      return true;
    }
    let refused: Parameters<typeof sayNoPhotos>[1] | undefined;
    const lost = new Set<string>();
    let full = false;
    for (const { reading: id, ...scale } of taken.taken) {
      const found = readings.find(({ reading }) => sameScale(reading, scale));
      if (!found) continue;
      done.set(found.at, found.reading);
      fresh.push(lineOf(shown[found.at], found.reading));
      for (const photo of photos) {
        // The others go to the readings that follow all the same.
        if (lost.has(photo.unique) || refused?.outcome === 'silenced') continue;
        const added = await office.ownReadings.addPhoto(id, photo);
        full ||= added.outcome === 'enough';
        if (added.outcome !== 'silenced' && added.outcome !== 'enough-today') continue;
        refused = added;
        lost.add(photo.unique);
      }
    }
    if (refused) await sayNoPhotos(scene, refused, lost.size);
    if (full) await say('readings-photo-full');
    return false;
  }

  /** What was written in one message: what can be right at once, then the rest one by one. True where the chapter has ended. */
  async function settle({ readings, photos }: HeardReadings): Promise<boolean> {
    const odd = [];
    const plain = [];
    for (const typed of readings) {
      const scale = scales[typed.at];
      const reading = scale && plainReading(scale, typed);
      if (reading) plain.push({ at: typed.at, reading });
      else if (scale) odd.push({ typed, scale });
    }
    if (await take(plain, photos)) return true;
    for (const { typed, scale } of odd) {
      const kept = [...photos];
      const settled = await settleReading(scene, scale, typed, { words: wordsFor(typed.at), photos: kept, ...leaving(true) });
      if ('reading' in settled) {
        if (await take([{ at: typed.at, reading: settled.reading }], kept)) return true;
        continue;
      }
      // Those that came with readings of the same message are kept with them.
      await dropPhotos(plain.length > 0 ? kept.slice(photos.length) : kept);
      if (settled.left === 'write') {
        const meter = shown[typed.at] ?? scale;
        await writeAboutMeter(
          scene,
          { ...title, ...scaleWords(meter), value: formatMeasured(settled.value, meter.service) },
          leaving(true),
        );
        return true;
      }
      drop(typed.at);
    }
    return false;
  }

  // All in one message, or meter by meter, zone by zone; what is handed in already is corrected by its name or one by one.
  let asked: number | undefined = wanted.length === 1 ? wanted[0] : undefined;
  let because: Phrase | undefined;
  for (;;) {
    let heard = asked === undefined ? await hearAll() : await hearOne(asked, because);
    because = undefined;
    while (!('pressed' in heard) && heard.some) {
      const { readings: some } = heard;
      const lines = some.map(({ at, ...typed }) => meterLine(shown[at] ?? NO_METER, typed.value, null));
      const words = { ...title, lines, count: some.length, of: pending.length };
      const photos: readonly Photo[] = heard.photos;
      const sure = await hearReadings(scene, 'readings-check', {
        scales,
        wanted: pending,
        words,
        buttons: ['all-right', 'correct'],
        photographed: photos.length > 0,
        ...leaving(true),
      });
      const all = [...photos, ...sure.photos];
      if (!('pressed' in sure)) heard = { ...sure, photos: all };
      else if (sure.pressed === 'all-right') heard = { ...heard, some: false, photos: all };
      else heard = { pressed: 'one-by-one', photos: all };
    }
    fresh = [];
    if ('pressed' in heard) {
      await dropPhotos(heard.photos);
      if (heard.pressed === 'my-readings') return goTo('my-readings', refOf(account));
      if (heard.pressed === 'correct') {
        asked = await pickScale(scene, scales, done, leaving());
        continue;
      }
      if (heard.pressed === 'skip-meter' && asked !== undefined) drop(asked);
    } else if (await settle(heard)) return;
    const wrong = 'pressed' in heard ? undefined : heard.wrong;
    because = wrong?.because;
    // The one that could not be read is asked for again, next of all.
    asked = wrong ? (wrong.at ?? pending[0]) : pending[0];
    if (asked === undefined) break;
  }

  if (done.size === 0) {
    const why = keptTheirs ? 'readings-left' : wanted.length === 0 ? 'readings-as-before' : 'readings-nothing';
    return say(why, title, again);
  }
  const left = wanted.filter((i) => !done.has(i)).length;
  const listed = await office.links.list();
  const hasOthers = listed.outcome === 'listed' && listed.accounts.some(({ link }) => link !== refOf(account));
  const lines = scales.flatMap((_, i) => {
    const reading = done.get(i);
    return reading ? [lineOf(shown[i], reading)] : [];
  });
  return say('readings-taken', { ...title, lines, count: done.size, left }, [
    { label: 'button-reading-photo', dialog: 'reading-photo' },
    [
      { label: left > 0 ? 'button-readings' : 'button-correct', dialog: 'readings', ref: refOf(account) },
      { label: 'button-my-readings', dialog: 'my-readings', ref: refOf(account) },
    ],
    // One of the resident's own is chosen by a button, and only who has no other is asked for a number.
    { label: 'button-other-account', dialog: 'readings', ref: hasOthers ? '' : OTHER_ACCOUNT },
  ]);
};

/** Who handed in what is there already. */
function submittersOf(scales: readonly SheetScale[]): 'you' | 'other' | 'mixed' {
  const given = scales.filter((scale) => scale.given !== null);
  const others = given.filter(({ givenByOther }) => givenByOther).length;
  return others === 0 ? 'you' : others === given.length ? 'other' : 'mixed';
}

/** Which of them to correct; with one, it is not asked. */
async function pickScale(
  { pick }: Scene<Office>,
  scales: readonly SheetScale[],
  done: ReadonlyMap<number, ReadingAsked>,
  leaving: Leaving,
): Promise<number> {
  if (scales.length === 1) return 0;
  const labels = meterLabels(scales, (scale, i) => done.get(i)?.value ?? scale.given);
  const options = scales.map((scale, i) => meterOption(String(i), labels[i] ?? '', scale));
  return Number(await pick('readings-which-meter', options, {}, { ...leaving, misfits: OF_METERS }));
}

const NO_METER = { service: '', scale: '', number: '' };

function lineOf(scale: SheetScale | undefined, reading: ReadingAsked): Phrase {
  return meterLine(scale ?? NO_METER, reading.value, reading.used);
}

/** What is to be read, in the order in which it may be written without names. */
function wantedLines(shown: readonly SheetScale[], wanted: readonly number[]): Phrase[] {
  return wanted.flatMap((i, at) => {
    const scale = shown[i];
    return scale ? [{ text: 'readings-wanted', words: { ...scaleWords(scale), at: at + 1 } }] : [];
  });
}

function overdueOf(shown: readonly SheetScale[], wanted: readonly number[]): TextArgs {
  return { overdueCount: new Set(wanted.flatMap((i) => (shown[i]?.overdue ? [shown[i].number] : []))).size };
}

function givenLines(scales: readonly SheetScale[]): Phrase[] {
  const mixed = submittersOf(scales) === 'mixed';
  return scales.map((scale) => {
    const line = meterLine(scale, scale.given ?? 0, null);
    return mixed && scale.givenByOther ? { ...line, text: 'meter-line-of-other' } : line;
  });
}
