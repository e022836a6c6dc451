import type { Block } from './blocks.ts';
import { paragraph, stack } from './blocks.ts';
import { longestWord, naturalWidth, type Style } from './lines.ts';
import type { Pen } from './pen.ts';

/** `figure` stands right and is never broken; `tag` is as wide as its words, `words` take what is left. */
export type TableColumn = { head: string; kind: 'words' | 'tag' | 'figure'; strong?: boolean };

/** `under` is a smaller line below. */
export type TableCell = string | { text: string; under: string };

/** Cells, or words that stand over the rows below across the whole table. */
export type TableRow = readonly TableCell[] | { section: string };

export type TableLook = {
  head: Style;
  cell: Style;
  strong: Style;
  under: Style;
  hairline: string;
  edge: string;
  ground: string;
};

const PADDING = { x: 3, y: 1.7 } as const;
/** A tag that is wider is broken. */
const WIDEST_TAG = 58;
const NARROWEST_WORDS = 62;
/** Words that are wider may be broken before others make room. */
const WIDEST_WORDS = 130;

type Line = { cells: Block[]; height: number };

/** Rows under a head, with a line of totals below them where there are some; hairlines between. `strong` columns stand out. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  { width, look, totals }: { width: number; look: TableLook; totals?: readonly TableCell[] },
): Block {
  const widths = columnWidths(columns, [...rows.filter(hasCells), ...(totals ? [totals] : [])], width, look);
  if (!widths) return { width, height: Number.POSITIVE_INFINITY, draw() {} };

  const lineOf = (cells: readonly TableCell[], styleOf: (column: TableColumn) => Style, align?: 'head'): Line => {
    const blocks = columns.map((column, index) => {
      const side = column.kind === 'figure' ? ('right' as const) : ('left' as const);
      return cellBlock(cells[index] ?? '', (widths[index] ?? 0) - 2 * PADDING.x, styleOf(column), look.under, side);
    });
    const room = align ? PADDING.y + 0.8 : PADDING.y;
    return { cells: blocks, height: Math.max(...blocks.map((block) => block.height)) + 2 * room };
  };
  const head = lineOf(
    columns.map((column) => column.head),
    () => look.head,
    'head',
  );
  const body = rows.map((row) => {
    if (hasCells(row)) return lineOf(row, (column) => (column.strong ? look.strong : look.cell));
    const words = paragraph(row.section, width - 2 * PADDING.x, look.head);
    return { cells: [words], height: words.height + 2 * (PADDING.y + 0.8) };
  });
  const foot = totals && lineOf(totals, () => look.strong);

  const lines = [head, ...body, ...(foot ? [foot] : [])];
  const height = lines.reduce((sum, line) => sum + line.height, 0);
  return {
    width,
    height,
    draw(pen, x, y) {
      pen.shape([[x, y, width, head.height]], look.ground);
      if (foot) pen.shape([[x, y + height - foot.height, width, foot.height]], look.ground);
      let top = y;
      lines.forEach((line, index) => {
        drawLine(pen, line, widths, x, top);
        top += line.height;
        const edge = index === 0 || index === lines.length - 1 || (foot && index === lines.length - 2);
        pen.rule([x, top], [x + width, top], { width: edge ? 0.6 : 0.35, color: edge ? look.edge : look.hairline });
      });
      pen.rule([x, y], [x + width, y], { width: 0.6, color: look.edge });
    },
  };
}

function hasCells(row: TableRow): row is readonly TableCell[] {
  return !('section' in row);
}

function drawLine(pen: Pen, line: Line, widths: readonly number[], x: number, top: number): void {
  let left = x;
  line.cells.forEach((cell, index) => {
    cell.draw(pen, left + PADDING.x, top + (line.height - cell.height) / 2);
    left += widths[index] ?? 0;
  });
}

function cellBlock(cell: TableCell, width: number, style: Style, under: Style, side: 'left' | 'right'): Block {
  if (typeof cell === 'string') return paragraph(cell, width, style, side);
  return stack([paragraph(cell.text, width, style, side), paragraph(cell.under, width, under, side)]);
}

/** Undefined when the words would have too little room. Spare width goes to headings first, so that they stay on one line, then to all alike. */
function columnWidths(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  width: number,
  look: TableLook,
): number[] | undefined {
  const texts = columns.map((_, index) => rows.map((row) => textOf(row[index] ?? '')));
  const naturals = columns.map((column, index) => {
    const style = column.strong ? look.strong : look.cell;
    // Totals are set in bold, which is wider.
    const under = column.kind === 'figure' ? rows.map((row) => naturalWidth(underOf(row[index] ?? ''), look.under)) : [];
    return Math.max(
      0,
      ...(texts[index] ?? []).map((text) => Math.max(naturalWidth(text, style), naturalWidth(text, look.strong))),
      ...under,
    );
  });
  const least = columns.map((column, index) => {
    const natural = naturals[index] ?? 0;
    if (column.kind === 'words') return Math.max(NARROWEST_WORDS, Math.min(natural, WIDEST_WORDS)) + 2 * PADDING.x;
    const widest = column.kind === 'tag' ? Math.min(natural, WIDEST_TAG) : natural;
    return Math.max(widest, longestWord(column.head, look.head)) + 2 * PADDING.x + 0.1;
  });
  let spare = width - sum(least);
  if (spare < 0) return squeezed(columns, least, spare);
  const wider = columns.map((column, index) => {
    const wanted = column.kind === 'words' ? (naturals[index] ?? 0) : naturalWidth(column.head, look.head) + 0.1;
    return Math.max(0, wanted + 2 * PADDING.x - (least[index] ?? 0));
  });
  const share = Math.min(1, spare / Math.max(1, sum(wider)));
  spare -= share * sum(wider);
  return least.map((each, index) => each + share * (wider[index] ?? 0) + spare / columns.length);
}

/** The columns of words give what is missing; undefined when they would become too narrow. */
function squeezed(columns: readonly TableColumn[], least: readonly number[], spare: number): number[] | undefined {
  const narrowest = NARROWEST_WORDS + 2 * PADDING.x;
  const canGive = columns.map((column, index) => (column.kind === 'words' ? (least[index] ?? 0) - narrowest : 0));
  if (sum(canGive) + spare < 0) return undefined;
  return least.map((each, index) => each + (spare * (canGive[index] ?? 0)) / sum(canGive));
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, each) => total + each, 0);
}

function underOf(cell: TableCell): string {
  return typeof cell === 'string' ? '' : cell.under;
}

function textOf(cell: TableCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
