import type { Dice } from './dice.ts';
import { makeName, STREETS, TOWN } from './streets.ts';

/** How a household pays. */
export type Habit = 'to-the-kopeck' | 'round' | 'in-parts' | 'seldom' | 'debtor' | 'ahead' | 'never' | 'reversed';

export type Household = {
  account: string;
  owner: string;
  address: string;
  unified: string;
  fias: string;
  /** Tenths of a square metre. */
  areaTenths: number;
  residents: number;
  flat: boolean;
  habit: Habit;
  benefit: boolean;
  zones: 1 | 2 | 3;
  /** Water is metered; otherwise by the norm. */
  metered: boolean;
  /** The month after which nothing is charged, and the day of it. */
  closed?: { period: string; day: string };
  /** The first month charged, when it is not the first of the registry. */
  since?: string;
};

const HABITS: readonly [Habit, number][] = [
  ['to-the-kopeck', 34],
  ['round', 18],
  ['in-parts', 12],
  ['seldom', 12],
  ['debtor', 9],
  ['ahead', 7],
  ['never', 3],
  ['reversed', 5],
];
const ORDER: readonly Habit[] = HABITS.map(([habit]) => habit);

/** Everybody in the town, in the order of the streets; account numbers ascend, and all begin with a zero. */
export function makeHouseholds(dice: Dice): Household[] {
  const households: Household[] = [];
  for (const [streetIndex, street] of STREETS.entries()) {
    for (const [houseIndex, { house, flats }] of street.houses.entries()) {
      for (let flat = 1; flat <= (flats ?? 1); flat += 1) {
        const place = `${TOWN}, ${street.name}, д. ${house}`;
        const account = `00${streetIndex + 1}${String(houseIndex + 1).padStart(2, '0')}${String(flat).padStart(3, '0')}${dice.integer(10)}`;
        households.push(
          makeHousehold(dice, account, flats ? `${place}, кв. ${flat}` : place, flats !== undefined, households.length),
        );
      }
    }
  }
  return households;
}

function makeHousehold(dice: Dice, account: string, address: string, flat: boolean, index: number): Household {
  const household: Household = {
    account,
    owner: makeName(dice),
    address,
    unified: `61ЛЖ${String(100_000 + index * 137).padStart(6, '0')}`,
    fias: `${dice.hex(8)}-${dice.hex(4)}-4${dice.hex(3)}-a${dice.hex(3)}-${dice.hex(12)}`,
    areaTenths: flat ? dice.between(301, 784) : dice.between(480, 1630),
    residents: dice.between(1, 5),
    flat,
    // The first of every kind are near the top of the list, where a person who tries things out finds them.
    habit: ORDER[index] ?? drawHabit(dice),
    benefit: dice.percent(8),
    zones: dice.percent(60) ? 1 : dice.percent(70) ? 2 : 3,
    metered: dice.percent(85),
  };
  if (index === 12 || dice.percent(1))
    return { ...household, habit: 'to-the-kopeck', closed: { period: '2026-05', day: '31.05.2026' } };
  if (dice.percent(2)) return { ...household, since: '2026-06' };
  return household;
}

function drawHabit(dice: Dice): Habit {
  let ticket = dice.integer(100);
  for (const [habit, share] of HABITS) {
    if (ticket < share) return habit;
    ticket -= share;
  }
  return 'to-the-kopeck';
}
