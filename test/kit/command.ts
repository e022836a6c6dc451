import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { RUN } from '../../src/build/places.js';
import { backupCommand } from '../../src/commands/backup/command.ts';
import { changeBotCommand } from '../../src/commands/change-bot/command.ts';
import { doctorCommand } from '../../src/commands/doctor/command.ts';
import { exportCommand } from '../../src/commands/export/command.ts';
import { importCommand } from '../../src/commands/import/command.ts';
import { issuePasswordCommand } from '../../src/commands/issue-password/command.ts';
import { journalCommand } from '../../src/commands/journal/command.ts';
import { openShell, type ShellCommand } from '../../src/commands/kit/shell.ts';
import { migrateCommand } from '../../src/commands/migrate/command.ts';
import { moveCommand } from '../../src/commands/move/command.ts';
import { personCommand } from '../../src/commands/person/command.ts';
import { qrCommand } from '../../src/commands/qr/command.ts';
import { reopenLinkingCommand } from '../../src/commands/reopen-linking/command.ts';
import { restoreCommand } from '../../src/commands/restore/command.ts';
import { ownFolder } from './own-folder.ts';

const COMMANDS = {
  backup: backupCommand,
  'change-bot': changeBotCommand,
  doctor: doctorCommand,
  export: exportCommand,
  import: importCommand,
  'issue-password': issuePasswordCommand,
  journal: journalCommand,
  migrate: migrateCommand,
  move: moveCommand,
  person: personCommand,
  qr: qrCommand,
  'reopen-linking': reopenLinkingCommand,
  restore: restoreCommand,
} satisfies Record<string, ShellCommand>;

export type CommandName = keyof typeof COMMANDS;

/** The exit status of a command, and what it said. */
export type Told = { code: number; out: string; err: string };

type Settings = Readonly<Record<string, string>>;

/**
 * Runs a command in this process, with settings and streams of its own; there is no `.env`. Files are named by whole paths. `typed`: somebody
 * sits at a terminal and types this.
 */
export async function runCommand(
  command: CommandName,
  args: readonly string[],
  settings: Settings,
  typed?: string,
): Promise<Told> {
  const [stdout, stderr] = [heard(), heard()];
  const shell = openShell(
    { env: settings, folder: await ownFolder('inkomus-command-') },
    { ...(typed !== undefined && { stdin: keyboard(typed) }), stdout: stdout.stream, stderr: stderr.stream },
  );
  const code = await COMMANDS[command]([...args], shell);
  return { code, out: stdout.said(), err: stderr.said() };
}

function keyboard(typed: string) {
  const stdin = new PassThrough();
  stdin.end(typed);
  return Object.assign(stdin, { isTTY: true });
}

function heard() {
  let all = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _, done) {
      all += chunk;
      done();
    },
  });
  return { stream, said: () => all };
}

/** Runs a command as `npm run` does, a process of its own, in an empty folder unless one is named: what the entry does for all of them. */
export async function spawnCommand(
  command: CommandName,
  args: readonly string[],
  settings: Settings,
  folder?: string,
): Promise<Told> {
  const child = startCommand(command, args, settings, folder ?? (await ownFolder('inkomus-command-')));
  const [out, err, [code]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'exit')]);
  return { code: Number(code ?? -1), out: out.toString(), err: err.toString() };
}

/** A command's process, for who ends it before it is done. */
export function startCommand(command: CommandName, args: readonly string[], settings: Settings, folder: string) {
  const entry = fileURLToPath(new URL(`../../src/commands/${command}.ts`, import.meta.url));
  return spawn(process.execPath, [RUN, entry, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
