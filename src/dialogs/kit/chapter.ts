import type { ChapterName } from '../../domain/doors.ts';
import type { Dialog } from './scene.ts';
import { openVersions } from './version.ts';

/** A chapter as the bot knows it. */
export type Chapter<Office> = {
  dialog: Dialog<Office>;
  /** Of its code and the kit's: a dialog under way goes on after an upgrade only while this is the same. */
  version: string;
  /** Whoever comes out of it may have become a resident or a guest, so the menu is shown anew. */
  changesMenu: boolean;
  /** Whoever comes out of it may have other accounts in the cabinet. */
  changesAccounts?: boolean;
  /** Opened, and gone on with, only while the person is a member of staff. */
  forStaff?: boolean;
  /** It collects words for staff: who goes elsewhere before they are sent is asked about them. */
  asksUnsent?: boolean;
  /** What is said where it is left is said, too, to whoever goes elsewhere: something that was typed is not handed on. */
  tellsLeft?: boolean;
  /** What it says is not kept as what the person was told last: it is about requests themselves, or nothing may be kept. */
  untold?: boolean;
};

/** Those that a bot has: all of them, but for tests. */
export type Chapters<Office> = Readonly<Partial<Record<ChapterName, Chapter<Office>>>>;

const versionOf = openVersions();

/** A chapter out of its dialog and the file that it lies in. */
export function chapter<Office>(
  dialog: Dialog<Office>,
  file: URL,
  { changesMenu = false, changesAccounts = false, forStaff = false, untold = false, asksUnsent = false, tellsLeft = false } = {},
): Chapter<Office> {
  return { dialog, version: versionOf(file), changesMenu, changesAccounts, forStaff, untold, asksUnsent, tellsLeft };
}
