import type { Style } from './lines.ts';

/** Draws on a sheet; points from the upper left corner. */
export type Pen = {
  /** One line, from its left end; `baseline` is where the letters stand. */
  write(line: string, x: number, baseline: number, style: Style): void;
  /** A straight line. */
  rule(from: Point, to: Point, stroke: Stroke): void;
  frame(x: number, y: number, width: number, height: number, stroke: Stroke): void;
  /** Rectangles of one colour, as one shape: no seam shows between them. */
  shape(rectangles: readonly Rectangle[], color: string): void;
};

export type Point = readonly [x: number, y: number];
export type Rectangle = readonly [x: number, y: number, width: number, height: number];
/** Colours are `#rrggbb`. */
export type Stroke = { width: number; color: string; dash?: number };
