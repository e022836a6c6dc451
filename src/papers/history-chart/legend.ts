import type { HistoryChart } from '../../domain/history-chart.ts';
import { sumOf } from '../../domain/money.ts';
import type { Texts } from '../../texts/texts.ts';
import type { LegendLine } from '../chart/legend.ts';
import { COLOURS } from '../chart/look.ts';
import { writeMoney } from '../figures.ts';

/** A line for each service, one for all of them, one for what was paid; sums are over all months of the picture. */
export function legendLines({ months, groups }: HistoryChart, say: Texts['text']): LegendLine[] {
  const charged = groups.map(({ service, sumsKopecks }, i) => ({
    colour: COLOURS.groups[i] ?? COLOURS.others,
    name: service === null ? say('history-chart-others') : say('history-chart-service', { service }),
    sum: sumOf(sumsKopecks),
  }));
  const paid = sumOf(months.map(({ paidKopecks }) => paidKopecks));
  return [
    ...charged.map(({ sum, ...line }) => ({ ...line, figure: writeMoney(sum) })),
    { name: say('history-chart-charged'), figure: writeMoney(sumOf(charged.map(({ sum }) => sum))), bold: true },
    { colour: COLOURS.paid, name: say('history-chart-paid'), figure: writeMoney(paid), bold: true },
  ];
}
