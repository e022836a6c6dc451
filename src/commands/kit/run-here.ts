import { keepFilesPrivate } from '../../adapters/private-files.ts';
import { openShell, type ShellCommand } from './shell.ts';

/** Runs a command as this process: with its arguments, settings and streams, and its exit status. */
export async function runHere(command: ShellCommand): Promise<void> {
  keepFilesPrivate();
  const { stdin, stdout, stderr } = process;
  // Whoever reads has read enough (`| head`): that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await command(
    process.argv.slice(2),
    openShell({ env: undefined, folder: process.cwd() }, { stdin, stdout, stderr }),
  );
}
