import { createInterface } from 'node:readline';
import { createBackground } from '../../../src/adapters/background.ts';
import { loadCentre } from '../../../src/adapters/centre-file.ts';
import { openKeyring } from '../../../src/adapters/keyring.ts';
import { cheapHasher } from '../../kit/passwords.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { randomness } from '../../../src/adapters/randomness.ts';
import { AccountNumber } from '../../../src/domain/account-number.ts';
import type { Caller } from '../../../src/office/caller.ts';
import { createOffice } from '../../../src/office/office.ts';
import { NOBODY_IS_STAFF, OFFICE_SETTINGS } from '../../kit/office-settings.ts';

/**
 * One of several processes of the office: does all at once what a line asks for, and prints the outcomes. `sums`: people from `from` on
 * guess the account; `codes`: one person types the same code again and again; `checkouts`: an invoice is about to be paid; `payments`: Telegram
 * tells of the same money.
 */
export type Job =
  | { what: 'sums'; from: number; count: number; account: string }
  | { what: 'codes'; from: number; count: number; code: string; typed: string }
  | { what: 'checkouts'; from: number; count: number; order: string; totalKopecks: number }
  | { what: 'payments'; from: number; count: number; order: string; totalKopecks: number };

const [url = '', key = '', at = ''] = process.argv.slice(2);
const now = new Date(at);
const db = openDb(openPool({ connectionString: url, max: 10 }));
const keyring = openKeyring(key);
const office = createOffice({
  db,
  clock: () => now,
  randomness,
  keyring,
  passwords: cheapHasher(keyring),
  sendCode: () => Promise.reject(new Error('no SMS goes out from here')),
  codeText: (code) => code,
  background: createBackground(() => undefined).run,
  staff: NOBODY_IS_STAFF,
  centre: await loadCentre(new URL('../../../centre.example.json', import.meta.url)),
  settings: OFFICE_SETTINGS,
});
let operations = 0;
const by = (person: number): Caller => ({ messengerId: `telegram:${person}`, idempotencyKey: `${process.pid}-${++operations}` });

function work(job: Job, i: number) {
  if (job.what === 'checkouts') {
    const { order, totalKopecks } = job;
    return office.paymentIntake.checkout(by(job.from), { checkout: `${process.pid}-${i}`, order, currency: 'RUB', totalKopecks });
  }
  if (job.what === 'payments') {
    const { order, totalKopecks } = job;
    const charge = { chargeId: 'tg-1', providerChargeId: 'ch-1', paidAt: at };
    return office.paymentIntake.credit(by(job.from), { order, totalKopecks, currency: 'RUB', ...charge });
  }
  if (job.what === 'codes') return office.confirmations.check(by(job.from), job.code, job.typed);
  return office.linking.proveBySum(by(job.from + i), AccountNumber.parse(job.account), 500_02 + job.from + i);
}

console.log('ready');
for await (const line of createInterface(process.stdin)) {
  const job = JSON.parse(line) as Job;
  const answers = await Promise.all(Array.from({ length: job.count }, (_, i) => work(job, i)));
  console.log(JSON.stringify(answers.map((answer) => answer.outcome)));
}
await db.destroy();
