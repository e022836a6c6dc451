/** The chapters of the instruction, by the names that menus, buttons and stored notices call them; `dialogs/chapters.ts` has one for each. */
export const CHAPTERS = [
  'registration',
  'registration-form',
  'sign-in',
  'recovery',
  'settings',
  'change-password',
  'change-phone',
  'sessions',
  'news',
  'no-news',
  'end-session',
  'sign-out',
  'withdraw-consent',
  'linking',
  'accounts',
  'give-access',
  'take-access',
  'not-me',
  'rename-account',
  'unlink-account',
  'other-links',
  'home',
  'debt',
  'why',
  'bill',
  'bill-qr',
  'bill-periods',
  'history',
  'chart',
  'details',
  'sheet',
  'paper-link',
  'pay',
  'pay-card',
  'pay-qr',
  'readings',
  'late-reading',
  'my-readings',
  'reading-photo',
  'request',
  'my-requests',
  'request-page',
  'add-to-request',
  'reopen-request',
  'rate-request',
  'plain-words',
  'unsent-words',
  'staff-registry',
  'registry-order',
  'undo-import',
  'staff-announcement',
  'announcement-stop',
  'announcement-correct',
  'sent-announcements',
  'contacts',
  'payment-point',
  'staff-find',
  'staff-requests',
  'staff-stats',
  'staff-open',
  'staff-mine',
  'staff-reopen-linking',
  'staff-password',
  'staff-person',
  'account-password-help',
] as const;
export type ChapterName = (typeof CHAPTERS)[number];

/** What a button in the staff group does; `reception/desk/presses.ts` has a handler for each. */
export const DESK_VERBS = [
  'take',
  'close',
  'reopen',
  'withdraw',
  'to',
  'phone',
  'open-page',
  'resolution',
  'credit-do',
  'credit-drop',
  'credit-undo',
  'money-do',
  'money-drop',
  'money-undo',
  'stats',
  'stats-sheet',
] as const;
export type DeskVerb = (typeof DESK_VERBS)[number];

/** A button that opens a chapter; `ref` is an opaque id for it. */
export type ChapterDoor = { dialog: ChapterName; ref?: string };

/** A button of the staff group: about which request (or days, for `stats`), and what the verb needs besides. */
export type DeskDoor = { verb: DeskVerb; number: number; rest?: string };

/** The name of the text of a label, and its words. */
export type DoorLabel = { label: string; words?: Readonly<Record<string, string | number>> };

/** As they stand below a message: a row each, but marks and their like beside each other. */
export function doorRows<Door extends { label: string }>(doors: readonly Door[]): Door[][] {
  const rows: Door[][] = [];
  for (const door of doors) {
    const last = rows.at(-1);
    if (last?.[0] && isTiny(last[0].label) && isTiny(door.label)) last.push(door);
    else rows.push([door]);
  }
  return rows;
}

const TINY = 4;
const isTiny = (label: string) => label.length <= TINY;

const chapterNames: ReadonlySet<string> = new Set(CHAPTERS);
const deskVerbs: ReadonlySet<string> = new Set(DESK_VERBS);

export function isChapterName(name: unknown): name is ChapterName {
  return typeof name === 'string' && chapterNames.has(name);
}

export function isDeskVerb(name: unknown): name is DeskVerb {
  return typeof name === 'string' && deskVerbs.has(name);
}

/** Of doors that were stored, those that lead somewhere in this release: a button to nowhere is not shown. */
export function readDoors<Door extends ChapterDoor | DeskDoor>(stored: readonly Door[]): Door[] {
  return stored.filter((door) => ('verb' in door ? isDeskVerb(door.verb) : isChapterName(door.dialog)));
}
