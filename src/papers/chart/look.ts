/** The picture is as wide as a phone shows it sharp; all lengths in pixels. */
export type Look = {
  width: number;
  margin: number;
  head: { title: number; line: number; height: number };
  plot: { width: number; height: number };
  legend: { leading: number; font: number; mark: number };
};

export const CHART_LOOK: Look = {
  width: 1080,
  margin: 44,
  head: { title: 50, line: 33, height: 190 },
  plot: { width: 1080 - 2 * 30, height: 700 },
  legend: { leading: 56, font: 33, mark: 30 },
};

/** Distinct on a cheap screen and for colour-blind readers (red and green). */
export const COLOURS = {
  paper: '#ffffff',
  ink: '#1f2933',
  faint: '#52606d',
  grid: '#e4e9ee',
  zero: '#7b8794',
  groups: ['#2f6db5', '#f0932b', '#3aa6a0', '#d1495b', '#8e6bbf', '#a3adb8'],
  others: '#a3adb8',
  paid: '#2b3a4a',
} as const;

/** Fonts as the canvas knows them. */
export const FAMILY = { regular: 'PT Sans of charts', bold: 'PT Sans Bold of charts' } as const;
