import type { Keyboard } from '../dialogs/kit/keyboard.ts';
import { bareLabel, bareWords, looseWords } from '../dialogs/kit/label.ts';
import { names } from '../dialogs/kit/spoken.ts';
import type { OfferedCommand } from '../dialogs/kit/voice.ts';
import { saidRef } from '../domain/door-refs.ts';
import type { ChapterDoor, ChapterName } from '../domain/doors.ts';
import { readSaidMonths } from '../domain/said-months.ts';

/** A line of the menu: its label is the text `button-<button>`, its command opens the same chapter. */
type MenuLine = { button: string; command: string; dialog: ChapterName };

export type MenuKind = 'guest' | 'resident';

const login: MenuLine = { button: 'login', command: 'login', dialog: 'sign-in' };
const register: MenuLine = { button: 'register', command: 'register', dialog: 'registration' };
const accounts: MenuLine = { button: 'accounts', command: 'accounts', dialog: 'accounts' };
const link: MenuLine = { button: 'link', command: 'link', dialog: 'linking' };
const debt: MenuLine = { button: 'debt', command: 'debt', dialog: 'debt' };
const bill: MenuLine = { button: 'bill', command: 'bill', dialog: 'bill' };
const history: MenuLine = { button: 'history', command: 'history', dialog: 'history' };
const details: MenuLine = { button: 'details', command: 'details', dialog: 'details' };
const readings: MenuLine = { button: 'readings', command: 'readings', dialog: 'readings' };
const pay: MenuLine = { button: 'pay', command: 'pay', dialog: 'pay' };
const request: MenuLine = { button: 'request', command: 'request', dialog: 'request' };
const settings: MenuLine = { button: 'settings', command: 'settings', dialog: 'settings' };
const contacts: MenuLine = { button: 'contacts', command: 'contacts', dialog: 'contacts' };
const logout: MenuLine = { button: 'logout', command: 'logout', dialog: 'sign-out' };
const issuePassword: MenuLine = { button: 'issue-password', command: 'password', dialog: 'staff-password' };
const findAccount: MenuLine = { button: 'find-account', command: 'find', dialog: 'staff-find' };
const loadRegistry: MenuLine = { button: 'load-registry', command: 'registry', dialog: 'staff-registry' };
const announce: MenuLine = { button: 'announce', command: 'announce', dialog: 'staff-announcement' };

/** Rows of the keyboard, as a person sees them. */
const MENUS: Record<MenuKind, readonly (readonly MenuLine[])[]> = {
  guest: [[login, register], [readings], [pay], [request, contacts]],
  resident: [[debt, bill], [readings], [pay], [request, contacts], [history], [details], [accounts, link], [settings, logout]],
};

/** What a member of staff sees above the resident's or guest's own menu. */
const STAFF_ROWS: readonly (readonly MenuLine[])[] = [
  [issuePassword, findAccount],
  [loadRegistry, announce],
];

/** Words that open a chapter as a menu's do, and stand in no menu. */
const myRequests: MenuLine = { button: 'my-requests', command: 'requests', dialog: 'my-requests' };
const BESIDES: readonly MenuLine[] = [
  myRequests,
  { button: 'add-to-request', command: 'add', dialog: 'my-requests' },
  { button: 'stats', command: 'stats', dialog: 'staff-stats' },
  { button: 'open-requests', command: 'open', dialog: 'staff-open' },
  { button: 'mine-requests', command: 'mine', dialog: 'staff-mine' },
];

const LINES: readonly MenuLine[] = [...new Set([...Object.values(MENUS).flat(2), ...STAFF_ROWS.flat(), ...BESIDES])];

export function menuKeyboard(kind: MenuKind, isStaff: boolean, label: (text: string) => string): Keyboard {
  const rows = [...(isStaff ? STAFF_ROWS : []), ...MENUS[kind]];
  return {
    below: 'menu',
    hint: label('menu-hint'),
    rows: rows.map((row) => row.map(({ button, dialog }) => ({ label: label(`button-${button}`), means: { dialog } }))),
  };
}

/** What opens a chapter from anywhere: a command, by its name. */
export const CHAPTER_OF_COMMAND: ReadonlyMap<string, ChapterName> = new Map(
  LINES.map(({ command, dialog }) => [command, dialog]),
);

/** The same of the words of a menu label, with an emoji before them or without, and a full stop behind them or none. */
export function menuLookup(label: (text: string) => string): (words: string) => ChapterName | undefined {
  const named = (bare: (words: string) => string) =>
    new Map(LINES.map((line) => [bare(label(`button-${line.button}`)), line.dialog]));
  const [byLabel, byWords] = [named(bareLabel), named(bareWords)];
  // What looks like a command is no label.
  return (words) => (words.startsWith('/') ? undefined : (byLabel.get(bareLabel(words)) ?? byWords.get(looseWords(words))));
}

/** What people name by everyday words: the text `spoken-<name>`, with `;` between them. */
/** `button`: whose label means it, too, where that is another name. */
type Spoken = { name: string; button?: string; dialog: ChapterName };

const SPOKEN: readonly Spoken[] = [
  ...[debt, bill, readings, pay, request, contacts, history, details, accounts, link, settings, logout, login, register].map(
    ({ button: name, dialog }) => ({ name, dialog }),
  ),
  // What stands under messages, typed where no such message asks for it.
  { name: 'my-readings', dialog: 'my-readings' },
  { name: 'reading-photo', dialog: 'reading-photo' },
  { name: 'why', dialog: 'why' },
  { name: 'chart', dialog: 'chart' },
  { name: 'change-password', dialog: 'change-password' },
  { name: 'change-phone', dialog: 'change-phone' },
  { name: 'sessions', dialog: 'sessions' },
  { name: 'news', dialog: 'news' },
  { name: 'withdraw-consent', dialog: 'withdraw-consent' },
  { name: 'recovery', button: 'forgot-password', dialog: 'recovery' },
  { name: 'get-password', dialog: 'account-password-help' },
];

/** What is opened where a month is said behind the name of a section: «долг за октябрь» is a page of the history. */
const OF_A_MONTH: Partial<Record<ChapterName, ChapterName>> = {
  debt: 'history',
  bill: 'bill',
  history: 'history',
  details: 'details',
  why: 'why',
  readings: 'my-readings',
  'my-readings': 'my-readings',
};

/** The same of several months. */
const OF_A_PERIOD: Partial<Record<ChapterName, ChapterName>> = { debt: 'details', history: 'details', details: 'details' };

/** A section's name, and what was said behind it. */
export type SectionSaid = { dialog: ChapterName; rest: string };

/** Where a message begins with the everyday word for a section. */
export function sectionHeadLookup(label: (text: string) => string): (words: string) => SectionSaid | undefined {
  const heads = SPOKEN.flatMap(({ name, button = name, dialog }) =>
    [bareLabel(label(`button-${button}`)), ...names(label(`spoken-${name}`))].map((head) => ({ head, dialog })),
  ).toSorted((a, b) => b.head.length - a.head.length);
  return (words) => {
    const bare = bareWords(words);
    const found = heads.find(({ head }) => bare === head || bare.startsWith(`${head} `));
    return found && { dialog: found.dialog, rest: bare.slice(found.head.length).trim() };
  };
}

/**
 * What a message means that is nothing but an everyday word for a section («долг», «сколько платить?», «счётчик»), or such a word and a month
 * («квитанция за сентябрь», «история с августа по октябрь»).
 */
export function sectionLookup(label: (text: string) => string): (words: string) => ChapterDoor | undefined {
  const bySpoken = new Map(
    SPOKEN.flatMap(({ name, dialog }) => names(label(`spoken-${name}`)).map((said) => [said, dialog] as const)),
  );
  const headOf = sectionHeadLookup(label);
  return (words) => {
    const alone = bySpoken.get(bareWords(words));
    if (alone) return { dialog: alone };
    const { dialog, rest } = headOf(words) ?? {};
    if (dialog && rest === '') return { dialog };
    return dialog && rest ? doorOfMonths(dialog, rest) : undefined;
  };
}

/** What is opened where months are said behind the name of a section, or behind its command; undefined where these are none, or it has none. */
export function doorOfMonths(dialog: ChapterName, rest: string): ChapterDoor | undefined {
  const said = readSaidMonths(rest);
  const opened = said && (said.from === said.to ? OF_A_MONTH : OF_A_PERIOD)[dialog];
  return opened && { dialog: opened, ref: saidRef(rest) };
}

/** «Меню», «Помощь», «Спасибо!» and their like: what is said besides sections. */
export type Saying = 'menu' | 'help' | 'thanks' | 'greeting';

const SAYINGS: readonly Saying[] = ['menu', 'help', 'thanks', 'greeting'];

export function sayingLookup(label: (text: string) => string): (words: string) => Saying | undefined {
  const said = new Map(
    SAYINGS.flatMap((saying) => {
      // With a question mark, too, which some phones put behind what is dictated.
      const own = saying === 'menu' || saying === 'help' ? [bareLabel(label(`button-${saying}`))] : [];
      return [...own, ...names(label(`spoken-${saying}`))].map((name) => [name, saying] as const);
    }),
  );
  // Of a sign alone nothing is left without its looks.
  return (words) =>
    said.get(bareWords(words)) ?? (/^\s*(?:👍|🙏|❤|👌|🤝)[\p{Emoji}\p{M}\s]*$/u.test(words) ? 'thanks' : undefined);
}

/** Commands for the messenger's own list, each with the label that it stands for. */
export function menuCommands(kind: MenuKind, label: (text: string) => string): OfferedCommand[] {
  const own = [...MENUS[kind].flat(), myRequests].map(({ command, button }) => ({
    command,
    description: label(`button-${button}`),
  }));
  return [
    ...own,
    { command: 'menu', description: label('button-menu') },
    { command: 'help', description: label('button-help') },
    { command: 'cancel', description: label('button-cancel') },
  ];
}
