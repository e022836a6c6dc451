import { sql } from 'kysely';
import { formatMoney } from '../../src/domain/money.ts';
import { plainSpaces } from '../../src/domain/unbroken.ts';
import { dump, secretWord } from '../dialogs/cabinet.ts';
import { signedIn } from './model/identity.ts';
import { HOUR, type Model, type Request } from './model/model.ts';
import { mayBeOver } from './model/requests.ts';
import { debtOf, sumOf } from './model/billing.ts';
import { isNight, NEWS, type NewsKind } from './model/news.ts';
import type { Read } from './hearing.ts';
import { EVERY_ACCOUNT, OWNERS, PEOPLE } from './town.ts';
import type { Chats } from './world.ts';

/** Looks at a step from outside: what is wrong, in sentences. */
export async function judgeStep(chats: Chats, before: Model, after: Model): Promise<string[]> {
  const reads = chats.takeReads();
  return [
    ...differences(factsOf(after), await recordedFacts(chats, after)),
    ...leaks(reads, before, after),
    ...untold(reads, after, chats.now ? chats.readOfLate : []),
    ...unwanted(reads, before, after),
    ...chats.toldTwice(reads),
    ...chats.breakages().map((line) => `broken: ${line}`),
    ...[...chats.world.broken, ...chats.world.failures].map(
      (broken) => `broken: ${broken instanceof Error ? broken.stack : JSON.stringify(broken)}`,
    ),
  ];
}

/** What the model says is in the records, a fact a line. */
function factsOf(model: Model): string[] {
  return [
    ...model.logins.flatMap(({ login, phone, sessions, links }) => [
      `login ${login} has phone ${phone || 'none'}`,
      ...[...sessions.keys()].filter((who) => signedIn(model, who)?.login === login).map((who) => `${login} is open with ${who}`),
      ...[...links].map((account) => `${login} has ${account}`),
    ]),
    ...model.readings.map(
      ({ account, meter, month, value, by, state }) => `${account} № ${meter} ${month}: ${value} by ${by}, ${state}`,
    ),
    ...model.billing.flatMap(({ number, owner, payments, charges, meters }) => [
      `${number} is of ${owner}`,
      ...meters.map((meter) => `${number} has № ${meter.number}`),
      ...Object.entries(charges).map(([period, { due }]) => `${number} is to pay ${sumOf(Object.values(due))} for ${period}`),
      ...payments.map(
        ({ source, operation, day, kopecks }) => `${source} ${operation} brought ${kopecks} for ${number} of ${day}`,
      ),
    ]),
    ...model.taken.flatMap(({ who, kopecks, lines, isKept, isReturned }, i) => [
      `money ${i + 1}: ${kopecks} of ${who}${isKept ? ', kept' : ''}${isReturned ? ', returned' : ''}`,
      ...(isKept ? [`staff are told of money ${i + 1}`] : []),
      ...lines.map(
        (line) => `money ${i + 1}: ${line.kopecks} for ${line.account} ${line.isPosted ? 'is posted' : 'is under way'}`,
      ),
    ]),
    ...model.guestReadings.map(
      ({ account, meter, month, value, who }) => `${account} № ${meter} ${month}: ${value} by guest ${who}`,
    ),
    ...model.requests.map(
      (one) => `${one.login ?? one.who} asked «${one.words[0]}»: ${isLoose(model, one) ? 'whatever' : one.state}`,
    ),
    ...model.requests.flatMap(({ words, mark }) => (mark === undefined ? [] : [`«${words[0]}» was rated ${mark}`])),
    ...model.billing.flatMap(({ number, closing }) => (closing ? [`${number} is closed`] : [])),
  ].toSorted();
}

const isLoose = (model: Model, request: Request): boolean => request.isLoose === true || mayBeOver(model, request);

async function recordedFacts({ world: { db }, operations }: Chats, model: Model): Promise<string[]> {
  const { now } = model;
  const loose = new Set(model.requests.filter((one) => isLoose(model, one)).map(({ words }) => words[0]));
  const named = new Map<string, string>(PEOPLE.map(({ id, name }) => [`telegram:${id}`, name]));
  const { rows } = await sql<{ fact: string }>`
    select 'login ' || login || ' has phone ' || coalesce('8' || substr(phone, 3), 'none') as fact from residents
    union all select login || ' has ' || account from links join residents r on r.id = resident_id where ended_at is null
    union all select account || ' № ' || number || ' ' || to_char(window_opens, 'YYYY-MM') || ': ' || (value * 1000)::bigint || ' by '
      || case when submitted_by = 'resident' then coalesce(r.login, 'nobody') || ', ' || state else 'guest ' || submitted_by end
      from readings left join residents r on r.id = resident_id
    union all select '«' || (select words from request_messages m where m.request_id = q.id order by m.id limit 1) || '» was rated ' || rating
      from requests q where rating is not null
    union all select number || ' is closed' from accounts where closed
    union all select coalesce((select login from residents r where r.id = q.resident_id), messenger_id) || ' asked «' || (select words from request_messages m where m.request_id = q.id order by m.id limit 1)
      || '»: ' || case when state in ('new', 'taken') then 'waits' else state end
      from requests q where kind = 'request' and messenger_id is not null
    union all select source || ' ' || operation || ' brought ' || sum_kopecks || ' for ' || account || ' of ' || day from payments
    union all select number || ' is of ' || owner_name from accounts
    union all select account || ' has № ' || number from meters
    union all select account || ' is to pay ' || sum(due_kopecks) || ' for ' || to_char(period, 'YYYY-MM') from charges group by account, period
    union all select 'money ' || substr(telegram_charge_id, 11) || ': ' || total_kopecks || ' of ' || coalesce(messenger_id, 'nobody')
      || case when not_credited is null then '' else ', kept' end || case when refunded_at is null then '' else ', returned' end from card_payments
    union all select 'money ' || substr(telegram_charge_id, 11) || ': ' || sum_kopecks || ' for ' || account
      || case when posted_at is null then ' is under way' else ' is posted' end
      from card_payment_lines l join card_payments p on p.id = l.payment_id
    union all select 'staff are told of money ' || substr(telegram_charge_id, 11)
      from card_payments p join escalations e on e.kind = 'payment-not-credited' and e.words->>'operation' = p.operation
  `.execute(db);
  const sessions = await db
    .selectFrom('sessions')
    .innerJoin('residents', 'residents.id', 'sessions.residentId')
    .select(['login', 'messengerId'])
    .where('endedAt', 'is', null)
    .where('openedAt', '>', new Date(now - 180 * 86_400_000))
    .where('seenAt', '>', new Date(now - 60 * 86_400_000))
    .execute();
  return [
    ...rows.map(({ fact }) =>
      fact
        .replace(/telegram:\d+/, (id) => named.get(id) ?? id)
        .replace(/(?<=asked «([^»]*)»: ).*/, (state, words: string) => (loose.has(words) ? 'whatever' : state))
        .replace(
          /^Telegram ([\w-]+-\d{4})(-\d)? /,
          (_, operation: string) => `Telegram money ${operations.indexOf(operation) + 1} `,
        ),
    ),
    ...sessions.map(({ login, messengerId }) => `${login} is open with ${named.get(messengerId) ?? messengerId}`),
  ].toSorted();
}

function differences(expected: readonly string[], recorded: readonly string[]): string[] {
  return [
    ...expected.filter((fact) => !recorded.includes(fact)).map((fact) => `the records have not: ${fact}`),
    ...recorded.filter((fact) => !expected.includes(fact)).map((fact) => `the records have, and should not: ${fact}`),
    ...(new Set(recorded).size < recorded.length ? ['the records have something twice'] : []),
  ];
}

/** Nobody reads what is known of an account only to those who have it: its flat, what is owed. The owner's name is read by nobody, and what a request says by nobody else. */
function leaks(reads: readonly Read[], before: Model, after: Model): string[] {
  return PEOPLE.filter(({ isStaff }) => !isStaff).flatMap(({ id, name }) => {
    const text = reads
      .filter(({ chat }) => chat === id)
      .map((read) => read.text)
      .join('\n');
    const own = [before, after].flatMap((model) => [...(signedIn(model, name)?.links ?? [])]);
    const paid = after.taken.filter(({ who }) => who === name).flatMap(({ lines }) => lines.map((line) => line.kopecks));
    const others = EVERY_ACCOUNT.filter(({ number }) => !own.includes(number));
    return [
      ...others
        .filter(({ flat }) => new RegExp(`${flat}(?!\\d)`).test(text))
        .map(({ number }) => `${name} reads where ${number} is`),
      ...after.billing
        .filter((one) => !own.includes(one.number) && debtOf(one) !== 0 && !paid.includes(-debtOf(one)))
        .filter((one) => says(text, Math.abs(debtOf(one))))
        .map(({ number }) => `${name} reads what ${number} owes`),
      ...after.requests
        .filter(({ who, login }) => who !== name && (login === undefined || signedIn(after, name)?.login !== login))
        .flatMap(({ words }) => words.filter((one) => text.includes(one)).map((one) => `${name} reads «${one}»`)),
      ...OWNERS.filter((owner) => text.includes(owner.split(' ')[0] ?? owner)).map((owner) => `${name} reads of ${owner}`),
    ];
  });
}

/** Not as the end of a larger sum. */
const says = (text: string, kopecks: number): boolean =>
  new RegExp(`(?<!\\d|\\d )${plainSpaces(formatMoney(kopecks))}`).test(text);

/** Whoever is to be told is. `before`: where the programs look for news by themselves, they may have told of it in a step before. */
function untold(reads: readonly Read[], { told }: Model, before: readonly Read[]): string[] {
  const news: readonly string[] = Object.values(NEWS);
  return told
    .filter(({ who, notice }) => {
      const chat = PEOPLE.find(({ name }) => name === who)?.id;
      const heard = news.includes(notice) ? [...before, ...reads] : reads;
      return !heard.some((read) => read.chat === chat && notice.split('|').some((name) => read.names.includes(name)));
    })
    .map(({ who, notice }) => `${who} is not told ${notice}`);
}

/** No news at night, and none that was switched off. */
function unwanted(reads: readonly Read[], before: Model, after: Model): string[] {
  const news = Object.entries(NEWS) as [NewsKind, string][];
  return PEOPLE.flatMap(({ id, name }) => {
    const told = news.filter(([, notices]) =>
      reads.some((read) => read.chat === id && notices.split('|').some((notice) => read.names.includes(notice))),
    );
    const muted = [before, after].map((model) => signedIn(model, name)?.muted);
    return told.flatMap(([kind]) => [
      ...(isNight(before) && isNight(after) && after.now - before.now < 8 * HOUR ? [`${name} is told at night of ${kind}`] : []),
      ...(muted.every((one) => one?.has(kind)) ? [`${name} is told of ${kind}, which is switched off`] : []),
    ]);
  });
}

/** What must hold of the whole database: at the end, and now and then. */
export async function judgeStored({ world, secrets }: Chats): Promise<string[]> {
  const all = await dump(world);
  world.states.length = 0;
  const codes = world.sms.map(({ code }) => code);
  return [...secrets, ...codes].filter((secret) => secretWord(secret).test(all)).map((secret) => `stored in clear: ${secret}`);
}

/** All that was to go out has gone, or was given up: nothing stands in the outbox for ever. */
export async function judgeOutbox(chats: Chats): Promise<string[]> {
  await chats.untilAllIsSent(48);
  const waiting = await chats.world.db
    .selectFrom('outbox')
    .select(['kind', 'text', 'addressee'])
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('runAt', '<=', chats.world.clock())
    .execute();
  return waiting.map(({ kind, text, addressee }) => `still in the outbox: ${kind} ${text} to ${addressee}`);
}

/** Every request has its topic, and every topic its request. */
export async function judgeTopics({ world }: Chats): Promise<string[]> {
  const requests = await world.db.selectFrom('requests').select(['number', 'thread']).execute();
  const topics = world.telegram.group.topics().map(({ threadId }) => threadId);
  const threads = requests.map(({ number, thread }) => ({ number, thread: Number(thread?.split('/')[1] ?? 0) }));
  return [
    ...threads.filter(({ thread }) => !topics.includes(thread)).map(({ number }) => `request № ${number} has no topic`),
    ...topics
      .filter((topic) => !threads.some(({ thread }) => thread === topic))
      .map((topic) => `topic ${topic} is of no request`),
  ];
}

/** What staff answered is read by whoever asked, however often the messenger stumbled. */
export function unread(chats: Chats, { requests }: Model): string[] {
  return requests.flatMap(({ who, answers }) =>
    answers.filter((words) => !chats.hasEverRead(who, words)).map((words) => `${who} never reads «${words}»`),
  );
}

/** By the SMS that went out, whatever any counter says: three an hour and five a day to a phone. */
export function judgeSms(sent: readonly { phone: string; at: number }[]): string[] {
  return sent.flatMap(({ phone, at }) => {
    const within = (ms: number) => sent.filter((one) => one.phone === phone && one.at <= at && at - one.at < ms).length;
    return within(3_600_000) > 3 || within(86_400_000) > 5 ? [`too many SMS to ${phone}`] : [];
  });
}
