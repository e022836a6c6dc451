import { join } from 'node:path';
import type { Metrics } from './adapters/http/metrics.ts';
import { startBoard } from './adapters/announcements/board.ts';
import { machineClock } from './adapters/clock.ts';
import type { Log } from './adapters/log.ts';
import { openLeads } from './adapters/postgres/leads.ts';
import { openDb } from './adapters/postgres/pool.ts';
import type { Wakes } from './adapters/postgres/wakes.ts';
import { startFolder } from './adapters/registries/folder/loop.ts';
import { startOutFolder } from './adapters/registries/out-folder.ts';
import { startOrders } from './adapters/registries/orders/worker.ts';
import { type ScheduledJob, startScheduledJobs } from './adapters/scheduled-jobs.ts';
import type { Storage } from './adapters/storage.ts';
import type { Config } from './config/config.ts';
import { type DeliveryChannels, joinChannels } from './delivery/channels.ts';
import { groupSendsIn } from './delivery/group-sends.ts';
import { startOutbox } from './delivery/outbox.ts';
import { createPaces } from './delivery/paces.ts';
import { outboxSource, preparing } from './delivery/source.ts';
import { deliveryHabits } from './delivery/requests/step.ts';
import type { Centre } from './office/centre.ts';
import type { Clock, StaffEdge } from './office/edges.ts';
import { type Office } from './office/office.ts';
import { createRetention, RETENTION_STEPS, type Retention } from './office/retention.ts';
import { describeError, isOutage } from './reception/describe-error.ts';
import type { Texts } from './texts/texts.ts';

export type WorkParts = {
  config: Config;
  storage: Storage;
  wakes: Wakes;
  clock: Clock;
  texts: Texts;
  log: Log;
  centre: Centre;
  office: Office;
  /** Of each messenger; the first has the staff group. */
  channels: DeliveryChannels;
  staff: StaffEdge;
  onOutboxStep: () => void;
  metrics: Metrics;
  /** Aborted at once when the process is told to end; each part is ended in its turn. */
  toldToEnd?: AbortSignal | undefined;
};

/** What a worker does unasked: sends what is in line, works registries and announcements off, does what is due. `onClose` hears how each part is ended. */
export function startWork(
  { config, storage, wakes, clock, texts, log, centre, office, channels, staff, onOutboxStep, metrics, toldToEnd }: WorkParts,
  onClose: (close: () => Promise<unknown> | void) => void,
): { /** What is due is done at once. */ hurry: () => void } {
  const { paces, home, send, messenger, bot, staffVoice, fetchFile } = joinChannels(channels, toldToEnd);
  const pace = createPaces(paces, home);
  const common = { db: storage.db, clock, paceClock: machineClock, texts, log, pace };
  const { timeZone } = config;
  const prepare = preparing({
    notices: { ...common, asOfNow: office.noticeJudge.asOfNow, send, onGivenUp: () => metrics.givenUp.inc({ kind: 'notice' }) },
    deliveries: {
      ...common,
      messenger,
      bot,
      centre,
      timeZone,
      ...deliveryHabits(),
      onGivenUp: (kind) => metrics.givenUp.inc({ kind }),
    },
    deletions: { ...common, messenger, onGivenUp: () => metrics.givenUp.inc({ kind: 'deletion' }) },
  });
  const leads = openLeads({ url: storage.url, bell: wakes.bell('leads') });
  onClose(leads.close);
  showLeads(metrics, leads.held);
  onClose(
    startOutbox({
      source: outboxSource({ db: storage.db, clock, timeZone }, prepare),
      pace,
      leads,
      paceClock: machineClock,
      groupSends: groupSendsIn(storage.db),
      log,
      bell: wakes.bell('outbox'),
      onStep: onOutboxStep,
    }).stop,
  );
  const orders = {
    db: storage.db,
    pool: storage.patientPool,
    clock,
    paceClock: machineClock,
    texts,
    voice: staffVoice,
    staff,
    fetchFile,
    timeZone,
    readingRules: {
      readingsWindow: config.readingsWindow,
      refusedReadingDays: centre.refusedReadingDays,
      meterZones: centre.meterZones,
    },
    layouts: centre.layouts,
    log,
    toldToEnd,
  };
  onClose(startOrders(leads, wakes.bell('registry_orders'), orders).stop);
  const registries = join(config.dataDir, 'registries');
  const { readings, payments } = config.exportSchedules;
  if (readings || payments)
    onClose(startOutFolder(leads, { ...orders, folder: join(registries, 'out'), schedules: config.exportSchedules }).stop);
  onClose(startFolder(leads, { ...orders, folder: registries, fileClock: machineClock }).stop);
  onClose(startBoard(leads, wakes.bell('announcements'), { ...orders, announcing: office.announcing }).stop);
  // A year's rows are not forgotten in the time of an answer.
  const retention = createRetention({
    db: openDb(storage.patientPool),
    clock,
    isOutage,
    onFailed(step, error) {
      metrics.jobFailures.inc({ scheduled_job: forgetting(step) });
      log.warn({ scheduledJob: forgetting(step), ...describeError(error) }, 'what is old could not be forgotten');
    },
  });
  const jobs = dueAgain(office, retention, wakes, log);
  // An alert on what never happened would else be blind to its first time.
  for (const name of [...jobs.map((job) => job.name), ...RETENTION_STEPS.map(forgetting)])
    metrics.jobFailures.inc({ scheduled_job: name }, 0);
  const scheduledJobs = startScheduledJobs(jobs, (scheduledJob, error) => {
    metrics.jobFailures.inc({ scheduled_job: scheduledJob });
    log.warn({ scheduledJob, ...describeError(error) }, 'a scheduled job failed');
  });
  onClose(scheduledJobs.stop);
  return { hurry: scheduledJobs.hurry };
}

/** A step of retention, as logs and metrics name it. */
const forgetting = (step: string) => `forgetting: ${step}`;

/** The parts of the worker's work of which one process does all at a time. */
const LED = ['outbox', 'registry orders', 'registry folder', 'scheduled exports', 'announcements'];

function showLeads({ leads }: Metrics, held: () => string[]): void {
  Object.assign(leads, {
    collect() {
      // The folder's name goes on with where it is.
      for (const part of LED) leads.set({ part }, held().some((name) => name === part || name.startsWith(`${part} `)) ? 1 : 0);
    },
  });
}

function dueAgain(office: Office, retention: Retention, wakes: Wakes, log: Log): ScheduledJob[] {
  const tellNews = async () => {
    const { finished, isMore } = await office.newsScans.goOn();
    for (const scan of finished) log.info(scan, 'news was put in line');
    return isMore ? 'soon' : 'later';
  };
  return [
    {
      name: 'news',
      everyMs: 120_000,
      // The files of one import come one after another, and what they bring is told together.
      woken: { bell: wakes.bell('registry_imports'), afterMs: 11_000, deafMs: 5_000 },
      work: tellNews,
    },
    { name: 'payments that no registry brings', everyMs: 600_000, work: () => office.payments.tellLate() },
    { name: 'answers that are late', everyMs: 30_000, work: () => office.norms.raise() },
    { name: 'answered requests that are over', everyMs: 300_000, work: () => office.quietRequests.close() },
    { name: 'the list of requests', everyMs: 20_000, work: () => office.openRequests.keepCurrent() },
    { name: 'digest', everyMs: 60_000, work: () => office.digest.tell() },
    { name: 'forgetting', everyMs: 3_600_000, work: (stop) => retention.deleteExpired(stop) },
  ];
}
