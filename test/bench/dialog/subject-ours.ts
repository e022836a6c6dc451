/** Ours, with all that a resident's message passes: secret, turn, repeats, seal, interruptions, the dialog kit, texts, measurements. */
import { copyFileSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createMetrics } from '../../../src/adapters/http/metrics.ts';
import { startWeb } from '../../../src/adapters/http/server.ts';
import { openKeyring } from '../../../src/adapters/keyring.ts';
import { createLog } from '../../../src/adapters/log.ts';
import { openRedis } from '../../../src/adapters/redis.ts';
import { redisTurns } from '../../../src/adapters/turns/redis.ts';
import { assembleBot } from '../../../src/channels/telegram/assemble.ts';
import { createTelegramClient } from '../../../src/channels/telegram/client.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import { createWebhook } from '../../../src/channels/telegram/webhook.ts';
import type { Dialog } from '../../../src/dialogs/kit/scene.ts';
import type { DeadLetters } from '../../../src/office/dead-letters.ts';
import type { Inbox } from '../../../src/office/inbox.ts';
import type { PaymentIntake } from '../../../src/office/money/payment-intake.ts';
import type { Desk } from '../../../src/office/staff/desk.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { testPaperDesk } from '../../kit/chat/paper-desk.ts';
import { API_ROOT, doneWith, isAnswer, REDIS_URL, reportTo, SECRET, STEPS, TOKEN } from './steps.ts';

const fail = async () => {
  throw new Error('An update failed or was slow: the figures would be worth nothing');
};
const office = {
  residents: {
    visitor: async () => ({ who: 'guest' as const, accounts: [] }),
    who: async () => ({ who: 'guest' as const }),
  },
  links: { list: async () => ({ outcome: 'guest' as const }) },
  lastTold: { note: async () => undefined, noteInstead: async () => undefined, noteLetter: async () => undefined },
  awaitedSecrets: { expect: async () => undefined, isExpected: async () => false, isOver: async () => undefined },
  inbox: {
    leaseMs: 8_000,
    keep: fail,
    beat: fail,
    claim: async () => ({ claimed: [], others: [], waits: false, unreadable: [] }),
    stillOwned: fail,
    takeOut: fail,
    cameAgain: fail,
    leave: fail,
  } satisfies Inbox,
  deadLetters: { putAside: fail, cameAgain: fail, cannotComeAgain: fail } satisfies DeadLetters,
  notices: { welcomeBack: async () => undefined },
  staffMembers: { role: async () => ({ role: 'none' as const }) },
  requests: { ofMessage: async () => ({ outcome: 'unknown' as const }), edited: fail, openOnes: fail },
  ownReadings: { addToAlbum: fail },
  staffRegistries: { fits: fail },
  desk: new Proxy({} as Desk, { get: () => fail }),
  resolutions: { press: fail },
  handCredits: {
    credit: fail,
    confirmCredit: fail,
    dropCredit: fail,
    takeBackCredit: fail,
    refunded: fail,
    refuse: fail,
    settle: fail,
    confirmEnd: fail,
    dropEnd: fail,
    takeBackEnd: fail,
  },
  stats: { show: fail, see: fail, sheet: fail },
  openRequests: { page: fail, post: fail, showPage: fail, notePinned: fail, keepCurrent: fail },
  paymentIntake: { checkout: fail, releaseCheckout: fail, credit: fail, hold: fail, refund: fail } satisfies PaymentIntake,
};

/** The real texts, and the dialog's own beside them. */
function benchTexts(): URL {
  const folder = mkdtempSync(`${tmpdir()}/bench-texts-`);
  cpSync(new URL('../../../src/texts/ru/', import.meta.url), folder, { recursive: true });
  copyFileSync(new URL('./bench.ftl', import.meta.url), `${folder}/bench.ftl`);
  return pathToFileURL(`${folder}/`);
}

const Reply = z.string().refine(isAnswer, 'words-expected');
const dialog: Dialog<typeof office> = async ({ ask, say }) => {
  const answers: string[] = [];
  for (let step = 1; step <= STEPS; step += 1) answers.push(await ask('bench-question', Reply, { step, steps: STEPS }));
  await say('bench-done', { text: doneWith(answers) });
};

const metrics = createMetrics();
const client = createTelegramClient();
const me = { id: 1, is_bot: true as const, first_name: 'Bench', username: 'bench_bot' } as Parameters<
  typeof assembleBot
>[0]['settings']['me'];
const { intake } = assembleBot({
  settings: { token: TOKEN, apiRoot: API_ROOT, me, client },
  office,
  // The menu's «Вход» opens it.
  chapters: { 'sign-in': { dialog, version: 'b1', changesMenu: false } },
  turns: redisTurns(openRedis(REDIS_URL), openKeyring('ab'.repeat(32))),
  texts: loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() }, benchTexts()),
  papers: testPaperDesk(),
  staffGroup: openStaffGroup(undefined),
  log: createLog('warn'),
  metrics,
});
const web = await startWeb({
  port: 0,
  host: '127.0.0.1',
  routes: new Map([['/hook', createWebhook({ secret: SECRET, accept: intake.accept, onError: () => process.exit(1) })]]),
  onError: () => process.exit(1),
});
reportTo(web.port);
