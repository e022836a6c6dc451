/** Billing and the bank at a click: registries as they send them, through the program's own doors. */
import { join } from 'node:path';
import { localDay, localMoment, type LocalDay, addDays } from '../../domain/local-day.ts';
import { formatMoney, type Kopecks } from '../../domain/money.ts';
import { firstDay, formatPeriod, shiftPeriod } from '../../domain/period.ts';
import { isNight } from '../../domain/quiet-hours.ts';
import type { World } from '../bot-api/world.ts';
import { ActRefusal } from '../people/people.ts';
import { type Town, writeCharges, writePayments, roubles } from '../town/generate.ts';
import { chargesOfNextMonth, type Later, nextMonth, owedBy } from '../town/later.ts';
import { exportsOfProgram } from './export-payments.ts';
import { findPaidByCard, operationIn, sumIn } from './paid-by-card.ts';
import { handIn } from './registries-in.ts';

export type BillingParts = {
  world: World;
  town: Town;
  /** The sandbox's folder: the program's `registries` is in it. */
  folder: string;
  timeZone: string;
  /** Aborted when the sandbox closes: nothing more is brought then, neither to it nor to the one that takes its place. */
  signal: AbortSignal;
};

export type Billing = {
  /** Brings the charges of the next month; what came of it, in a sentence. The clock goes to the morning on which billing has them. */
  bringCharges(): Promise<string>;
  /**
   * Brings what was paid: by card in the bot, when something is under way, else a payment by the bank for an account that the
   * person's chat tells of.
   */
  bringPayment(personId: number | undefined): Promise<string>;
  /** When what is under way has come to its end. */
  settled(): Promise<void>;
};

/** An hour at which people are told news. */
const MORNING_MINUTES = 10 * 60;
/** Who owes nothing pays so much in advance. */
const ADVANCE: Kopecks = 150_000;
const BANK = 'Банк «Причал»';

export function openBilling({ world, town, folder, timeZone, signal }: BillingParts): Billing {
  const registries = join(folder, 'registries');
  const exports = exportsOfProgram(folder);
  const accounts = new Set(town.map(({ household }) => household.account));
  let turn: Promise<unknown> = Promise.resolve();
  /** One after another: two clicks are two months. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const begin = () => (signal.aborted ? Promise.reject(new ActRefusal('Песочница закрывается.')) : work());
    const done = turn.then(begin, begin);
    turn = done.catch(() => undefined);
    return done;
  };
  const today = (): LocalDay => localDay(world.now(), timeZone);

  /** Not before this day, and not at night: then nobody would be told. */
  function wakeTown(notBefore: LocalDay): void {
    const isEarly = today() < notBefore;
    if (!isEarly && !isNight(world.now(), timeZone)) return;
    const day = isEarly ? notBefore : today();
    const morning = localMoment(day, MORNING_MINUTES, timeZone);
    const moment = morning > world.now() ? morning : localMoment(addDays(day, 1), MORNING_MINUTES, timeZone);
    const seconds = Math.ceil((moment.getTime() - world.now().getTime()) / 1000);
    world.put({ fact: 'clock', movedSeconds: world.state.movedSeconds + seconds });
  }

  async function handOver(name: string, content: Uint8Array, told: string): Promise<string> {
    const taken = await handIn(registries, name, content, signal);
    // What it brings is told at once, as after a move of the clock.
    world.publish({ type: 'registry', name, taken });
    if (taken === 'refused') throw new ActRefusal(`Бот отклонил реестр ${name}: что с ним не так, сказано в группе сотрудников.`);
    return taken === 'waiting' ? `Реестр ${name} лежит в папке registries/in: бот возьмёт его, когда освободится.` : told;
  }

  return {
    bringCharges: () =>
      inTurn(async () => {
        const { later } = world.state;
        const period = nextMonth(later);
        const charges = chargesOfNextMonth(town, later);
        wakeTown(firstDay(shiftPeriod(period, 1)));
        const told = await handOver(
          `charges-${period}.csv`,
          writeCharges(charges),
          `Пришли начисления за ${formatPeriod(period)}, лицевых счетов: ${new Set(charges.map(({ account }) => account)).size}. Бот рассылает уведомления.`,
        );
        world.put({ fact: 'later', later: { month: period } });
        return told;
      }),

    bringPayment: (personId) =>
      inTurn(async () => {
        wakeTown(today());
        const byCard = hasPaidByCard() ? await findPaidByCard(world.state.later, exports) : [];
        if (byCard.length > 0) {
          const told = await handOver(
            nameOfPayments(),
            writePayments(byCard.map(({ row }) => row)),
            `Биллинг учёл оплату картой: ${formatMoney(byCard.reduce((sum, { row }) => sum + sumIn(row), 0))}.`,
          );
          const booked = byCard.map(({ row, exportNumber }): Later => {
            return { account: row[0] ?? '', sum: sumIn(row), operation: operationIn(row), exportNumber };
          });
          world.put(...booked.map((later) => ({ fact: 'later' as const, later })));
          return told;
        }
        const account = accountOf(personId);
        const owed = owedBy(town, world.state.later, account) ?? 0;
        const sum = owed > 0 ? owed : ADVANCE;
        const day = today().split('-').toReversed().join('.');
        const number = `${day.slice(8)}-П${String(world.state.later.length + 1).padStart(6, '0')}`;
        const told = await handOver(
          nameOfPayments(),
          writePayments([[account, day, roubles(sum), BANK, number]]),
          `Пришёл платёж из банка: ${formatMoney(sum)} по лицевому счёту ${account}.`,
        );
        world.put({ fact: 'later', later: { account, sum, operation: number } });
        return told;
      }),

    settled: () => turn.then(() => undefined),
  };

  /** Unlike any before: a name that was taken is put away under it. */
  function nameOfPayments(): string {
    return `payments-${today()}-${world.state.later.length + 1}.csv`;
  }

  /** Whether anybody has: else the program need not be asked. */
  function hasPaidByCard(): boolean {
    const messages = [...world.state.chats.values()].flatMap((chat) => [...chat.messages.values()]);
    return messages.some(({ message }) => message.successful_payment);
  }

  /** The account that this person's chat has named last, else one that the resident of the first day has. */
  function accountOf(personId: number | undefined): string {
    const { chats, demonstration } = world.state;
    const words = [...(chats.get(personId ?? 0)?.messages.values() ?? [])]
      .toReversed()
      .map(({ message }) => message.text ?? message.caption ?? '');
    const named = words.flatMap((text) => text.match(/(?<!\d)\d{9}(?!\d)/g) ?? []).find((number) => accounts.has(number));
    const account = named ?? demonstration?.accounts[0];
    if (account === undefined) throw new ActRefusal('Сначала подключите лицевой счёт: тогда будет, за что платить.');
    return account;
  }
}
