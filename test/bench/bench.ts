import { parseArgs } from 'node:util';
import { benchCabinet, cabinetBenchLines } from './cabinet.ts';
import { benchDesk, deskBenchLines, deskTroubles } from './desk.ts';
import { benchDialog } from './dialog/compare.ts';
import { benchDocuments, documentsBenchLines } from './documents.ts';
import { benchFaults, faultsBenchLines, faultsTroubles } from './faults.ts';
import { benchFlood, floodBenchLines, floodTroubles } from './flood/bench-flood.ts';
import { benchImport, importBenchLines } from './import.ts';
import { benchLikeness, likenessBenchLines, likenessTroubles } from './likeness.ts';
import { benchNotices, noticesBenchLines } from './notices/bench-notices.ts';

type Bench = { about: string; run: (quick: boolean) => Promise<void> };

const CABINET = { accounts: 200_000, periods: 36, residents: 5_000 };
const QUICK_CABINET = { accounts: 3_000, periods: 36, residents: 500 };

const BENCHES: Record<string, Bench> = {
  dialog: {
    about: `what an update costs: a dialog of 7 steps through webhook, Redis and a local Bot API, for this bot,
            Telegraf's WizardScene and bare node:http with ioredis, five processes each, in turns; then this
            bot's dialog with 30 and 100 steps (about eight minutes)`,
    run: (quick) => benchDialog({ quick, say: (line) => console.log(line) }),
  },
  import: {
    about: 'a million charge rows against a plain copy of the same file into a bare table (about five minutes)',
    run: async (quick) => tell(importBenchLines(await benchImport(quick ? { rows: 50_000, pairs: 1 } : {}))),
  },
  cabinet: {
    about: `/debt and /history in the office with 200 000 accounts × 36 periods in Postgres, and whether their query
            plans touch only the account (about ten minutes and 10 GB for the time)`,
    run: async (quick) => {
      const cabinet = await benchCabinet(quick ? QUICK_CABINET : CABINET, quick ? 200 : 3_000, (line) => console.log(line));
      tell(cabinetBenchLines(cabinet));
      if (cabinet.troubles.length > 0) throw new Error('a query of the cabinet touches more than the account');
    },
  },
  notices: {
    about: `new charges are told to 3 000 readers at Telegram's pace, once undisturbed and once through kill -9 (about six
            minutes)`,
    run: async (quick) => tell(noticesBenchLines(await benchNotices(quick ? { readers: 300 } : {}))),
  },
  desk: {
    about: `10 000 messages of residents and staff at random through kills, repeats and 429s, then a month of 600
            requests, against a Telegram that enforces its limits (about ten minutes)`,
    run: async (quick) => {
      const desk = await benchDesk(quick ? { messages: 300, requests: 20 } : {});
      tell(deskBenchLines(desk));
      if (deskTroubles(desk) > 0) throw new Error('a message of the desk was lost, went astray, or passed a limit');
    },
  },
  likeness: {
    about: 'whether the clock tells a stranger that a login, a phone or an account exists (about a minute)',
    run: async (quick) => {
      const likeness = await benchLikeness(quick ? { tries: 20 } : {});
      tell(likenessBenchLines(likeness));
      if (likenessTroubles(likeness).length > 0) throw new Error('the time tells what exists');
    },
  },
  faults: {
    about: `residents, money and staff through what happens to Postgres (read-only, restarted, half-open, full), PgBouncer, Redis
            (restarted, half-open, READONLY, OOM, flushed) and a Redis Cluster (failover, a killed master), with the shipped
            program and real servers; the time to recovery, what was lost and doubled (about ten minutes)`,
    run: async (quick) => {
      const faults = await benchFaults(quick ? { guests: 3 } : {}, (line) => console.log(line));
      tell(faultsBenchLines(faults));
      const troubles = faultsTroubles(faults);
      if (troubles.length > 0) throw new Error(troubles.join('\n'));
    },
  },
  flood: {
    about: `300 messages from one chat, 100 from each of three, 50 from each of ten, by long polling and by webhook, against a
            Telegram that lets one message a second to a chat through: how long others wait for an answer, and a checkout
            for its word (about five minutes)`,
    run: async (quick) => {
      const runs = await benchFlood(quick ? { seconds: 4 } : {});
      tell(floodBenchLines(runs));
      if (floodTroubles(runs) > 0) throw new Error('somebody waited for the flood of another');
    },
  },
  documents: {
    about: `10 000 payment documents through the shop of papers, against pdfkit with its fonts opened for each
            document; memory over time (about five minutes)`,
    run: async (quick) => tell(documentsBenchLines(await benchDocuments(quick ? { documents: 300, peers: 15 } : {}))),
  },
};

const HELP = `npm run bench [-- [${Object.keys(BENCHES).join('] [')}] [--quick]]

${Object.entries(BENCHES)
  .map(([name, { about }]) => `  ${name.padEnd(9)} ${about}`)
  .join('\n')}
  --quick   fewer processes, updates and rows: to see that it works, not to quote

Without a name all are run. Figures depend on the machine and on what else it does: the ratios of one run can
be compared. The status is 1 when a dialog did not come to its end or a plan
touches more than the account, not when an aim is missed.`;

async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const unknown = positionals.find((name) => !(name in BENCHES));
  if (values.help) return console.log(HELP);
  if (unknown !== undefined) throw new Error(`There is no bench called '${unknown}'.\n\n${HELP}`);
  for (const [name, { run }] of Object.entries(BENCHES)) {
    if (positionals.length === 0 || positionals.includes(name)) await run(values.quick);
  }
}

function tell(lines: readonly string[]): void {
  console.log(`\n${lines.join('\n')}`);
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
