import { join } from 'node:path';
import { machineClock } from '../adapters/clock.ts';
import type { Routes } from '../adapters/http/server.ts';
import type { Log } from '../adapters/log.ts';
import { importConnection } from '../adapters/postgres/import-connection.ts';
import type { Provider } from '../adapters/sms/provider.ts';
import type { Storage } from '../adapters/storage.ts';
import type { Config } from '../config/config.ts';
import type { Payee } from '../domain/payment-qr.ts';
import { hasAccounts } from '../records/accounts.ts';
import { hasImported } from '../records/registries/imports.ts';
import { setJournalAside } from '../sandbox/bot-api/journal.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { LAST_REGISTRY, settleTown } from '../sandbox/town/files.ts';
import { makeTown } from '../sandbox/town/generate.ts';
import { townHints } from '../sandbox/town/hints.ts';
import { TOWN_PAYEE, TOWN_PROVIDER_TOKEN } from '../sandbox/town/payee.ts';

/** The sandbox, and what it gives to the bot in place of the operator's settings. */
export type OpenedSandbox = Sandbox & {
  /** The group's creator. */
  seniorIds: readonly number[];
  /** Its SMS are read on the page. */
  smsProvider: Provider;
  payee: Payee;
  providerToken: string;
};

/** The Bot API on this machine with its page; a base without the whole of the made-up town gets it: what is there already stays as it is. */
export async function openSandbox(
  config: Config,
  { storage, routes, log, onStartAnew }: { storage: Storage; routes: Routes; log: Log; onStartAnew: (() => void) | undefined },
): Promise<OpenedSandbox> {
  const town = makeTown();
  if (!(await hasAccounts(storage.db))) setJournalAside(config.dataDir);
  // Judged by what comes last: each of its registries is a transaction, and a first start may be cut short between them.
  if (!(await hasImported(storage.db, LAST_REGISTRY))) {
    const edges = { connection: importConnection(storage.patientPool), clock: machineClock, timeZone: config.timeZone };
    await settleTown(edges, town, join(config.dataDir, 'town'));
  }
  const sandbox = await startSandbox({
    dataDir: config.dataDir,
    port: config.port,
    clock: machineClock,
    log,
    routes,
    town: { town, timeZone: config.timeZone },
    ...(onStartAnew && { onStartAnew }),
  });
  sandbox.showTown(townHints(town, config.readingsWindow));
  return {
    ...sandbox,
    seniorIds: sandbox
      .people()
      .filter(({ role }) => role === 'staff')
      .slice(0, 1)
      .map(({ id }) => id),
    smsProvider: {
      name: 'sandbox',
      secrets: [],
      async send({ phone, text }) {
        sandbox.receiveSms(phone, text);
        return { verdict: 'sent' };
      },
    },
    payee: TOWN_PAYEE,
    providerToken: TOWN_PROVIDER_TOKEN,
  };
}
