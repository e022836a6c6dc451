import type { SKRSContext2D } from '@napi-rs/canvas';
import { type DeskChart, FATES } from '../../domain/desk-chart.ts';
import type { Texts } from '../../texts/texts.ts';
import { drawStackedBars } from '../chart/stacked-bars.ts';
import { FATE_COLOURS } from './colours.ts';

/** The plot alone, drawn into its place: for each day or month a stack of its requests by what became of them. */
export function drawDeskPlot(
  context: SKRSContext2D,
  { bars, step }: DeskChart,
  say: Texts['text'],
  place: { x: number; y: number; width: number; height: number },
): void {
  const stacked = bars.map((bar) => ({ from: bar.from, counts: FATES.map((fate) => bar[fate]) }));
  drawStackedBars(context, { bars: stacked, step, colours: FATES.map((fate) => FATE_COLOURS[fate]) }, say, place);
}
