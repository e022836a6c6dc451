import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { type DeskChart, FATES, calculateBars } from '../../src/domain/desk-chart.ts';
import { FATE_COLOURS } from '../../src/papers/desk-chart/colours.ts';
import { drawDeskChart } from '../../src/papers/desk-chart/draw.ts';
import { writeDay } from '../../src/papers/figures.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-23T09:00:00Z') });

function chartOf(from: string, to: string, step: DeskChart['step'], counts: readonly number[] = []): DeskChart {
  const bars = calculateBars({ from, to, step, timeZone: 'Europe/Moscow' }, []).map((bar, i) => ({
    ...bar,
    'in-time': counts[i % Math.max(1, counts.length)] ?? 0,
    late: i % 5 === 1 ? 2 : 0,
    unanswered: i % 6 === 2 ? 1 : 0,
  }));
  return { from, to, step, bars, rated: 0, rating: 0 };
}

/** The picture, the words that were put into it, and how many pixels of the plot have a colour. */
function drawn(chart: DeskChart) {
  const said: string[] = [];
  const file = drawDeskChart(chart, (name, words) => {
    const spoken = text(name, words);
    said.push(spoken);
    return spoken;
  });
  const png = PNG.sync.read(Buffer.from(file.bytes));
  const pixels = new Uint32Array(Uint8Array.from(png.data).buffer);
  const area = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(colour.slice(1), 'hex');
    const wanted = new Uint32Array(Uint8Array.from([red, green, blue, 255]).buffer)[0];
    return pixels.subarray(195 * png.width, 890 * png.width).filter((pixel) => pixel === wanted).length;
  };
  return { file, png, said, area };
}

test.each<[string, DeskChart]>([
  ['a month of days', chartOf('2026-10-25', '2026-11-23', 'day', [9, 12, 0, 4])],
  ['a week', chartOf('2026-11-17', '2026-11-23', 'day', [3])],
  ['a year of months', chartOf('2025-12-01', '2026-11-23', 'month', [600, 512])],
])('%s: a picture as Telegram takes it, its days and figures in Russian', (_, chart) => {
  const { file, png, said } = drawn({ ...chart, rated: 17, rating: 4.6 });
  expect(file).toMatchObject({ send: 'photo', name: `Обращения ${writeDay(chart.from)} – ${writeDay(chart.to)}.png` });
  expect(png.width).toBe(1080);
  expect(png.height).toBeLessThan(1500);
  expect(file.bytes.length).toBeLessThan(1_000_000);
  expect(said).toEqual(expect.arrayContaining(['Обращения жителей', 'Ответили в срок', 'Всего поступило', '4,6 из 5']));
  const labels = said.filter((words) => /^[а-я]{3}$/.test(words));
  expect(labels.length).toBeGreaterThan(6);
  expect(labels.length).toBeLessThanOrEqual(12);
});

test('bars are as high as the counts are', () => {
  const { area } = drawn(chartOf('2026-11-17', '2026-11-23', 'day', [8]));
  expect(area(FATE_COLOURS.waiting)).toBe(0);
  // 7 × 8 in time against 2 × 2 late and one without an answer.
  expect(area(FATE_COLOURS['in-time']) / area(FATE_COLOURS.late) / (56 / 4)).toBeCloseTo(1, 1);
  expect(area(FATE_COLOURS.late) / area(FATE_COLOURS.unanswered) / 4).toBeCloseTo(1, 1);
});

test('where nothing came, there is no bar, no share and no rating', () => {
  const quiet = chartOf('2026-11-17', '2026-11-23', 'day');
  const { area, said } = drawn({ ...quiet, bars: quiet.bars.map((bar) => ({ ...bar, late: 0, unanswered: 0 })) });
  for (const fate of FATES) expect(area(FATE_COLOURS[fate])).toBe(0);
  expect(said.join('\n')).not.toMatch(/Доля|оценка/);
});
