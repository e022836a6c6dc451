import { afterAll, expect, test } from 'vitest';
import type { BankPaymentOrder } from '../../src/domain/payment-qr.ts';
import { METER_ZONES } from '../../src/domain/meter-scale.ts';
import { createRenderPool } from '../../src/papers/render-pool.ts';
import { FLAT } from './charts.ts';
import { CROWDED, PAYEE, PLAIN } from './documents.ts';
import { readPdf } from './read-pdf.ts';

const renderPool = createRenderPool({ timeZone: 'Europe/Moscow', meterZones: METER_ZONES, threads: 1, waiting: 4 });
afterAll(() => renderPool.close());

const order: BankPaymentOrder = { payee: PAYEE, accountNumber: '001010011', period: '2026-10', sumKopecks: 100 };

test('papers are drawn under names that a resident understands', async () => {
  const [document, qr] = await Promise.all([
    renderPool.drawPaper({ kind: 'payment-document', data: PLAIN }),
    renderPool.drawPaper({ kind: 'payment-qr', data: order }),
  ]);
  expect(document).toMatchObject({ send: 'document', name: 'Квитанция 001010011 октябрь 2026.pdf' });
  expect(Buffer.from(document.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(qr).toMatchObject({ send: 'photo', name: 'QR-код 001010011 октябрь 2026.png' });
  expect(Buffer.from(qr.bytes.subarray(1, 4)).toString()).toBe('PNG');
});

test('charts and spreadsheets are drawn there, too', async () => {
  const detail = {
    accountNumber: '001010011',
    address: '',
    from: '2026-09',
    to: '2026-10',
    charges: [],
    payments: [],
    paymentsDay: null,
    meterZones: METER_ZONES,
  } as const;
  const [chart, sheet] = await Promise.all([
    renderPool.drawPaper({ kind: 'history-chart', data: FLAT }),
    renderPool.drawPaper({ kind: 'detail-sheet', data: detail }),
  ]);
  expect(chart).toMatchObject({ send: 'photo', name: 'График начислений 001010011 октябрь 2026.png' });
  expect(Buffer.from(chart.bytes.subarray(1, 4)).toString()).toBe('PNG');
  expect(sheet).toMatchObject({ send: 'document', name: 'Детализация 001010011 сентябрь 2026 – октябрь 2026.xlsx' });
  expect(Buffer.from(sheet.bytes.subarray(0, 2)).toString()).toBe('PK');
});

test('zones of meters are called there as the operator says', async () => {
  const meterZones = [{ scale: 'ночь', display: 'Н' }];
  const named = createRenderPool({ timeZone: 'Europe/Moscow', meterZones, threads: 1 });
  try {
    const { bytes } = await named.drawPaper({ kind: 'payment-document', data: PLAIN });
    const said = (await readPdf(bytes)).pieces
      .map(({ text }) => text)
      .join('')
      .replace(/\s+/g, '');
    expect(said).toContain('№0137717714,Н(ночь)');
    expect(said).toContain('№0137717714,день');
  } finally {
    await named.close();
  }
});

test('whoever comes after a full line is turned away at once, and those in it get their papers', async () => {
  const asked = Array.from({ length: 8 }, () => renderPool.drawPaper({ kind: 'payment-qr', data: order }));
  const came = await Promise.allSettled(asked);
  expect(came.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 3 }, () => 'rejected'),
  ]);
  const [turnedAway] = came.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
  expect(turnedAway?.name).toBe('Overloaded');
  await expect(renderPool.drawPaper({ kind: 'payment-qr', data: order })).resolves.toMatchObject({ send: 'photo' });
});

test('drawing leaves the event loop free', async () => {
  const cpu = performance.eventLoopUtilization();
  await Promise.all(Array.from({ length: 5 }, () => renderPool.drawPaper({ kind: 'payment-document', data: CROWDED })));
  // Five crowded pages keep a thread busy for much longer than the loop that waits for them.
  expect(performance.eventLoopUtilization(cpu).utilization).toBeLessThan(0.5);
});

test('a paper that cannot be drawn is an error of its own, without its data', async () => {
  const payee = { ...PAYEE, bic: 'Иванов' };
  // More of them than there is room for: none of them stays in the line.
  for (let failed = 0; failed < 6; failed += 1)
    await expect(renderPool.drawPaper({ kind: 'payment-qr', data: { ...order, payee } })).rejects.toThrow(
      /^BIC: 9 digits are expected$/,
    );
  await expect(renderPool.drawPaper({ kind: 'payment-qr', data: order })).resolves.toMatchObject({ send: 'photo' });
});

test('a closed shop draws no more', async () => {
  const other = createRenderPool({ timeZone: 'Europe/Moscow', meterZones: METER_ZONES, threads: 1 });
  await other.drawPaper({ kind: 'payment-qr', data: order });
  await other.close();
  await expect(other.drawPaper({ kind: 'payment-qr', data: order })).rejects.toThrow('no more papers');
});
