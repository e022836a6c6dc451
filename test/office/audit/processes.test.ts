import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { RUN } from '../../../src/build/places.js';
import { Phone } from '../../../src/domain/phone.ts';
import { type Cabinet, openCabinet } from '../cabinet.ts';
import type { Job } from './other-process.ts';
import * as make from '../../kit/make.ts';

const SCRIPT = fileURLToPath(new URL('other-process.ts', import.meta.url));

/** Two processes of the office on the cabinet's database: each does its job at the same time as the other; how often each outcome came. */
async function openTwoProcesses(at: Cabinet): Promise<(jobs: readonly [Job, Job]) => Promise<Record<string, number>>> {
  const processes = [1, 2].map(() => {
    const options = [RUN, SCRIPT, at.url, at.secretKey, at.now().toISOString()];
    const child = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  });
  const next = async () => Promise.all(processes.map(async ({ lines }) => String((await lines.next()).value)));
  expect(await next()).toEqual(['ready', 'ready']);

  return async (jobs) => {
    for (const [i, { child }] of processes.entries()) child.stdin.write(`${JSON.stringify(jobs[i])}\n`);
    const outcomes = (await next()).flatMap((line) => JSON.parse(line) as string[]);
    return Object.fromEntries([...new Set(outcomes)].map((each) => [each, outcomes.filter((one) => one === each).length]));
  };
}

test('over two processes: one checkout, one credit, five evaluated guesses, five tries of a code, one success', async () => {
  const at = await openCabinet();
  await make.account(at.db, { number: '0012345', ownerName: 'И.', address: 'ул. Портовая, 5' });
  const residentId = await make.signedIn(at.db, { phone: '+79281112233' }, ['telegram:500'], at.now());
  await make.link(at.db, { residentId, account: '0012345', linkedAt: at.now() });
  const offered = await at.office.payments.offer(at.by(500));
  const link = offered.outcome === 'offered' ? (offered.accounts[0]?.link ?? '') : '';
  const ordered = await at.office.payments.order(at.by(500), [{ link, sumKopecks: 300_00 }]);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  const { order, totalKopecks } = ordered.invoice;
  const both = await openTwoProcesses(at);

  const checkouts = { what: 'checkouts', from: 500, count: 5, order, totalKopecks } as const;
  expect(await both([checkouts, checkouts])).toEqual({ ok: 1, refused: 9 });
  const payments = { ...checkouts, what: 'payments' } as const;
  expect(await both([payments, payments])).toEqual({ credited: 1, repeat: 9 });
  expect(await at.db.selectFrom('cardPaymentLines').select(['operation', 'sumKopecks']).execute()).toEqual([
    { operation: 'ch-1', sumKopecks: 300_00 },
  ]);
  expect(await at.cards()).toEqual([]);

  // Five evaluated guesses, five tries of a code, one success.
  await make.crowd(at.db, 100, at.now());
  await make.account(at.db, { number: '0054321', ownerName: 'П.', address: 'ул. Портовая, 6' });
  await make.payment(at.db, { account: '0054321', day: '2026-10-10', sumKopecks: 500_01, operation: '1' });

  // A hundred messenger accounts guess one account.
  const sums = { what: 'sums', account: '0054321', count: 50 } as const;
  expect(
    await both([
      { ...sums, from: 1 },
      { ...sums, from: 51 },
    ]),
  ).toEqual({ 'not-proved': 100 });
  const rows = await at.db.selectFrom('sumFailures').select('evaluated').execute();
  expect(rows).toHaveLength(100);
  expect(rows.filter(({ evaluated }) => evaluated)).toHaveLength(5);
  expect(await at.cards()).toMatchObject([{ text: 'staff-limit-by-account' }]);

  // Fifty wrong codes.
  const sent = async (person: number, phone: string) => {
    const answer = await at.office.confirmations.send(at.by(person), 'registration', Phone.parse(phone));
    if (answer.outcome !== 'sent') throw new Error(answer.outcome);
    return { what: 'codes', from: person, code: answer.code } as const;
  };
  const [one, two] = ['+79123456789', '+79995550011'];
  const wrong = { ...(await sent(1, one)), count: 25, typed: at.codeTo(one) === '000000' ? '000001' : '000000' };
  expect(await both([wrong, wrong])).toEqual({ wrong: 4, closed: 46 });
  expect(await at.db.selectFrom('confirmationCodes').select('tries').execute()).toEqual([{ tries: 5 }]);

  // The right one, eight times.
  const right = { ...(await sent(2, two)), count: 4, typed: at.codeTo(two) };
  expect(await both([right, right])).toEqual({ confirmed: 1, expired: 7 });
  expect(await at.db.selectFrom('phoneProofs').select('id').execute()).toHaveLength(1);
}, 300_000);
