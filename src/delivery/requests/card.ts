import { lookOf } from '../../domain/button-look.ts';
import { cutTo } from '../../domain/cut.ts';
import type { BotAddress } from '../../domain/bot-address.ts';
import { balanceOf } from '../../domain/debt.ts';
import { staffStart } from '../../domain/staff-link.ts';
import { listCardButtons } from '../../office/requests/card-buttons.ts';
import { type DeskCard, readDeskCard } from '../../office/requests/desk-card.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import { listRequestMessages, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import { shownText } from '../../texts/markup.ts';
import type { TextArgs } from '../../texts/texts.ts';
import { type DeskButtons, STAFF_GROUP } from './actions.ts';
import { frameOf } from './frame.ts';
import { partsOf } from './parts.ts';
import { readShows } from './shows.ts';
import type { DeliveryRoom } from './step.ts';

/** What stands at the head of a thread. */
export type Card = { marked: string; buttons: DeskButtons };

/** What a thread is called: the state is seen in the list of threads. */
export function threadTitleOf(room: DeliveryRoom, request: Request): string {
  const { state, number, takenByName: who, called, raisedAt } = request;
  const topic = topicOf(room, request);
  const late = raisedAt !== null;
  const words = { state, late, number, topic, name: called ?? 'none', who: who ?? 'none' };
  return cutTo(room.texts.text('thread-title', words), room.messenger.limitsIn(STAFF_GROUP).threadTitle);
}

/** The same where that was not taken. */
export function plainTitleOf({ texts }: Pick<DeliveryRoom, 'texts'>, { number }: Pick<Request, 'number'>): string {
  return texts.text('thread-title-plain', { number });
}

/**
 * Who asks, about which account, what the bot told this resident before; for an escalation, what happened; the state, and the mark that the answer
 * was given. Then the first words, where they stand in it: `words`, or those that stand there now.
 */
export async function cardOf(room: DeliveryRoom, request: Request, words?: readonly RequestMessage[]): Promise<Card> {
  const { texts } = room;
  const { number, state, kind, takenByName: taker, rating } = request;
  const say = (name: string, words: TextArgs = {}) => texts.text(name, words, { marked: true });
  const lines = [
    say('thread-card-head', { number, topic: topicOf(room, request) }),
    ...(kind === 'request' ? [] : [say(`staff-${kind}`, { repeats: 0, ...request.words })]),
    ...beforeLines(request, say),
    ...(await whoLines(room, request, say)),
    say('thread-card-state', { state, who: taker ?? '', at: request.stateAt.toISOString() }),
    ...(rating === null ? [] : [say('thread-card-rated', { mark: rating })]),
    ...mentions(room, request),
    ...(readShows(request.threadShows).anew ? [say('thread-card-anew')] : []),
  ];
  const marked = lines.filter((line) => line !== '').join('\n');
  const [first, ...more] = wordsInCard(room, request, marked, words ?? (await listStanding(room, request)));
  const whole = first === undefined ? marked : `${marked}\n\n${first}${more.length > 0 ? '…' : ''}`;
  return { marked: whole, buttons: await buttonsOf(room, request) };
}

/** Whether these words have room in a request's card. */
export async function fitInCard(room: DeliveryRoom, request: Request, words: readonly RequestMessage[]): Promise<boolean> {
  const { marked } = await cardOf(room, request, []);
  return wordsInCard(room, request, marked, words).length === 1;
}

async function listStanding({ db }: DeliveryRoom, { id, threadShows }: Request): Promise<RequestMessage[]> {
  const { inCard = [] } = readShows(threadShows);
  if (inCard.length === 0) return [];
  return (await listRequestMessages(db, id)).filter(
    (message) => inCard.includes(message.id) && message.withdrawnAt === null && message.words !== '',
  );
}

/** As they stand under a card's own lines, cut where there is no room for all. */
function wordsInCard(room: DeliveryRoom, request: Request, card: string, messages: readonly RequestMessage[]): string[] {
  const [first, ...more] = messages;
  if (!first) return [];
  const { text, caption } = room.messenger.limitsIn(STAFF_GROUP);
  const frame = frameOf(room, request, first, {
    limits: { text: text - shownText(card).length - 3, caption },
    corrected: false,
    plain: false,
    cited: first.context?.quote,
  });
  return partsOf([first, ...more], frame).map(({ marked }) => marked);
}

/** Whose link is in doubt, and what others ended of his before; cards of an earlier release have none of it. */
function beforeLines({ kind, words }: Request, say: Say): string[] {
  if (kind !== 'not-me' || words.login === undefined) return [];
  return [say('staff-not-me-who', words), ...(words.endedBefore === undefined ? [] : [say('staff-not-me-before', words)])];
}

/** Who asks, about which account, what he asked and was told before, as the office knows it. */
async function whoLines(
  { db, bot, messenger, clock, centre, timeZone }: DeliveryRoom,
  request: Request,
  say: Say,
): Promise<string[]> {
  const { asker, about, others, past, told } = await readDeskCard(db, request, { clock, centre, settings: { timeZone } });
  return [
    asker ? askerLine(asker, say) : '',
    about ? say('thread-card-account', { account: about.account, address: about.address ?? 'none' }) : '',
    about?.isUnlinked ? say('thread-card-unlinked') : '',
    about?.debt ? debtLine(about.debt, say) : '',
    about?.isKnown ? say('thread-card-links', linksTo(bot, about.account)) : '',
    others.count > 0 ? othersLine(others, about, say) : '',
    past.named.length > 0 ? pastLine(past, messenger, say) : '',
    told ? say('thread-card-told', told) : '',
  ];
}

function askerLine(asker: NonNullable<DeskCard['asker']>, say: Say): string {
  const called = { name: asker.called ?? '', known: asker.called !== null };
  if (asker.is === 'guest') return say('thread-card-guest', called);
  return say('thread-card-resident', { ...called, login: asker.login, phone: asker.phone ?? 'none' });
}

function debtLine({ totalKopecks, period, paymentsDay }: NonNullable<NonNullable<DeskCard['about']>['debt']>, say: Say): string {
  return say('thread-card-debt', {
    balance: balanceOf(totalKopecks),
    total: Math.abs(totalKopecks),
    period,
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
  });
}

function othersLine({ named, count }: DeskCard['others'], about: DeskCard['about'], say: Say): string {
  const accounts = named.join(', ') + (count > named.length ? '…' : '');
  return say('thread-card-others', { besides: about !== undefined, accounts, count });
}

/** Each with the way to where it was talked about. */
function pastLine({ named, more }: DeskCard['past'], messenger: DeliveryRoom['messenger'], say: Say): string {
  const lines = named.map(({ number, state, thread, card }) => {
    const link = messenger.linkTo((thread ?? card ?? '') as MessageRef) ?? 'none';
    return say('thread-card-past-one', { number, link, state });
  });
  return `${say('thread-card-past', {})} ${lines.join(', ')}${more ? '…' : ''}`;
}

type Say = (name: string, words?: TextArgs) => string;

/** What can be done about the account, in the member's private chat. */
function linksTo(bot: BotAddress, account: string): TextArgs {
  return { find: bot.link(staffStart('find', account)), password: bot.link(staffStart('password', account)) };
}

function mentions(room: DeliveryRoom, { topic }: Request): string[] {
  const names = room.centre.requests.topics.find(({ key }) => key === topic)?.mention ?? [];
  return names.length > 0 ? [names.map((name) => `@${name}`).join(' ')] : [];
}

async function buttonsOf({ db, texts }: DeliveryRoom, request: Request): Promise<DeskButtons> {
  const rows = await listCardButtons(db, request);
  return rows.map((row) =>
    row.map(({ label, verb, rest }) => ({
      label: texts.text(label),
      means: { verb, number: request.number, rest },
      ...lookOf(label),
    })),
  );
}

function topicOf({ centre, texts }: DeliveryRoom, { kind, topic, account }: Request): string {
  if (kind !== 'request') return texts.text('thread-escalation', { kind, account: account ?? 'none' });
  return centre.requests.topics.find(({ key }) => key === topic)?.label ?? texts.text('thread-topic-gone');
}
