import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../build/places.js';
import type { Exports } from './paid-by-card.ts';

const COMMAND = fileURLToPath(new URL('../../commands/export.ts', import.meta.url));
/** There is no such export: the answer names the last one. */
const NONE_SUCH = '999999999';

/** `npm run export -- payments` beside the running program, by the same settings; with `folder` for its files. */
export function exportsOfProgram(folder: string): Exports {
  /** Its status, what it said, and the file that it wrote. */
  async function exported(...args: string[]): Promise<{ status: number | null; said: string; file: string }> {
    const aside = await mkdtemp(join(folder, 'export-'));
    try {
      const out = join(aside, 'payments.csv');
      const ended = await run(['payments', ...args, '--out', out]);
      return { ...ended, file: ended.status === 0 ? await readFile(out, 'utf8') : '' };
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }

  return {
    async exportNew() {
      const { status, said } = await exported();
      if (status !== 0) throw new Error(`the export of payments ended with status ${status}: ${said}`);
      const made = numberIn(said);
      return made > 0 ? made : numberIn((await exported('--number', NONE_SUCH)).said, 'последняя');
    },
    async readAgain(exportNumber) {
      const { status, said, file } = await exported('--number', String(exportNumber));
      if (status !== 0 && status !== 1) throw new Error(`the export of payments ended with status ${status}: ${said}`);
      return status === 0 ? file : undefined;
    },
  };
}

/** `выгрузка № 3`; 0 where none is named. */
function numberIn(said: string, word = 'выгрузка'): number {
  return Number(new RegExp(`${word}\\D*№\\s*(\\d+)`).exec(said)?.[1] ?? 0);
}

async function run(args: readonly string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [RUN, COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, said };
}
