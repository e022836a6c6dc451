import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

/** Once a file is enough. */
const told = new Set<string>();

/**
 * `test` for what only a program of this machine can show (`pdftotext`, `zbarimg`, `soffice` …). Without it the test is skipped, loudly;
 * where `TOOLS=required` it is an error.
 */
export function withTool(...programs: readonly string[]): typeof test {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length === 0) return test;
  const sentence = `no ${missing.join(', no ')} on PATH: the tests that need it do not run`;
  if (process.env['TOOLS'] === 'required') throw new Error(sentence);
  if (!told.has(sentence)) console.error(`\n  !!! ${sentence}\n`);
  told.add(sentence);
  return test.skip as unknown as typeof test;
}

/** Runs a program with `input` on its standard input; answers what it wrote. Throws when it fails. */
export function runTool(program: string, args: readonly string[], input?: Uint8Array): Buffer {
  // A machine without a locale takes names of files for bytes of ASCII, and LibreOffice names files by Russian sheets.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return execFileSync(program, args, { env, maxBuffer: 1 << 27, stdio: ['pipe', 'pipe', 'ignore'], ...(input && { input }) });
}

function isThere(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
