import type { Chance } from '../chance.ts';
import type { Model } from '../model/model.ts';
import type { Townsman } from '../town.ts';
import type { Chats } from '../world.ts';

/** Something that a person does with the bot, from the first word to the last. `Given` is plain data: it is kept, and done again when a run is made shorter. */
export type Errand<Given> = {
  /** How often, beside the others. */
  weight: number;
  /** It happens without anything that the messenger tells the bot. */
  isUnheard?: true;
  /** What this person may do of the kind now; undefined: nothing. */
  think(chance: Chance, model: Model, who: Townsman): Given | undefined;
  /** What comes of it by PRODUCT.md; the model is what it is afterwards. `a | b`: either may. */
  expect(model: Model, who: string, given: Given): string;
  /** Makes the model what it is after the one of several that came. */
  learn?(model: Model, given: Given, came: string): void;
  /** Does it, whatever state all is in; what came of it, by what was read. */
  act(chats: Chats, who: string, given: Given): Promise<string>;
};

/** An errand of which nothing is given. */
export type Nothing = Readonly<Record<string, unknown>>;

export const errand = <Given>(one: Errand<Given>): Errand<unknown> => one;

/** Goes away from whatever dialog there is, with what came of it. */
export async function leave(chats: Chats, who: string, outcome: string): Promise<string> {
  await chats.say(who, '/cancel');
  return outcome;
}
