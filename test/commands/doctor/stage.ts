import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examine } from '../../../src/commands/doctor/examine.ts';
import type { Finding } from '../../../src/commands/doctor/finding.ts';
import { keyPrints } from '../../../src/adapters/keyring.ts';
import { COMMAND_LINE } from '../../../src/domain/audit-actors.ts';
import { insertAuditEntry } from '../../../src/records/audit-log.ts';
import type { Db } from '../../../src/records/database.ts';
import { EXAMPLE_CENTRE } from '../../../src/config/config.ts';
import { TOWN_PAYEE } from '../../../src/sandbox/town/payee.ts';
import { playingProvider } from '../../adapters/sms/playing-provider.ts';
import { type BotApi, type Interference, startBotApi, TOKEN } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';
import * as make from '../../kit/make.ts';
import { passableFolder } from '../../kit/passable-folder.ts';
import { testDatabase } from '../../kit/postgres.ts';

export const NOW = new Date('2026-11-20T09:00:00Z');
export const SECRETS = {
  BOT_TOKEN: TOKEN,
  SECRET_KEY: 'cd'.repeat(32),
  SMSRU_API_ID: '5ecret-0-api',
  WEBHOOK_SECRET: 'hook-5ecret',
};
export const MINUTE_MS = 60_000;
const [GROUP, SENIOR] = [-1001, 801];

export const OWNER = `bot ${TOKEN.split(':')[0]}` as const;

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type Change = { env?: Record<string, string>; telegram?: Record<string, Interference>; balance?: number; now?: Date };

/** What an operator does by mistake, and the line that says so. */
export type Mistake = readonly [mistake: string, change: (stage: Stage) => Change | Promise<Change>, line: RegExp];

/** An installation in which all is well, on one database for the tests of a file: each makes one mistake. */
async function openStage() {
  const [database, telegram, provider, folder] = await Promise.all([
    testDatabase(),
    startBotApi(),
    playingProvider(),
    passableFolder('inkomus-doctor-'),
  ]);
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const centreFile = join(folder, 'centre.json');
  const example = JSON.parse(await readFile(EXAMPLE_CENTRE, 'utf8'));
  const own = {
    ...example,
    phones: [{ number: '+7 (8634) 31-00-01', about: 'справочная' }],
    paymentPoints: [{ ...example.paymentPoints[0], address: 'г. Таганрог, ул. Петровская, 1', phone: undefined }],
    holidays: ['2026-12-31', '2027-01-01', '2027-05-01'],
    // Whatever the law says today, nothing runs out soon.
    penalty: example.penalty.map((row: object, i: number, all: readonly object[]) =>
      i === all.length - 1 ? { ...row, until: '2027-12-31' } : row,
    ),
  };
  await writeFile(centreFile, JSON.stringify(own));
  const { db } = database;
  const finishedAt = new Date(NOW.getTime() - 60 * MINUTE_MS);
  for (const kind of ['accounts', 'charges', 'payments', 'meters'] as const) await make.registryImport(db, { kind, finishedAt });
  await db
    .insertInto('dataOwner')
    .values({ owner: OWNER, keyPrint: keyPrints(SECRETS.SECRET_KEY)[0] ?? null })
    .execute();
  await insertAuditEntry(db, { who: COMMAND_LINE, name: 'inkomus', what: 'data.backup' }, finishedAt);
  await bringToWork(db);
  await make.account(db, { number: '0012345' });
  const env: Record<string, string> = {
    ...SECRETS,
    DATABASE_URL: database.url,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    STAFF_CHAT_ID: String(GROUP),
    STAFF_SENIOR_IDS: String(SENIOR),
    SMS_PROVIDER: 'smsru',
    SMS_API_ROOT: provider.root,
    CENTRE_FILE: centreFile,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    ...payee(),
  };

  return {
    ...database,
    folder,
    dataDir,
    own,
    /** What doctor finds there after a change. */
    async findingsOf({ env: changed = {}, telegram: says = {}, balance = 5_000, now = NOW }: Change = {}): Promise<Finding[]> {
      telegramSays(telegram, says);
      provider.answers(200, { status: 'OK', balance });
      return examine(String, { env: { ...env, ...changed }, folder, now });
    },
    /** The path of a file beside the others. */
    async written(name: string, content: string | Buffer): Promise<string> {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    /** The database's address, but for this. */
    urlWith(change: (url: URL) => void): string {
      const url = new URL(database.url);
      change(url);
      return url.href;
    },
    async close() {
      await telegram.close();
      provider.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Some process of the bot leads. */
export async function bringToWork(db: Db): Promise<void> {
  await db
    .insertInto('leads')
    .values({ name: 'outbox', holder: 'a worker', until: new Date(Date.now() + 86_400_000) })
    .execute();
}

export function payee(change: Partial<typeof TOWN_PAYEE> = {}): Record<string, string> {
  const { name, inn, account, bank, bic, corrAccount } = { ...TOWN_PAYEE, ...change };
  const values = { NAME: name, INN: inn, ACCOUNT: account, BANK: bank, BIC: bic, CORR_ACCOUNT: corrAccount };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`PAYEE_${key}`, value]));
}

export const MEMBER = { status: 'administrator', can_manage_topics: true, can_delete_messages: true };

/** Telegram as it should be, but for these methods. */
function telegramSays(telegram: BotApi, change: Readonly<Record<string, Interference>> = {}): void {
  const well: Record<string, Interference> = {
    getWebhookInfo: { result: { url: '', has_custom_certificate: false, pending_update_count: 0 } },
    getChat: { result: { id: GROUP, type: 'supergroup', title: 'Обращения', is_forum: true } },
    getChatMember: { result: MEMBER },
  };
  telegram.interfereWith(({ method }) => change[method] ?? well[method]);
}

/** The stage of a file's tests, open while they run. */
export function useStage(): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage();
  }, 300_000);
  afterAll(() => stage?.close());
  return () => {
    if (!stage) throw new Error('the stage is not open');
    return stage;
  };
}

export const bad = (findings: readonly Finding[]) => findings.filter(({ level, about }) => level !== 'good' && about !== 'Node');
export const textOf = (findings: readonly Finding[]) =>
  findings.map(({ level, about, says }) => `${level} ${about}: ${says}`).join('\n');

/** One mistake is one line (of requisites, one for each that it makes wrong), with a next move, and no value. */
export function testMistakes(stage: () => Stage, mistakes: readonly Mistake[]): void {
  test.each(mistakes)(
    '%s',
    async (_, change, line) => {
      const findings = await stage().findingsOf(await change(stage()));
      const said = textOf(findings);
      expect(said).toMatch(line);
      const others = bad(findings).filter((finding) => finding.about !== 'реквизиты' && !line.test(textOf([finding])));
      expect(others, said).toEqual([]);
      for (const secret of [...Object.values(SECRETS), '5ecret', 'p@ss', stage().url]) expect(said).not.toContain(secret);
    },
    60_000,
  );
}
