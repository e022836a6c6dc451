/** The largest print is used where there is room, the smallest where there is none otherwise. */
const LARGEST_PRINT = 0.92;
const STEP = 1.03;
/** A page with thousands of rows would be unreadable long before. */
const LARGEST_SHEET = 12;

/** The smallest sheet (as a multiple of A4) on which everything has room: shrunk to A4, nothing is cut and nothing overlaps. */
export function fitSheet<Page>(layOut: (scale: number) => Page | undefined): { scale: number; page: Page } {
  for (let scale = LARGEST_PRINT; scale <= LARGEST_SHEET; scale *= STEP) {
    const page = layOut(scale);
    if (page !== undefined) return { scale, page };
  }
  throw new RangeError('There is too much to show for one page');
}
