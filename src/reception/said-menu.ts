import type { Keyboard } from '../dialogs/kit/keyboard.ts';
import type { ChapterTraits } from './chapter-traits.ts';
import { type MenuKind, menuCommands, menuKeyboard } from './menu.ts';
import type { ToldLast } from './told-last.ts';
import type { Visit } from './visit.ts';
import type { Visitors } from './visitors.ts';

/** Says the menu of whoever the person is, and offers the messenger's own list of commands. */
export function createSaidMenu(
  { visitorOf, isStaff }: Pick<Visitors, 'visitorOf' | 'isStaff'>,
  { keepInstead }: Pick<ToldLast, 'keepInstead'>,
) {
  /** The menu with a text of its own, else `menu-guest` or `menu-resident`. */
  async function sayMenu(visit: Visit, text: string | ((kind: MenuKind) => string) = (kind) => `menu-${kind}`): Promise<void> {
    const { who: kind } = await visitorOf(visit);
    const said = typeof text === 'string' ? text : text(kind);
    if (visit.leftQuestion) keepInstead(visit, said);
    await visit.voice.say(said, {}, await menuOf(visit));
  }

  async function sayHelp(visit: Visit): Promise<void> {
    await sayMenu(visit, 'help');
    if (await isStaff(visit)) await visit.voice.say('help-staff', {});
  }

  /** The menu of whoever the person has become by now; the messenger's own list of commands is theirs, too. */
  async function menuOfNow(visit: Visit, { changesMenu }: Pick<ChapterTraits, 'changesMenu'>): Promise<Keyboard> {
    if (changesMenu) visit.visitor = undefined;
    await offerCommands(visit);
    return menuOf(visit);
  }

  async function offerCommands(visit: Visit): Promise<void> {
    const { voice } = visit;
    const { who } = await visitorOf(visit);
    // A guest's are everybody's.
    if (voice.powers.offersCommands) await voice.offerCommands(who === 'guest' ? undefined : menuCommands(who, voice.label));
  }

  async function menuOf(visit: Visit): Promise<Keyboard> {
    const { who: kind } = await visitorOf(visit);
    return menuKeyboard(kind, await isStaff(visit), visit.voice.label);
  }

  return { sayMenu, sayHelp, menuOfNow, offerCommands };
}
