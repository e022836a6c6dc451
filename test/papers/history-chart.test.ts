import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { plainSpaces } from '../../src/domain/unbroken.ts';
import { formatPeriod } from '../../src/domain/period.ts';
import type { HistoryChart } from '../../src/domain/history-chart.ts';
import { COLOURS } from '../../src/papers/chart/look.ts';
import { writeAxisMoney } from '../../src/papers/history-chart/axis.ts';
import { drawHistoryChart } from '../../src/papers/history-chart/draw.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { FLAT, LARGE, NEGATIVE, PAID_ONLY, SMALL, YOUNG, ZEROS } from './charts.ts';

const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-05T09:00:00Z') });

/** The picture, and the words that were put into it. */
function drawn(chart: HistoryChart) {
  const said: string[] = [];
  const file = drawHistoryChart(chart, (name, words) => {
    const spoken = text(name, words);
    said.push(spoken);
    return spoken;
  });
  const png = PNG.sync.read(Buffer.from(file.bytes));
  const pixels = new Uint32Array(Uint8Array.from(png.data).buffer);
  /** Of a colour within the plot: how many pixels, and from which row to which. */
  const inPlot = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(colour.slice(1), 'hex');
    const wanted = new Uint32Array(Uint8Array.from([red, green, blue, 255]).buffer)[0];
    const places: number[] = [];
    for (let at = 195 * png.width; at < 890 * png.width; at += 1) if (pixels[at] === wanted) places.push(at);
    const row = (at: number | undefined) => Math.floor((at ?? 0) / png.width);
    return { count: places.length, top: row(places[0]), bottom: row(places.at(-1)) };
  };
  return { file, png, said, inPlot };
}

const ALL: [string, HistoryChart][] = Object.entries({
  'twelve months of a flat': FLAT,
  'sums below zero': NEGATIVE,
  'a single month': YOUNG,
  'a few roubles': SMALL,
  'half a million': LARGE,
  'payments only': PAID_ONLY,
  'nothing at all': ZEROS,
});

test.each(ALL)('%s: a picture as wide as a phone shows sharp, with the months and sums in Russian', (_, chart) => {
  const { file, png, said } = drawn(chart);
  expect(file).toMatchObject({
    send: 'photo',
    name: plainSpaces(`График начислений ${chart.accountNumber} ${formatPeriod(chart.months.at(-1)?.period ?? '2026-10')}.png`),
  });
  expect(png.width).toBe(1080);
  expect(png.height).toBeLessThan(1500);
  // What Telegram takes as a photo.
  expect(file.bytes.length).toBeLessThan(1_000_000);
  expect(said).toEqual(expect.arrayContaining(['Начисления и платежи', `Лицевой счёт ${chart.accountNumber}`, 'Оплачено']));
  expect(said.filter((words) => /^[а-я]{3}$/.test(words))).toHaveLength(chart.months.length);
});

test('every service and the payments have bars of their own colour, as high as their sums', () => {
  const { inPlot, said } = drawn(FLAT);
  const area = (colour: string) => inPlot(colour).count;
  for (const colour of [...COLOURS.groups, COLOURS.paid]) expect(area(colour)).toBeGreaterThan(1000);
  expect(said).toContain('Прочее');
  // Sums stand to each other as the areas of their bars do.
  const heating = FLAT.groups[0]?.sumsKopecks.reduce((sum, one) => sum + one, 0) ?? 0;
  const paid = FLAT.months.reduce((sum, { paidKopecks }) => sum + paidKopecks, 0);
  expect(area(COLOURS.paid) / area(COLOURS.groups[0]) / (paid / heating)).toBeCloseTo(1, 1);
});

test('what is below zero hangs below the line', () => {
  const { inPlot } = drawn(NEGATIVE);
  const line = inPlot(COLOURS.zero);
  const heating = inPlot(COLOURS.groups[0]);
  const paid = inPlot(COLOURS.paid);
  expect(heating.top).toBeLessThan(line.top);
  expect(heating.bottom).toBeGreaterThan(line.bottom);
  expect(paid.bottom).toBeGreaterThan(line.bottom);
  const above = drawn(FLAT).inPlot;
  expect(above(COLOURS.paid).bottom).toBeLessThanOrEqual(above(COLOURS.zero).bottom);
});

test('zones of a service are called as on the meter', () => {
  const groups = ['день', 'ночь'].map((zone) => ({ service: `Электроснабжение (${zone})`, sumsKopecks: [100_00] }));
  const { said } = drawn({ ...YOUNG, groups });
  expect(said.map(plainSpaces)).toEqual(expect.arrayContaining(['Электроснабжение, Т1 (день)', 'Электроснабжение, Т2 (ночь)']));
});

test('where there is nothing, there is no bar', () => {
  expect(drawn(ZEROS).inPlot(COLOURS.paid).count).toBe(0);
  expect(drawn(PAID_ONLY).inPlot(COLOURS.paid).count).toBeGreaterThan(1000);
});

test('marks of the axis are roubles as people write them', () => {
  const write = (...marks: number[]) => marks.map((mark) => writeAxisMoney(mark, marks).replaceAll('\u00a0', ' '));
  expect(write(-5000, 0, 5000)).toEqual(['−5 000 ₽', '0 ₽', '5 000 ₽']);
  expect(write(0, 500_000, 1_000_000)).toEqual(['0 ₽', '500 000 ₽', '1 000 000 ₽']);
  expect(write(0, 0.5, 1)).toEqual(['0,00 ₽', '0,50 ₽', '1,00 ₽']);
});
