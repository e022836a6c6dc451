import { lookOf } from '../../domain/button-look.ts';
import { cutTo } from '../../domain/cut.ts';
import type { DeskVerb } from '../../domain/doors.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { maskPhone } from '../../domain/phone.ts';
import type { BotAddress } from '../../domain/bot-address.ts';
import { balanceOf } from '../../domain/debt.ts';
import { staffStart } from '../../domain/staff-link.ts';
import { resolutionsOf } from '../../office/staff/resolutions.ts';
import type { LastWords } from '../../office/requests/last-words.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import { readDebts } from '../../office/money/debts.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import { hasDeliveredAnswer, listRequestMessages, type RequestMessage } from '../../records/request-messages.ts';
import { listRequestsOf, type Request } from '../../records/requests.ts';
import { findResident } from '../../records/residents.ts';
import { hasMoneyAside } from '../../records/update-inbox.ts';
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
  const late = raisedAt === null ? 'no' : 'yes';
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
function beforeLines({ kind, words }: Request, say: (name: string, words?: TextArgs) => string): string[] {
  if (kind !== 'not-me' || words.login === undefined) return [];
  return [say('staff-not-me-who', words), ...(words.endedBefore === undefined ? [] : [say('staff-not-me-before', words)])];
}

async function whoLines(
  room: DeliveryRoom,
  request: Request,
  say: (name: string, words?: TextArgs) => string,
): Promise<string[]> {
  const { db, bot } = room;
  const { residentId, messengerId, account, kind } = request;
  const resident = residentId === null ? undefined : await findResident(db, residentId);
  const linked = resident ? await listLinkedAccounts(db, resident.id) : [];
  const about = account === null ? undefined : await findWholeAccount(db, account);
  const others = linked.map((link) => link.account).filter((each) => each !== account);
  const { told, toldAt } = (kind === 'request' ? request.words : {}) as LastWords;
  const called = { name: request.called ?? '', known: request.called === null ? 'no' : 'yes' };
  return [
    resident
      ? say('thread-card-resident', {
          ...called,
          login: maskLogin(resident.login),
          phone: resident.phone === null ? 'none' : maskPhone(resident.phone),
        })
      : messengerId !== null && request.kind === 'request'
        ? say('thread-card-guest', called)
        : '',
    account === null ? '' : say('thread-card-account', { account, address: about?.address ?? 'none' }),
    resident && account !== null && others.length === linked.length ? say('thread-card-unlinked') : '',
    about && linked.some((link) => link.account === account) ? await debtLine(room, about, say) : '',
    about ? say('thread-card-links', linksTo(bot, about.number)) : '',
    others.length > 0
      ? say('thread-card-others', { besides: account === null ? 'no' : 'yes', accounts: namedOf(others), count: others.length })
      : '',
    await pastLine(room, request, say),
    told && toldAt ? say('thread-card-told', { what: told, at: toldAt }) : '',
  ];
}

/** So many accounts are named: whoever looks after houses has hundreds, and a card of more than a message is not taken. */
const NAMED_ACCOUNTS = 20;

function namedOf(accounts: readonly string[]): string {
  const more = accounts.length > NAMED_ACCOUNTS ? '…' : '';
  return accounts.slice(0, NAMED_ACCOUNTS).join(', ') + more;
}

/** What the account owes: only where its resident, who has it in the cabinet, may be told. */
async function debtLine({ db, clock, centre, timeZone }: DeliveryRoom, about: Account, say: Say): Promise<string> {
  const own = { account: about.number, name: null, address: about.address, closed: about.closed };
  const { debts, paymentsDay } = await readDebts(db, [own], { clock, centre, settings: { timeZone } });
  const debt = debts[0]?.debt;
  if (!debt?.charged) return '';
  const total = debt.totalKopecks;
  const dated = paymentsDay === null ? 'no' : 'yes';
  return say('thread-card-debt', {
    balance: balanceOf(total),
    total: Math.abs(total),
    period: debt.period,
    dated,
    day: paymentsDay ?? '',
  });
}

type Say = (name: string, words?: TextArgs) => string;
type Account = { number: string; address: string; closed: boolean };

/** So many of the same person's earlier requests are named. */
const PAST = 5;

/** What the same person asked before: the newest first, each with the way to where it was talked about. */
async function pastLine({ db, messenger }: DeliveryRoom, request: Request, say: Say): Promise<string> {
  const { kind, messengerId, residentId, number } = request;
  if (kind !== 'request' || messengerId === null) return '';
  const person = { messengerId, residentId: residentId ?? undefined };
  const earlier = (await listRequestsOf(db, person, PAST * 4)).filter((each) => each.number < number);
  if (earlier.length === 0) return '';
  const named = earlier.slice(0, PAST).map(({ number: past, state, thread, card }) => {
    const link = messenger.linkTo((thread ?? card ?? '') as MessageRef) ?? 'none';
    return say('thread-card-past-one', { number: past, link, state });
  });
  return `${say('thread-card-past', {})} ${named.join(', ')}${earlier.length > PAST ? '…' : ''}`;
}

/** What can be done about the account, in the member's private chat. */
function linksTo(bot: BotAddress, account: string): TextArgs {
  return { find: bot.link(staffStart('find', account)), password: bot.link(staffStart('password', account)) };
}

function mentions(room: DeliveryRoom, { topic }: Request): string[] {
  const names = room.centre.requests.topics.find(({ key }) => key === topic)?.mention ?? [];
  return names.length > 0 ? [names.map((name) => `@${name}`).join(' ')] : [];
}

async function buttonsOf({ db, texts }: DeliveryRoom, request: Request): Promise<DeskButtons> {
  const { id, number, state } = request;
  const button = (label: string, verb: DeskVerb, rest = '') => ({
    label: texts.text(label),
    means: { verb, number, rest },
    ...lookOf(label),
  });
  const moneyAside = state === 'closed' && request.kind === 'payment-failed' && (await hasMoneyAside(db, id));
  const resolutions = resolutionsOf(request, { moneyAside }).map(({ resolution, label }) => [
    button(label, 'resolution', resolution),
  ]);
  // Whose consent was withdrawn has nobody to go on with.
  if (state === 'closed') return isOfNobody(request) ? [] : [[button('button-reopen-request', 'reopen')], ...resolutions];
  const take = state === 'new' ? [button('button-request-take', 'take')] : [];
  // An escalation ends by what is done about it.
  if (resolutions.length > 0) return [take, ...resolutions].filter(({ length }) => length > 0);
  const phone = (await hasPhone(db, request)) ? [[button('button-show-phone', 'phone')]] : [];
  const withdraw = (await hasDeliveredAnswer(db, id)) ? [[button('button-answer-withdraw', 'withdraw')]] : [];
  return [[...take, button('button-request-close', 'close')], ...withdraw, ...phone];
}

async function hasPhone(db: DeliveryRoom['db'], { residentId }: Request): Promise<boolean> {
  return residentId !== null && (await findResident(db, residentId))?.phone != null;
}

const isOfNobody = ({ kind, messengerId }: Request): boolean => kind === 'request' && messengerId === null;

function topicOf({ centre, texts }: DeliveryRoom, { kind, topic, account }: Request): string {
  if (kind !== 'request') return texts.text('thread-escalation', { kind, account: account ?? 'none' });
  return centre.requests.topics.find(({ key }) => key === topic)?.label ?? texts.text('thread-topic-gone');
}
