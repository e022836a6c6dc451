import { plainSpaces } from '../../src/domain/unbroken.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import type { Charge } from '../../src/domain/charge.ts';
import { type PaymentDocument, totalsOf } from '../../src/domain/payment-document.ts';
import { drawPaymentDocument, pageOf } from '../../src/papers/payment-document/draw.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { runTool, withTool } from '../kit/tools.ts';
import { CROWDED, IN_DEBT, LONG_NAME, line, OLDER, OVERPAID, PLAIN, TEN, THREE, WITHOUT_PAYEE, ZERO } from './documents.ts';
import { type ReadPdf, readPdf, renderPdf } from './read-pdf.ts';
import { readOrder, scan } from './read-qr.ts';

const { text: say } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-05T09:00:00Z') });

const ALL: [string, PaymentDocument][] = Object.entries({
  'a plain account': PLAIN,
  'a debt with penalties': IN_DEBT,
  'an overpayment': OVERPAID,
  'a name of 60 letters with quotes and signs': LONG_NAME,
  'three services': THREE,
  'ten services, six scales': TEN,
  '25 services': CROWDED,
  'a zero period': ZERO,
  'an older period': OLDER,
  'a payee that is not known yet': WITHOUT_PAYEE,
});
const MONTHS = { '2026-10': 'октябрь 2026', '2026-07': 'июль 2026' } as Record<string, string>;

const bare = (text: string) => text.replace(/\s+/g, '');
/** Written here apart from the house's own formats: digits without groups, as `bare` leaves them. */
const sum = (kopecks: number) => (kopecks / 100).toFixed(2).replace('.', ',').replace('-', '−');
const decimal = (value: string, least = 0) => {
  const [whole, fraction = ''] = value.split('.');
  const shown = fraction.replace(/0+$/, '').padEnd(least, '0');
  return shown ? `${whole},${shown}` : `${whole}`;
};
const day = (iso: string) => iso.split('-').toReversed().join('.');
const figure = (kopecks: number) => (kopecks === 0 ? '–' : sum(kopecks));

/** What zones are called on a meter. */
const ON_METERS: Record<string, string> = { день: 'Т1 (день)', пик: 'Т1 (пик)', ночь: 'Т2 (ночь)', полупик: 'Т3 (полупик)' };

/** Everything that the page has to say, as it has to stand there without its spaces. */
function expectedOn(document: PaymentDocument): string[] {
  const { payer, payee, centre, meters, lines, lastPayment } = document;
  const totals = totalsOf(document);
  const strings = [
    payer.name,
    payer.address,
    document.accountNumber,
    document.unifiedNumber,
    payer.area && `Площадь${decimal(payer.area)}кв.м`,
    payer.residents !== null && `Проживает${payer.residents}чел.`,
    centre.name,
    ...[...centre.phones, ...centre.emergency].flatMap(({ about, number }) => [about, number]),
    centre.address,
    ...centre.hours,
    ...document.performers
      .filter(({ name: own }) => lines.some(({ supplier }) => supplier === own))
      .flatMap(({ address, phone, emergency }) => [address, phone, emergency]),
    centre.email,
    ...(payee ? Object.values(payee) : []),
    `за ${MONTHS[document.period]} г.`,
    `К оплате за ${MONTHS[document.period]} г. ${sum(Math.max(0, totals.dueKopecks))} ₽`,
    `Начислено за период ${sum(totals.chargedKopecks)}`,
    lastPayment && `Последняя оплата ${day(lastPayment.day)}, ${sum(lastPayment.sumKopecks)} ₽`,
    document.dataDay && `на ${day(document.dataDay)}`,
    ...lines.flatMap(({ service, supplier, grounds, norm }) => [service, supplier, grounds, norm && decimal(norm)]),
    ...meters.flatMap(({ number, scale, previous, value, valueDay, used, verificationDue }) => [
      previous && decimal(previous.value),
      previous && day(previous.day),
      used && decimal(used),
      scale ? `№${number},${ON_METERS[scale] ?? scale}` : `№${number}`,
      value && decimal(value),
      valueDay && day(valueDay),
      verificationDue && day(verificationDue),
    ]),
  ];
  return strings.filter((each): each is string => typeof each === 'string' && each !== '').map(bare);
}

const UNITS = { 'кв.м': 'кв.м', 'куб.м': 'м³' } as Record<string, string>;

/** Which sums have a column: those that seldom are, only where some line has them. */
function sumsShown({ lines }: PaymentDocument) {
  const seldom = (['recalculatedKopecks', 'benefitKopecks', 'penaltyKopecks'] as const).filter((key) =>
    lines.some((line) => line[key] !== 0),
  );
  return ['openingKopecks', 'chargedKopecks', ...seldom, 'paidKopecks', 'dueKopecks'] as const;
}

/** The figures of a line of the calculation, from left to right. */
function figuresOf({ unit, volume, tariff, ...line }: Charge, document: PaymentDocument): string[] {
  return [
    ...[unit && (UNITS[unit] ?? unit), volume && decimal(volume), tariff && decimal(tariff, 2)].filter((each): each is string =>
      Boolean(each),
    ),
    ...sumsShown(document).map((key) => figure(line[key])),
  ].map(bare);
}

/** What stands on one line, from left to right; lines from the top. */
function rowsOf({ pieces }: ReadPdf): string[][] {
  const rows = new Map<number, ReadPdf['pieces']>();
  for (const piece of pieces) {
    const key = [...rows.keys()].find((y) => Math.abs(y - piece.y) < 0.3) ?? piece.y;
    rows.set(key, [...(rows.get(key) ?? []), piece]);
  }
  return [...rows]
    .toSorted(([a], [b]) => b - a)
    .map(([, row]) => row.toSorted((a, b) => a.x - b.x).map((piece) => bare(piece.text)));
}

/** Pairs of texts that touch each other, and texts outside the margins. */
function clashes({ pieces, width, height }: ReadPdf): string[] {
  const boxes = pieces.map(({ text, x, y, width: wide, size }) => ({
    text,
    // Kerning pulls letters of one line together, and a reader may see them as two pieces.
    left: x + size * 0.15,
    right: x + wide - size * 0.15,
    bottom: y - size * 0.16,
    top: y + size * 0.66,
  }));
  const outside = boxes.filter((box) => box.left < 29 || box.right > width - 29 || box.bottom < 29 || box.top > height - 29);
  const touching = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => one.left < other.right && other.left < one.right && one.bottom < other.top && other.bottom < one.top)
      .map((other) => `«${one.text}» and «${other.text}»`),
  );
  return [...outside.map(({ text }) => `«${text}» is outside`), ...touching];
}

describe.each(ALL)('%s', (name, document) => {
  const drawing = drawPaymentDocument(document, say);
  const reading = drawing.then(({ bytes }) => readPdf(bytes));

  test('is one page of A4, on which nothing touches anything else or leaves the margins', async () => {
    const read = await reading;
    expect(read).toMatchObject({ pages: 1, width: 595.28, height: 841.89 });
    expect(read.pieces.length).toBeGreaterThan(30);
    expect(clashes(read)).toEqual([]);
  });

  test('says everything that the data say, in text that can be selected', async () => {
    const { pieces } = await reading;
    const said = bare(pieces.map(({ text }) => text).join(''));
    expect(expectedOn(document).filter((each) => !said.includes(each))).toEqual([]);
  });

  test('calculates by service: the figures of each line stand side by side in their order, and their totals', async () => {
    const rows = rowsOf(await reading).map((row) => row.join(' '));
    const totals = totalsOf(document);
    const sums = sumsShown(document).map((key) => totals[key]);
    const wanted = [...document.lines.map((each) => figuresOf(each, document).join(' ')), ['Итого', ...sums.map(sum)].join(' ')];
    const places = wanted.map((figures) => rows.findIndex((row) => row.endsWith(figures)));
    expect(wanted.filter((_, index) => places[index] === -1)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('has a QR code that a reader of pixels reads, and it asks for what the page says', async () => {
    const picture = await renderPdf((await drawing).bytes, 2.5);
    if (!document.payee) {
      expect(() => scan(picture)).toThrow('no QR code');
      return;
    }
    expectOrder(document, scan(picture));
  });

  withTool('pdftoppm', 'zbarimg')('has a QR code that zbar reads from a print of 150 dots an inch', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'payment-document-'));
    try {
      await writeFile(join(folder, 'a.pdf'), (await drawing).bytes);
      runTool('pdftoppm', ['-r', '150', '-png', '-singlefile', join(folder, 'a.pdf'), join(folder, 'a')]);
      const { width, height } = PNG.sync.read(await readFile(join(folder, 'a.png')));
      expect([width, height]).toEqual([1241, 1754]);
      const scanned = () => runTool('zbarimg', ['-q', '--raw', '-Sbinary', join(folder, 'a.png')]);
      if (document.payee) expectOrder(document, scanned());
      else expect(scanned).toThrow();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  withTool('pdftotext')('says the same to pdftotext', async () => {
    const said = bare(runTool('pdftotext', ['-raw', '-', '-'], (await drawing).bytes).toString('utf8'));
    expect(expectedOn(document).filter((each) => !said.includes(each))).toEqual([]);
  });

  withTool('pdffonts')('carries its own letters', async () => {
    const [, , ...fonts] = runTool('pdffonts', ['-'], (await drawing).bytes)
      .toString('utf8')
      .trim()
      .split('\n');
    expect(fonts.length).toBe(2);
    for (const font of fonts)
      expect(font).toMatch(/^\w{6}\+PTSans-(Regular|Bold|Caption\S*)\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  test(`is named after what it is (${name})`, async () => {
    const { info, language } = await reading;
    const account = document.accountNumber;
    expect((await drawing).name).toBe(`Квитанция ${account} ${MONTHS[document.period]}.pdf`);
    expect({ ...info, Title: plainSpaces(String(info['Title'])) }).toMatchObject({
      Title: `Платёжный документ за ${MONTHS[document.period]} г., лицевой счёт ${account}`,
      Author: 'АО ВЦ «Инкомус»',
    });
    expect(language).toBe('ru-RU');
  });
});

function expectOrder(document: PaymentDocument, bytes: Uint8Array): void {
  const { dueKopecks } = totalsOf(document);
  const asksForSum = document.period === document.latestPeriod && dueKopecks > 0;
  expect(readOrder(bytes).fields).toEqual({
    Name: document.payee?.name,
    PersonalAcc: document.payee?.account,
    BankName: document.payee?.bank,
    BIC: document.payee?.bic,
    CorrespAcc: document.payee?.corrAccount,
    PayeeINN: document.payee?.inn,
    ...(asksForSum && { Sum: String(dueKopecks) }),
    PersAcc: document.accountNumber,
    PaymPeriod: `${document.period.slice(5)}${document.period.slice(0, 4)}`,
    TechCode: '02',
  });
}

const saidBy = async (document: PaymentDocument) =>
  bare((await readPdf((await drawPaymentDocument(document, say)).bytes)).pieces.map(({ text }) => text).join(''));

test('a debt is called a debt, an overpayment an overpayment, and neither where there is none', async () => {
  const [debt, over, zero] = await Promise.all([IN_DEBT, OVERPAID, ZERO].map(saidBy));
  expect(debt).toContain(bare(`Долг на начало периода ${sum(totalsOf(IN_DEBT).openingKopecks)}`));
  expect(debt).toContain(bare('Оплатить до 15.11.2026 включительно'));
  expect(debt).not.toMatch(/Переплата|Аванс/);
  expect(over).toContain(bare(`Аванс на начало периода ${sum(112_345)}`));
  expect(over).toContain(bare(`Переплата ${sum(-totalsOf(OVERPAID).dueKopecks)} ₽`));
  expect(over).not.toContain('Оплатитьдо');
  expect(zero).toContain(bare('Платить за этот период не нужно'));
  expect(zero).not.toContain('Оплатитьдо');
});

/** What stands in the box of the slip: its line is told by its size and place, the lowest figures of the page. */
async function boxOf(document: PaymentDocument): Promise<string> {
  const { pieces } = await readPdf((await drawPaymentDocument(document, say)).bytes);
  const slip = pieces.filter(({ y }) => y > 55 && y < 85);
  return slip
    .toSorted((a, b) => a.x - b.x)
    .map(({ text }) => text)
    .join(' ');
}

test('the box of the slip asks for what is due, not for what was charged', async () => {
  const { dueKopecks, chargedKopecks } = totalsOf(IN_DEBT);
  expect(dueKopecks).not.toBe(chargedKopecks);
  expect(bare(await boxOf(IN_DEBT))).toBe(bare(`К оплате ${sum(dueKopecks)} ₽ до 15.11.2026`));
  expect(bare(await boxOf(OVERPAID))).toContain(bare(`${sum(0)} ₽`));
});

test('an older document says that there are newer charges, and which document tells what to pay', async () => {
  const said = await saidBy(OLDER);
  expect(said).toContain(bare('есть более новые начисления'));
  expect(said).toContain(bare('в документе за октябрь 2026 г.'));
  expect(said).not.toContain('Оплатитьдо');
});

test('a verification that ran out by the end of the period is called so', async () => {
  const said = await saidBy(PLAIN);
  expect(said).toContain('17.08.2026(истекла)');
  expect(said).not.toContain('18.01.2029(истекла)');
});

test('what is for the house as a whole stands apart, with its own sum; a bill without it is not divided', async () => {
  const said = await saidBy(TEN);
  expect(said).toContain(bare('Жилое помещение и индивидуальное потребление, начислено 14022,15 ₽'));
  expect(said).toContain(bare('На содержание общего имущества дома (СОИ), начислено 95,17 ₽'));
  expect(await saidBy(PLAIN)).not.toContain('СОИ');
});

test('one spelling of each unit, one sign of what was paid, and no full stop too many', async () => {
  for (const document of [PLAIN, TEN, IN_DEBT, CROWDED, LONG_NAME]) {
    const { pieces } = await readPdf((await drawPaymentDocument(document, say)).bytes);
    const said = pieces.map(({ text }) => text).join(' ');
    expect(said).not.toMatch(/куб\.? ?м|кв\.м|м²|\.\./);
    // The house is not torn from its number at the end of a line.
    expect(pieces.filter(({ text }) => /(^|\s)(ул|д|кв)\.$/.test(text.trim()))).toEqual([]);
    const paid = totalsOf(document).paidKopecks;
    if (paid > 0) expect(bare(said)).toContain(bare(`Оплачено в периоде (вычтено) ${sum(paid)}`));
    expect(bare(said)).not.toContain(bare(`−${sum(paid)}`));
  }
});

test('columns in which nothing stands give their room to the print, and that is said', async () => {
  expect(await saidBy(PLAIN)).toContain(bare('За этот период нет перерасчётов, льгот и пеней.'));
  expect(await saidBy(IN_DEBT)).not.toContain(bare('За этот период нет'));
});

test('the print is as large as the room allows: ten services are hardly smaller than eight, and no half of a page stays empty', () => {
  const scaleOf = (document: PaymentDocument) => pageOf(document, say).scale;
  // Points on paper of a service's name: 7.7 on a sheet of A4's own size.
  const print = (document: PaymentDocument) => 7.7 / scaleOf(document);
  const eight = { ...TEN, lines: PLAIN.lines };
  expect(print(TEN)).toBeGreaterThan(print(eight) * 0.92);
  expect(print(PLAIN)).toBeGreaterThan(8);
  expect(print(THREE)).toBeGreaterThan(9);
  expect(print(ZERO)).toBeGreaterThan(10);
});

test('letters stay letters in a thread that has drawn others that are made of them', async () => {
  await drawPaymentDocument({ ...PLAIN, payer: { ...PLAIN.payer, name: 'ВСРКХОМЕНТА всрхоеа' } }, say);
  const name = 'ABCEHKMOPTX aceopx';
  expect(await saidBy({ ...PLAIN, payer: { ...PLAIN.payer, name } })).toContain(bare(name));
});

test('whatever the registries hold has room on its one page', async () => {
  const words = fc.string({
    unit: fc.constantFrom(...'абвгдежзийклмнЩЮЯё «»"№-.,&<>/() ABC019'.split('')),
    minLength: 1,
    maxLength: 70,
  });
  const service = words.map((text) => `Услуга ${text}`.trim());
  const kopecks = fc.integer({ min: -99_999_999_99, max: 99_999_999_99 });
  const lineOf = fc
    .tuple(service, fc.record({ opening: kopecks, charged: kopecks, recalculated: kopecks, penalty: kopecks }), words, words)
    .map(([name, sums, supplier, grounds]) =>
      line(name, sums, { supplier, grounds, unit: 'куб.м', volume: '12.5', tariff: '3180.28' }),
    );
  const documents = fc.record({
    lines: fc.array(lineOf, { minLength: 1, maxLength: 25 }),
    meters: fc.array(fc.constantFrom(...PLAIN.meters), { maxLength: 12 }),
    name: words,
    address: fc.string({ unit: fc.constantFrom(...'абвгдЩЮ-.,1 '.split('')), maxLength: 250 }),
  });
  await fc.assert(
    fc.asyncProperty(documents, async ({ lines, meters, name, address }) => {
      const document = { ...PLAIN, lines, meters, payer: { ...PLAIN.payer, name, address } };
      const read = await readPdf((await drawPaymentDocument(document, say)).bytes);
      expect(read.pages).toBe(1);
      expect(clashes(read)).toEqual([]);
      const said = bare(read.pieces.map(({ text }) => text).join(''));
      for (const each of [name, address, ...lines.map(({ service }) => service)]) expect(said).toContain(bare(each));
    }),
    { numRuns: 8 },
  );
});

test.each([
  [
    ['пик', 'ночь', 'полупик'],
    ['Т1 (пик)', 'Т2 (ночь)', 'Т3 (полупик)'],
  ],
  [
    ['день', 'ночь'],
    ['Т1 (день)', 'Т2 (ночь)'],
  ],
])(
  'services and meters of the zones %s are called as on the meter, in the norms and recalculations, too',
  async (zones, names) => {
    const [meter] = PLAIN.meters;
    if (!meter) throw new Error('the plain account has no meter');
    const said = await saidBy({
      ...PLAIN,
      lines: zones.map((zone) =>
        line(`Электроснабжение (${zone})`, { charged: 10_000, recalculated: -100 }, { norm: '96', unit: 'кВт·ч' }),
      ),
      meters: zones.map((scale) => ({ ...meter, number: '77', service: 'Электроснабжение', scale })),
    });
    // Once in the calculation, the norms and the recalculations each, in this order each time.
    const services = [...said.matchAll(/Электроснабжение,(Т\d\([а-я]+\))/g)].map(([, name]) => name);
    expect(services).toEqual([...names, ...names, ...names].map(bare));
    expect([...said.matchAll(/№77,(Т\d\([а-я]+\))/g)].map(([, name]) => name)).toEqual(names.map(bare));
  },
);
