import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/durations.ts';
import { Phone } from '../../src/domain/phone.ts';
import { migrate } from '../../src/records/migrate.ts';
import { type Cabinet, cabinetOn } from '../kit/cabinet.ts';
import * as make from '../kit/make.ts';

/** How long it takes for what there is, over how long for what there is not: medians of tries in turns. */
export type Likeness = { what: string; ratio: number };

const KNOWN = '+79123456789';
const UNKNOWN = '+79995550011';
const START = new Date('2026-11-05T09:00:00Z');

/** Whether a stranger learns from the clock that a login, a phone or an account exists. */
export async function benchLikeness({ tries = 100 } = {}): Promise<Likeness[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-likeness-'));
  const server = await startEmbeddedPostgres(join(folder, 'data'));
  const db = openDb(openPool({ connectionString: server.url, max: 4 }));
  try {
    await migrate(db);
    const at = cabinetOn({ db, url: server.url }, START, { smsHourlyLimit: 100_000, smsDailyLimit: 100_000 });
    await at.register(1, 'ivan', KNOWN, 'k7w_pq29');
    return [await signIn(at, tries), await recovery(at, tries), ...(await sums(at, tries))];
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export function likenessBenchLines(all: readonly Likeness[]): string[] {
  return all.map(({ what, ratio }) => `${what}: ${ratio.toFixed(2)} of the time of one that does not exist`);
}

/** A stranger could tell them apart. */
export const likenessTroubles = (all: readonly Likeness[]): readonly Likeness[] =>
  all.filter(({ ratio }) => ratio < 0.65 || ratio > 1.55);

async function signIn(at: Cabinet, tries: number): Promise<Likeness> {
  // Each by another Telegram account, or its door is closed.
  const ratio = await ratioOf(
    Math.min(tries, 25),
    (i) => at.enter(100 + i, 'ivan', 'wrong_one'),
    (i) => at.enter(100 + i, 'nobody', 'wrong_one'),
    () => at.later(2 * HOUR_MS),
  );
  return { what: 'a wrong password to a login', ratio };
}

async function recovery(at: Cabinet, tries: number): Promise<Likeness> {
  at.provider.answer = () => new Promise((done) => setTimeout(() => done({ outcome: 'sent', provider: 'slow' }), 40));
  const send = (person: number, phone: string) => at.office.confirmations.send(at.by(person), 'recovery', Phone.parse(phone));
  const ratio = await ratioOf(
    tries,
    (i) => send(1_000 + i, KNOWN),
    (i) => send(2_000 + i, UNKNOWN),
    () => at.later(DAY_MS),
  );
  await at.settled();
  return { what: 'a recovery by a phone, with a slow provider', ratio };
}

/** Round ones are followed by a question. */
async function sums(at: Cabinet, tries: number): Promise<Likeness[]> {
  await make.account(at.db, { number: '0012345' });
  const paid = Array.from({ length: 60 }, (_, i) => ({
    account: '0012345',
    day: `2026-${String((i % 9) + 1).padStart(2, '0')}-10`,
    sumKopecks: 812_34 + i,
  }));
  await make.payment(at.db, ...paid);
  const all: Likeness[] = [];
  for (const [what, sum] of [
    ['a wrong sum of an account', 1_01],
    ['a wrong round sum of an account', 1_000_00],
  ] as const) {
    await make.signedIn(at.db, {}, [`telegram:${sum}`], at.now());
    const prove = (number: string) => at.office.linking.proveBySum(at.by(sum), AccountNumber.parse(number), sum);
    const ratio = await ratioOf(
      tries,
      () => prove('0012345'),
      (i) => prove(String(900_000 + i)),
      (i) => {
        if (i % 4 === 3) at.later(DAY_MS + 60_000);
      },
      // A session that is used does not grow old.
    );
    all.push({ what, ratio });
  }
  return all;
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** In turns, so that whatever else this machine does falls on both. */
async function ratioOf(
  tries: number,
  one: (i: number) => Promise<unknown>,
  other: (i: number) => Promise<unknown>,
  then: (i: number) => void,
): Promise<number> {
  const took: [number[], number[]] = [[], []];
  for (let i = 0; i < tries; i += 1) {
    for (const [which, work] of [one, other].entries()) {
      const from = performance.now();
      await work(i);
      took[which]?.push(performance.now() - from);
    }
    then(i);
  }
  return median(took[0]) / median(took[1]);
}
