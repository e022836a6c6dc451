import type { Style } from '../page/lines.ts';
import type { TableLook } from '../page/table.ts';

const INK = '#14181d';
const QUIET = '#56606b';
export const ACCENT = '#1d3a63';
const HAIRLINE = '#ccd3da';
export const EDGE = '#76818d';
export const GROUND = '#eef2f6';

function style(font: Style['font'], size: number, color = INK): Style {
  return { font, size, color };
}

/** How a payment document is set: black on white with one ink for headings, so that it can be printed in grey. Sizes in points. */
export const DOCUMENT_LOOK = {
  centre: style('bold', 12, ACCENT),
  contacts: style('regular', 7.4, QUIET),
  title: style('bold', 15, ACCENT),
  period: style('bold', 10.5),
  heading: style('bold', 8.6, ACCENT),
  label: style('regular', 7.8, QUIET),
  value: style('regular', 8.2),
  strong: style('bold', 8.2),
  account: style('bold', 11),
  dueLabel: style('bold', 9, ACCENT),
  due: style('bold', 21),
  payBy: style('bold', 9.4),
  remark: style('regular', 7.8),
  note: style('regular', 7, QUIET),
  slipSum: style('bold', 14),
} as const;

export const TABLE: TableLook = {
  head: style('bold', 6.9, ACCENT),
  cell: style('regular', 7.7),
  strong: style('bold', 7.7),
  under: style('regular', 6.4, QUIET),
  hairline: HAIRLINE,
  edge: EDGE,
  ground: GROUND,
};

/** Between the parts of the page. */
export const GAP = 9;
/** The page's margin on paper. */
export const MARGIN = 30;
