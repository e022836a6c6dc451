/** The largest print is used where there is room, the smallest where there is none otherwise. */
const LARGEST_PRINT = 0.92;
/** A larger sheet is larger by at least and at most so much: a longer leap would shrink the print more than it has to be. */
const STEP = { least: 1.025, most: 1.06 } as const;
/** A page with thousands of rows would be unreadable long before. */
const LARGEST_SHEET = 12;

/** A page on a sheet of a size; `fill` is how much of the sheet's height it needs, above 1 when it has no room. */
export type Fitted<Page> = { page: Page; fill: number };

/** The smallest sheet (as a multiple of A4) on which everything has room: shrunk to A4, nothing is cut and nothing overlaps. */
export function fitSheet<Page>(layOut: (scale: number) => Fitted<Page>): { scale: number; page: Page } {
  for (let scale = LARGEST_PRINT; scale <= LARGEST_SHEET; ) {
    const { page, fill } = layOut(scale);
    if (fill <= 1) return { scale, page };
    // Twice the text needs twice the area.
    scale *= Math.min(STEP.most, Math.max(STEP.least, Math.sqrt(fill)));
  }
  throw new RangeError('There is too much to show for one page');
}
