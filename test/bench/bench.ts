import { parseArgs } from 'node:util';
import { benchDialog } from './dialog/compare.ts';
import { benchImport, importBenchLines } from './import.ts';

const HELP = `npm run bench [-- [dialog] [import] [--quick]]

  dialog    what an update costs: a dialog of 7 steps through webhook, Redis and a local Bot API, for this bot,
            Telegraf's WizardScene and bare node:http with ioredis, five processes each, in turns; then this
            bot's dialog with 30 and 100 steps (about eight minutes)
  import    a million charge rows against a plain copy of the same file into a bare table (about five minutes)
  --quick   fewer processes, updates and rows: to see that it works, not to quote

Without a name both are run. Figures depend on the machine and on what else it does: the ratios of one run can
be compared. The status is 1 when a dialog did not come to its end, not when an aim is missed.`;

async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const unknown = positionals.find((name) => name !== 'dialog' && name !== 'import');
  if (values.help) return console.log(HELP);
  if (unknown !== undefined) throw new Error(`There is no bench called '${unknown}'.\n\n${HELP}`);
  const wanted = (name: string) => positionals.length === 0 || positionals.includes(name);
  if (wanted('dialog')) await benchDialog({ quick: values.quick, say: (line) => console.log(line) });
  if (wanted('import')) {
    const lines = importBenchLines(await benchImport(values.quick ? { rows: 50_000, pairs: 1 } : {}));
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
