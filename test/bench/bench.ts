import { parseArgs } from 'node:util';
import { benchCabinet, cabinetBenchLines } from './cabinet.ts';
import { benchDialog } from './dialog/compare.ts';
import { benchImport, importBenchLines } from './import.ts';
import { benchNotices, noticesBenchLines } from './notices/bench-notices.ts';

const HELP = `npm run bench [-- [dialog] [import] [cabinet] [notices] [--quick]]

  dialog    what an update costs: a dialog of 7 steps through webhook, Redis and a local Bot API, for this bot,
            Telegraf's WizardScene and bare node:http with ioredis, five processes each, in turns; then this
            bot's dialog with 30 and 100 steps (about eight minutes)
  import    a million charge rows against a plain copy of the same file into a bare table (about five minutes)
  cabinet   /debt and /history in the office with 200 000 accounts × 36 periods in Postgres, and whether their query
            plans touch only the account (about ten minutes and 10 GB for the time)
  notices   new charges are told to 3 000 readers at Telegram's pace, once undisturbed and once through kill -9 (about six
            minutes)
  --quick   fewer processes, updates and rows: to see that it works, not to quote

Without a name all are run. Figures depend on the machine and on what else it does: the ratios of one run can
be compared. The status is 1 when a dialog did not come to its end or a plan
touches more than the account, not when an aim is missed.`;

const CABINET = { accounts: 200_000, periods: 36, residents: 5_000 };
const QUICK_CABINET = { accounts: 3_000, periods: 36, residents: 500 };

async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const unknown = positionals.find((name) => !['dialog', 'import', 'cabinet', 'notices'].includes(name));
  if (values.help) return console.log(HELP);
  if (unknown !== undefined) throw new Error(`There is no bench called '${unknown}'.\n\n${HELP}`);
  const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);
  if (wanted('dialog')) await benchDialog({ quick: values.quick, say: (line) => console.log(line) });
  if (wanted('import')) {
    const lines = importBenchLines(await benchImport(values.quick ? { rows: 50_000, pairs: 1 } : {}));
    console.log(`\n${lines.join('\n')}`);
  }
  if (wanted('cabinet')) {
    const size = values.quick ? QUICK_CABINET : CABINET;
    const cabinet = await benchCabinet(size, values.quick ? 200 : 3_000, (line) => console.log(line));
    console.log(`\n${cabinetBenchLines(cabinet).join('\n')}`);
    if (cabinet.troubles.length > 0) throw new Error('a query of the cabinet touches more than the account');
  }
  if (wanted('notices')) {
    const lines = noticesBenchLines(await benchNotices(values.quick ? { readers: 300 } : {}));
    console.log(`\n${lines.join('\n')}`);
  }
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
