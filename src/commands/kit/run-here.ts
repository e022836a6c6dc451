import { keepFilesPrivate } from '../../adapters/private-files.ts';
import { openShell, type ShellCommand } from './shell.ts';

/** Runs a command as this process: with its arguments, settings and streams, and its exit status. */
export async function runHere(command: ShellCommand): Promise<void> {
  keepFilesPrivate();
  const { stdout, stderr } = process;
  process.exitCode = await command(
    process.argv.slice(2),
    openShell({ env: undefined, folder: process.cwd() }, { stdout, stderr }),
  );
}
