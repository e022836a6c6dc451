import type { Centre } from '../../office/centre.ts';
import { lookAtWork, type StandingSettings, type WorkStanding } from '../../office/work-standing.ts';
import type { Db } from '../../records/database.ts';
import type { RegistryKind } from '../../records/registries/imports.ts';
import type { AtWork } from './at-work.ts';
import { ageOf, counted, type Finding, type Findings, good, warning } from './finding.ts';

const DAY_MS = 86_400_000;
const LATE_MS = 600_000;

type ExpectedRegistry = { title: string; daysBetween: number; isNeeded: boolean };

/** What billing brings, and after how many days its absence shows. */
const REGISTRIES: Readonly<Record<RegistryKind, ExpectedRegistry>> = {
  accounts: { title: 'лицевые счета', daysBetween: 45, isNeeded: true },
  charges: { title: 'начисления', daysBetween: 45, isNeeded: true },
  payments: { title: 'платежи', daysBetween: 7, isNeeded: true },
  meters: { title: 'счётчики', daysBetween: 45, isNeeded: true },
  reading_answers: { title: 'ответы на показания', daysBetween: 60, isNeeded: false },
};

/** Whether the bot is at work, what billing brought last, and what waits for how long. */
export async function lookAtWorkOf({
  db,
  centre,
  settings,
  now,
  atWork,
}: {
  db: Db;
  centre: Centre;
  settings: StandingSettings;
  now: Date;
  atWork: AtWork;
}): Promise<Findings> {
  const standing = await lookAtWork({ db, clock: () => now, centre, settings });
  return [atWork.finding, ...importsOf(standing, now), ...linesOf(standing, atWork.isThere, now), ...deskOf(standing, now)];
}

function importsOf({ imports }: WorkStanding, now: Date): Finding[] {
  return Object.entries(REGISTRIES).flatMap(([kind, { title, daysBetween, isNeeded }]): Finding[] => {
    const last = imports.find((each) => each.kind === kind);
    const about = `реестр: ${title}`;
    if (!last) return isNeeded ? [warning(about, 'ещё не загружался: npm run import -- ФАЙЛ')] : [];
    const said = `загрузка № ${last.id}, ${ageOf(last.finishedAt, now)} назад${last.rowsRefused > 0 ? `, отклонено строк ${last.rowsRefused}` : ''}`;
    const isOld = isNeeded && now.getTime() - last.finishedAt.getTime() > daysBetween * DAY_MS;
    return [isOld ? warning(about, `${said}: давно; загрузите новый`) : good(about, said)];
  });
}

const LINES: Readonly<Record<string, string>> = {
  notice: 'уведомлений жителям и сообщений группе',
  deletion: 'сообщений к удалению',
  waiting: 'сообщений жителей во входящих',
};

/** Of what comes in and goes out; what has waited for long while the bot is at work does not go. */
function linesOf({ outbox, inbox }: WorkStanding, isThere: boolean, now: Date): Finding[] {
  const deliveries = outbox.filter(({ kind }) => !Object.hasOwn(LINES, kind));
  const lines = [
    ...outbox.filter(({ kind }) => Object.hasOwn(LINES, kind)).map((line) => ({ title: LINES[line.kind] ?? '', ...line })),
    ...inbox.filter(({ state }) => state === 'waiting').map((line) => ({ title: LINES['waiting'] ?? '', ...line })),
    {
      title: 'сообщений между жителями и сотрудниками',
      count: deliveries.reduce((sum, { count }) => sum + count, 0),
      since: deliveries.map(({ since }) => since).sort((a, b) => Number(a) - Number(b))[0] ?? null,
    },
  ].filter(({ count }) => count > 0);
  const dead = inbox.filter(({ state }) => state !== 'waiting').reduce((sum, { count }) => sum + count, 0);
  return [
    ...(lines.length === 0 ? [good('очередь', 'пуста')] : []),
    ...lines.map(({ title, count, since }) => {
      const said = `${title}: ${count}${since === null ? '' : `, старейшее ждёт ${ageOf(since, now)}`}`;
      const isLate = since !== null && now.getTime() - since.getTime() > LATE_MS;
      if (!isLate) return good('очередь', said);
      return warning('очередь', isThere ? `${said}: не уходит; посмотрите журнал бота и /readyz` : `${said}: запустите бота`);
    }),
    ...(dead > 0
      ? [warning('очередь', `сообщений, которые не удалось обработать: ${dead}; разберите их в группе («Повторить»)`)]
      : []),
  ];
}

function deskOf({ desk, oldest, exports }: WorkStanding, now: Date): Finding[] {
  const open = desk.new + desk.taken + desk.answered;
  const said = `открыто ${open}, ждут ответа ${desk.waiting}, дольше нормы ${desk.late}, сообщений бота ${desk.troubles}`;
  const unsent = (['readings', 'payments'] as const).map((kind) => {
    const { count, since, late } = exports[kind];
    const title = kind === 'readings' ? 'показания' : 'платежи картой';
    const about = `выгрузка: ${title}`;
    if (count === 0 || since === null) return good(about, 'всё выгружено');
    const waits = `ждут ${counted(count, ['строка', 'строки', 'строк'])}, старейшая ждёт ${ageOf(since, now)}`;
    return late ? warning(about, `${waits}: npm run export -- ${kind}`) : good(about, waits);
  });
  const lateFor = oldest.request === null ? '' : `, старейшее ждёт ${ageOf(oldest.request, now)}`;
  return [desk.late > 0 ? warning('обращения', `${said}${lateFor}: ответьте в группе`) : good('обращения', said), ...unsent];
}
