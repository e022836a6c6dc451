import { createBackground } from './adapters/background.ts';
import { loadCentre } from './adapters/centre-file.ts';
import { machineClock } from './adapters/clock.ts';
import { probeDisk, probeDiskOf } from './adapters/disk-probe.ts';
import type { Metrics } from './adapters/http/metrics.ts';
import { createReadiness } from './adapters/http/readiness.ts';
import { healthRoutes, startWeb } from './adapters/http/server.ts';
import { openWorkGauges } from './adapters/http/work-gauges.ts';
import { openKeyring } from './adapters/keyring.ts';
import type { Log } from './adapters/log.ts';
import { createPaperCache } from './adapters/paper-cache.ts';
import { createPasswordHasher } from './adapters/passwords.ts';
import { openWakes } from './adapters/postgres/wakes.ts';
import { openPulse } from './adapters/pulse.ts';
import { randomness } from './adapters/randomness.ts';
import { codeInWords, redisSentence } from './adapters/redis-away.ts';
import { startScheduledJobs } from './adapters/scheduled-jobs.ts';
import { createCodeSender } from './adapters/sms/chain.ts';
import { createHttp } from './adapters/sms/http.ts';
import type { Provider } from './adapters/sms/provider.ts';
import { mayComeIntoChat, openProviders } from './adapters/sms/providers.ts';
import { openRedisOf, openTurnsOn } from './adapters/storage.ts';
import { aboutOf } from './app/about.ts';
import { actsOf, sentCodesOf } from './app/measured.ts';
import { claimAll, type ConnectedMessengers, drainAll, openDeliveries } from './app/messengers.ts';
import type { OnClose } from './app/on-close.ts';
import { openData } from './app/open-data.ts';
import type { OpenedSandbox } from './app/open-sandbox.ts';
import { assembleBot } from './channels/telegram/assemble.ts';
import { connectTelegram } from './channels/telegram/connect.ts';
import { openDeliveryChannel } from './channels/telegram/delivery-channel.ts';
import { MESSENGER } from './channels/telegram/ids.ts';
import { introduce } from './channels/telegram/introduce.ts';
import { TEXT_LIMITS } from './channels/telegram/limits.ts';
import { receiveUpdates } from './channels/telegram/receive.ts';
import { openStaffGroupOf } from './channels/telegram/staff-group-moves.ts';
import { openStaffGroup } from './channels/telegram/staff-group.ts';
import { createGroupMembership } from './channels/telegram/staff-members.ts';
import { describeUpdateError, sentenceOf, tellUpdateError } from './channels/telegram/update-error.ts';
import type { Config } from './config/config.ts';
import { nodeWarning, warningsOf } from './config/warnings.ts';
import { chapters } from './dialogs/chapters.ts';
import { leastOf } from './domain/text-limits.ts';
import { countActs } from './office/count-acts.ts';
import { createOffice } from './office/office.ts';
import { lookAtWork } from './office/work-standing.ts';
import { createRenderPool } from './papers/render-pool.ts';
import type { Receiving } from './reception/channel.ts';
import { describeError } from './reception/describe-error.ts';
import { probeWriting } from './records/write-probe.ts';
import { loadTexts } from './texts/texts.ts';
import { startWork } from './work.ts';

/** `web` takes updates, `worker` sends notices and does what is due; one process can be both. */
export type Role = 'all' | 'web' | 'worker';

export type App = {
  /** Where a person looks: the sandbox's page; undefined on Telegram. */
  page: string | undefined;
  /** What runs, for the operator: whose bot, which group, where the data are, where it listens. */
  about: Readonly<Record<string, string | number | boolean>>;
  /** Takes no more, finishes what is under way, closes all. */
  close: () => Promise<void>;
};

const FINISH_MS = 25_000;
/** Its steps are seconds apart; a lead that has to be taken anew and a query that is given up take less. */
const OUTBOX_SILENT_SECONDS = 60;
/** How often it is looked whether a process died while it has something. */
const CLAIM_MS = 2_000;
/** What comes into the inbox in so short a time is looked at once. */
const GATHER_MS = 300;
/** How often it is looked whether something came in of which nothing was heard. */
const AT_REST_MS = 30_000;

/** What only who holds the app can do about it. */
export type Holder = {
  /** We cannot go on without a part that broke. */
  onLost: (what: string) => void;
  /** The sandbox's person wants a new town: close this app, delete its folder, open another. */
  onStartAnew?: () => void;
  /** Aborted when the process is told to end, before anything is closed; not where it ends because of an error. */
  toldToEnd?: AbortSignal;
};

/** Opens everything; what was opened is closed again when a later part cannot be. */
export async function openApp(config: Config, role: Role, told: Reporting, holder: Holder): Promise<App> {
  const { log } = told;
  const closers: (() => Promise<unknown> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).toReversed())
      await Promise.resolve(close()).catch((error: unknown) => log.error(describeError(error), 'closing'));
  };
  try {
    return {
      ...(await open(config, role, told, holder, (close) => void closers.push(close))),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Where the operator hears of it. */
type Reporting = { log: Log; metrics: Metrics };

/** What is opened later is closed earlier. */
async function open(
  config: Config,
  role: Role,
  { log, metrics }: Reporting,
  { onLost, onStartAnew, toldToEnd }: Holder,
  onClose: OnClose,
): Promise<Omit<App, 'close'>> {
  const centre = await loadCentre(config.centreFile);
  // First: a misspelled PROXY_URL or REDIS_URL is often why what comes next waits for ever.
  for (const warning of config.warnings) log.warn(warning);
  const oldNode = nodeWarning(process.versions.node, machineClock());
  if (oldNode !== undefined) log.warn(oldNode);
  const telegram = config.mode === 'bot' ? config : undefined;

  // Before what is waited for: of each neighbour that is away it is told, whichever other one is.
  const redis = await openRedisOf(config.redisUrl, {
    onAway: (why) => log.warn({ why }, redisSentence(codeInWords(why) ?? 'нет ответа')),
    onBack: () => log.info('Redis is back'),
  });
  if (redis) onClose(() => redis.disconnect());
  const { storage, keys, claim } = await openData(config, { log, onLost, onClose });
  if (!telegram) await claim();
  const keyring = openKeyring(keys.secretKey);
  const turns = await openTurnsOn(redis, storage, keyring);
  onClose(turns.close);
  const wakes = openWakes({ url: storage.url, pool: storage.pool });
  onClose(wakes.close);

  const readiness = createReadiness();
  readiness.watch({ name: 'postgres', look: () => probeWriting(storage.db).then(() => undefined) });
  if (!telegram?.databaseUrl) readiness.watch({ name: 'disk', look: () => probeDisk(config.dataDir).then(() => undefined) });
  // Registries come in and go out there, wherever the database is.
  else if (role !== 'web') readiness.watch({ name: 'disk', look: () => probeDiskOf(config.dataDir).then(() => undefined) });
  if (redis) readiness.watch({ name: 'redis', look: () => turns.ping().then(() => undefined) });
  // The gauges come later: until then there is no time to go by.
  let refreshGauges = async () => undefined as void;
  const figures = () => refreshGauges().then(() => metrics.registry.metrics());
  const health = healthRoutes(readiness, { figures, contentType: metrics.registry.contentType }, config.owner);
  let sandbox: OpenedSandbox | undefined;
  if (!telegram) {
    // A bot does without it.
    const { openSandbox } = await import('./app/open-sandbox.ts');
    sandbox = await openSandbox(config, { storage, routes: health, log, onStartAnew });
  }
  if (sandbox) onClose(sandbox.close);
  const clock = sandbox?.clock ?? machineClock;
  const texts = loadTexts({ timeZone: config.timeZone, clock, meterZones: centre.meterZones });
  // The sandbox's Bot API is on this machine.
  const way = { apiRoot: telegram?.telegramApiRoot ?? sandbox?.apiRoot ?? '', proxyUrl: telegram?.proxyUrl };
  const onError = tellUpdateError(log, (error) => sentenceOf(error, way));
  const routes = new Map(health);
  // The sandbox serves them on its own port.
  const web = sandbox ? undefined : await startWeb({ port: config.port, host: config.host, routes, onError });
  if (web) onClose(web.close);

  const onSilence = (error: unknown) => {
    readiness.waitFor('Telegram');
    log.warn(describeUpdateError(error), sentenceOf(error, way));
  };
  const measured = metrics.ofMessenger(MESSENGER);
  const connection = await connectTelegram({
    token: telegram?.botToken ?? sandbox?.token ?? '',
    ...way,
    onFloodWait: measured.floodWait,
    onSilence,
    onClose,
  });
  const { api } = connection;
  // Telegram knows the token: this is the bot whose data they will be.
  if (telegram) await claim();
  // The sandbox follows its group by itself.
  const staffGroup =
    config.staffChatId === undefined
      ? openStaffGroup(sandbox?.staffChatId)
      : await openStaffGroupOf(config.staffChatId, storage.db, log);
  // In the sandbox, where nobody was named, its own.
  const seniorIds = config.staffSeniorIds.length > 0 ? config.staffSeniorIds : (sandbox?.seniorIds ?? []);
  const staff = createGroupMembership(api, staffGroup, seniorIds, machineClock, (reason) =>
    log.warn(
      { reason },
      'STAFF_CHAT_ID: Telegram не говорит, кто состоит в группе сотрудников: сделайте бота в ней администратором',
    ),
  );

  const background = createBackground((error) => log.error(describeError(error), 'work after an answer failed'));
  onClose(background.settled);
  const providerToken = config.paymentProviderToken ?? sandbox?.providerToken;
  const office = countActs(
    createOffice({
      db: storage.db,
      clock,
      randomness,
      keyring,
      passwords: createPasswordHasher(keyring),
      sendCode: createCodeSender(sandbox ? [sandbox.smsProvider] : providersOf(config, log), machineClock, sentCodesOf(metrics)),
      codeText: (code, purpose) => texts.text('sms-code', { code, purpose }),
      background: background.run,
      staff,
      centre,
      settings: {
        passwordMinLength: config.passwordMinLength,
        smsHourlyLimit: config.smsHourlyLimit,
        smsDailyLimit: config.smsDailyLimit,
        timeZone: config.timeZone,
        codesInChat: config.mode === 'bot' && mayComeIntoChat(config.sms),
        readingsWindow: config.readingsWindow,
        payee: config.payee ?? sandbox?.payee ?? null,
        cards: providerToken === undefined ? [] : [MESSENGER],
        textLimits: leastOf([TEXT_LIMITS]),
      },
    }),
    actsOf(metrics),
  );
  const { timeZone, readingsWindow, exportSchedules } = config;
  const ofStanding = { timeZone, readingsWindow, readingsOut: exportSchedules.readings };
  const standing = () => lookAtWork({ db: storage.db, clock, centre, settings: ofStanding });
  const gauges = openWorkGauges(metrics.registry, standing, { nowMs: () => clock().getTime() });
  refreshGauges = gauges.refresh;
  onClose(gauges.close);

  if (telegram && !telegram.payee)
    log.warn('PAYEE_…: не заданы: в квитанциях не будет ни реквизитов, ни QR-кода; задайте все шесть');

  const renderPool = createRenderPool({ timeZone: config.timeZone, meterZones: centre.meterZones });
  onClose(renderPool.close);
  const { intake } = assembleBot({
    settings: { ...connection, providerToken },
    office,
    chapters,
    turns,
    texts,
    staffGroup,
    papers: createPaperCache({ db: storage.db, clock, draw: renderPool.drawPaper, messenger: MESSENGER }),
    log,
    metrics,
  });
  const messengers: ConnectedMessengers = [
    {
      intake,
      openDelivery: () =>
        openDeliveryChannel({
          connection,
          proxyUrl: telegram?.proxyUrl,
          staffGroup,
          draw: renderPool.drawPaper,
          onClose,
        }),
      receive: () =>
        receiveUpdates({
          api,
          intake,
          webhook: telegram?.webhook,
          routes,
          readiness,
          log,
          onError,
          onSilence,
          onRefused: measured.fetchRefused,
        }),
    },
  ];
  const receiving: Receiving[] = [];
  onClose(() => Promise.all(receiving.map((each) => each.confirm())));
  onClose(() => drainAll(messengers, FINISH_MS));
  // Before the first update is taken it is known what others have, and what the dead left.
  const claimFromOthers = () => claimAll(messengers);
  await claimFromOthers();
  const claims = startScheduledJobs(
    [
      {
        name: 'updates of dead processes',
        everyMs: AT_REST_MS,
        woken: { bell: wakes.bell('update_inbox'), afterMs: GATHER_MS, deafMs: CLAIM_MS },
        work: claimFromOthers,
      },
    ],
    (_, error) => onError(error),
  );
  onClose(claims.stop);

  if (role !== 'web') {
    const outboxPulse = openPulse();
    readiness.watch({
      name: 'outbox',
      look: () => (outboxPulse.ageSeconds() > OUTBOX_SILENT_SECONDS ? `${outboxPulse.ageSeconds()} s` : undefined),
    });
    const { hurry } = startWork(
      {
        config,
        storage,
        wakes,
        clock,
        texts,
        log,
        centre,
        office,
        channels: openDeliveries(messengers),
        staff,
        onOutboxStep: outboxPulse.beat,
        metrics,
        toldToEnd,
      },
      onClose,
    );
    sandbox?.onEvent((event) => (event.type === 'clock' || event.type === 'registry') && hurry());
  }

  onClose(async () => {
    readiness.close();
    await Promise.all([...receiving.map((each) => each.stop()), web?.close()]);
  });
  let group: string | undefined;
  if (role !== 'worker') {
    for (const { receive } of messengers) receiving.push(await receive());
    const introduceIn = () => introduce(api, staffGroup.id(), (text) => texts.text(text), log);
    group = await introduceIn();
    // The page's «Сделать группой сотрудников» is the sandbox's STAFF_CHAT_ID.
    sandbox?.onEvent((event) => {
      if (event.type !== 'staff-chat' || !event.isNamed) return;
      staffGroup.moved(event.chatId);
      void introduceIn();
    });
  }
  for (const warning of await warningsOf(config, centre, machineClock())) log.warn(warning);
  readiness.open();
  void sandbox?.moveIn();
  return { page: sandbox?.url, about: aboutOf(config, { bot: connection.me.username, group, port: web?.port }) };
}

function providersOf(config: Config, log: Log): Provider[] {
  const providers = config.mode === 'bot' ? openProviders(config.sms, createHttp()) : [];
  if (providers.length === 0)
    log.warn('SMS_PROVIDER: не задан: код отправить нечем, и никто не сможет зарегистрироваться; выберите провайдера');
  return providers;
}
