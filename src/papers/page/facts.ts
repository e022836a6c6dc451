import { type Block, paragraph } from './blocks.ts';
import { naturalWidth, type Style } from './lines.ts';

/** A label and what it says; `value` null leaves the row out. `apart`: a gap above sets it off. */
export type LabelledValue = { label: string; value: string | null; style?: Style; apart?: boolean };

export type FactsLook = { label: Style; value: Style /** Where the values stand. */; align?: 'left' | 'right' };

const GAP = { x: 8, y: 1.6, apart: 7 } as const;
const WIDEST_LABELS = 0.45;

/** Labels in a column, their values beside them. */
export function facts(rows: readonly LabelledValue[], width: number, { label, value, align = 'left' }: FactsLook): Block {
  const shown = rows.filter((row): row is LabelledValue & { value: string } => row.value !== null && row.value !== '');
  // Sums are short, their labels may take what they leave.
  const most =
    align === 'right' ? width - widest(shown.map((row) => [row.value, row.style ?? value])) - GAP.x : width * WIDEST_LABELS;
  const labels = Math.min(widest(shown.map((row) => [row.label, label])) + 0.1, most);
  const lines = shown.map((row) => ({
    label: paragraph(row.label, align === 'right' ? most : labels, label),
    value: paragraph(row.value, width - labels - GAP.x, row.style ?? value, align),
  }));
  const heights = lines.map((line) => Math.max(line.label.height, line.value.height));
  const gaps = shown.map((row, index): number => (index === 0 ? 0 : row.apart ? GAP.apart : GAP.y));
  return {
    width,
    height: gaps.reduce((sum, gap, index) => sum + gap + (heights[index] ?? 0), 0),
    draw(pen, x, y) {
      let top = y;
      lines.forEach((line, index) => {
        top += gaps[index] ?? 0;
        // The first lines of both stand at one height, whatever their sizes.
        line.label.draw(pen, x, top + firstLineShift(line.value, line.label, shown[index]?.style ?? value, label));
        line.value.draw(pen, x + labels + GAP.x, top);
        top += heights[index] ?? 0;
      });
    },
  };
}

function firstLineShift(value: Block, label: Block, valueStyle: Style, labelStyle: Style): number {
  if (value.height === 0 || label.height === 0) return 0;
  return Math.max(0, (valueStyle.size - labelStyle.size) * 0.96);
}

function widest(texts: readonly (readonly [string, Style])[]): number {
  return Math.max(0, ...texts.map(([text, style]) => naturalWidth(text, style)));
}
