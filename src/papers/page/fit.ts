/** The largest print is used where there is room, the smallest where there is none otherwise. */
const LARGEST_PRINT = 0.74;
/** A larger sheet is larger by at least and at most so much: a longer leap would shrink the print more than it has to be. */
const STEP = { least: 1.03, most: 1.12 } as const;
/** So often the last leap is halved: what is left of it is a hundredth of the print. */
const HALVINGS = 3;
/** A page with thousands of rows would be unreadable long before. */
const LARGEST_SHEET = 12;

/** A page on a sheet of a size; `fill` is how much of the sheet's height it needs, above 1 when it has no room. */
export type Fitted<Page> = { page: Page; fill: number };

/** The smallest sheet (as a multiple of A4) on which everything has room: shrunk to A4, nothing is cut and nothing overlaps. */
export function fitSheet<Page>(layOut: (scale: number) => Fitted<Page>): { scale: number; page: Page } {
  let tooSmall: number | undefined;
  for (let scale = LARGEST_PRINT; scale <= LARGEST_SHEET; ) {
    const { page, fill } = layOut(scale);
    if (fill <= 1) return tooSmall === undefined ? { scale, page } : closer(layOut, tooSmall, { scale, page });
    tooSmall = scale;
    // Twice the text needs twice the area.
    scale *= Math.min(STEP.most, Math.max(STEP.least, Math.sqrt(fill)));
  }
  throw new RangeError('There is too much to show for one page');
}

/** Between a sheet that is too small and one that is not, a smaller one that is not, either. */
function closer<Page>(
  layOut: (scale: number) => Fitted<Page>,
  tooSmall: number,
  found: { scale: number; page: Page },
): { scale: number; page: Page } {
  let [least, best] = [tooSmall, found];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const scale = (least + best.scale) / 2;
    const { page, fill } = layOut(scale);
    if (fill <= 1) best = { scale, page };
    else least = scale;
  }
  return best;
}
