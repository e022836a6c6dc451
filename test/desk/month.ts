import { plainSpaces } from '../../src/domain/unbroken.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/durations.ts';
import type { MessageRef } from '../../src/office/staff/message-part.ts';
import { chanceFrom } from './chatter.ts';
import type { Outfit } from './outfit.ts';

export type MonthPlan = { days: number; requests: number; seed: number };

export type Month = {
  opened: number;
  answered: number;
  closed: number;
  reopened: number;
  /** Topics that staff deleted by hand. */
  deleted: number;
  /** Requests whose topic is not there, though nobody threw it away; and whose title or closedness is not the request's. */
  withoutTopic: number[];
  otherwise: string[];
  /** Topics of no request. */
  withoutRequest: string[];
  refused: number;
  mostAMinute: number;
};

type Event = { at: number; request: number; does: TelegramAction };
type TelegramAction = 'open' | 'word' | 'take' | 'answer' | 'close' | 'close-topic' | 'reopen' | 'delete-topic';

/** What becomes of one request, hour by hour. */
function lifeOf(chance: (below: number) => number): { does: TelegramAction; afterMs: number }[] {
  const soon = () => 60_000 + chance(20 * HOUR_MS);
  const life: { does: TelegramAction; afterMs: number }[] = [{ does: 'open', afterMs: 0 }];
  const then = (does: TelegramAction, percent: number) => chance(100) < percent && life.push({ does, afterMs: soon() });
  then('word', 30);
  then('delete-topic', 3);
  then('take', 70);
  then('answer', 90);
  then('word', 40);
  then('answer', 40);
  then(chance(3) === 0 ? 'close-topic' : 'close', 85);
  then('reopen', 8);
  then('delete-topic', 2);
  then('answer', 10);
  return life;
}

/** Residents and staff go about a month's requests at the real pace; then topics and requests are held against each other. */
export async function month(outfit: Outfit, plan: MonthPlan): Promise<Month> {
  const { telegram, limits, clock, desk, requests } = outfit;
  const { group } = telegram;
  const chance = chanceFrom(plan.seed);
  telegram.interfereWith((call) => limits.judge(call));
  const begins = clock().getTime();
  const events = Array.from({ length: plan.requests }, (_, request): Event[] => {
    let at = begins + chance(plan.days * DAY_MS);
    return lifeOf(chance).map(({ does, afterMs }) => ({ does, request, at: (at += afterMs) }));
  })
    .flat()
    .sort((a, b) => a.at - b.at);

  const numbers = new Map<number, number>();
  const thrownAway = new Set<number>();
  const done = { opened: 0, answered: 0, closed: 0, reopened: 0, deleted: 0 };
  const rowOf = (number: number) =>
    outfit.db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

  async function happen({ does, request }: Event): Promise<void> {
    const person = 10_000 + request;
    if (does === 'open') {
      const messageParts = [outfit.messagePart(person, 'Почему так много?')];
      const opened = await requests.open(outfit.resident(person), { topic: 'charges', link: null, messageParts });
      if (opened.outcome !== 'opened') throw new Error(opened.outcome);
      numbers.set(request, opened.number);
      done.opened += 1;
      return;
    }
    const number = numbers.get(request) ?? 0;
    const { thread } = await rowOf(number);
    const topic = Number(thread?.split('/')[1]);
    const threadRef = { thread: thread as MessageRef, repliesTo: null };
    const member = outfit.member(1 + chance(5));
    const added =
      does === 'word' && (await requests.add(outfit.resident(person), number, [outfit.messagePart(person, 'И ещё.')]));
    const reopened = does === 'reopen' && (await requests.reopen(outfit.resident(person), number));
    if (reopened && reopened.outcome === 'reopened') done.reopened += 1;
    // Only what was said makes a topic that was thrown away anew.
    if ((added && added.outcome === 'added') || (reopened && reopened.outcome === 'reopened')) thrownAway.delete(number);
    // In a topic that is not there, nobody can do anything.
    if (!group.topic(topic)) return;
    if (does === 'take') await desk.take(member, { number, threadRef });
    if (does === 'answer') {
      await desk.written(member, threadRef, outfit.messagePart(group.id(), 'Потому что зима.'));
      group.setClosed(topic, false);
      done.answered += 1;
    }
    if (does === 'close-topic') group.setClosed(topic, true);
    if ((does === 'close' || does === 'close-topic') && (await desk.close(member, { threadRef })).outcome === 'closed')
      done.closed += 1;
    if (does === 'delete-topic') {
      group.deleteTopic(topic);
      thrownAway.add(number);
      done.deleted += 1;
    }
  }

  const process = await outfit.start();
  for (const event of events) {
    outfit.pass(Math.max(0, event.at - clock().getTime()));
    await happen(event);
    await outfit.quiet(() => void telegram.take());
  }
  await process.stop();

  const rows = await outfit.db.selectFrom('requests').selectAll().orderBy('number').execute();
  const topicOf = (thread: string | null) => group.topic(Number(thread?.split('/')[1]));
  const threads = new Set(rows.map(({ thread }) => thread));
  return {
    ...done,
    withoutTopic: rows.filter(({ thread, number }) => !topicOf(thread) && !thrownAway.has(number)).map(({ number }) => number),
    otherwise: rows.flatMap(({ thread, number, state }) => {
      const topic = topicOf(thread);
      const mark = { new: '🆕', taken: '🛠', answered: '💬', closed: '✅' }[state];
      const follows =
        !topic || (topic.closed === (state === 'closed') && plainSpaces(topic.name).startsWith(`${mark} № ${number} `));
      return follows ? [] : [`№ ${number} is ${state}, its topic is «${topic.name}»${topic.closed ? ', closed' : ''}`];
    }),
    withoutRequest: group
      .topics()
      .filter(({ threadId }) => !threads.has(`telegram:${group.id()}/${threadId}`))
      .map(({ name }) => name),
    refused: limits.refused(),
    mostAMinute: limits.most(),
  };
}
