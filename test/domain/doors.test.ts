import { expect, test } from 'vitest';
import { createPresses, type DeskOffice } from '../../src/reception/desk/presses.ts';
import { chapters } from '../../src/dialogs/chapters.ts';
import type { Dialog, Door } from '../../src/dialogs/kit/scene.ts';
import {
  CHAPTERS,
  type ChapterDoor,
  type ChapterName,
  DESK_VERBS,
  type DeskVerb,
  isChapterName,
  isDeskVerb,
  readDoors,
} from '../../src/domain/doors.ts';
import type { Notice, NoticeDoor } from '../../src/office/notices.ts';
import type { Office } from '../../src/office/office.ts';
import type { BotMessage } from '../../src/records/deliveries.ts';
import type { NewNotice } from '../../src/records/notices.ts';

test('every name has its chapter, and every chapter its name', () => {
  expect(Object.keys(chapters).sort()).toEqual([...CHAPTERS].sort());
  expect(new Set(CHAPTERS).size).toBe(CHAPTERS.length);
});

test('every verb of the staff group has its handler, and every handler its verb', () => {
  const never = { desk: {}, stats: {}, openRequests: {}, resolutions: {}, handCredits: {} } as DeskOffice;
  expect(Object.keys(createPresses(never)).sort()).toEqual([...DESK_VERBS].sort());
});

test('names of elsewhere are none', () => {
  for (const name of ['', 'contact', 'Contacts', 'toString', '__proto__', 'constructor', 7, null, undefined, ['contacts']]) {
    expect(isChapterName(name), String(name)).toBe(false);
    expect(isDeskVerb(name), String(name)).toBe(false);
  }
});

test('of stored doors those to nowhere are left out', () => {
  const stored = JSON.parse(
    '[{"dialog":"contacts","ref":"5"},{"dialog":"gone"},{"verb":"take","number":1},{"verb":"gone","number":1},{"dialog":"toString"}]',
  ) as ChapterDoor[];
  expect(readDoors(stored)).toEqual([
    { dialog: 'contacts', ref: '5' },
    { verb: 'take', number: 1 },
  ]);
});

/** What does not compile; `tsc` reads it, and says so where one of these begins to. */
export const wrong = {
  // @ts-expect-error a door to nowhere
  door: { label: 'button-contacts', dialog: 'contact' } satisfies Door,
  // @ts-expect-error in a notice
  notice: { label: 'button-contacts', dialog: 'contact' } satisfies NoticeDoor,
  // @ts-expect-error in a notice to staff, a chapter
  staff: { to: 'staff', text: 'desk-stats', doors: [{ label: 'button-contacts', dialog: 'contacts' }] } satisfies Notice,
  // @ts-expect-error in a notice to a person, a verb of the group's
  person: { to: 'telegram:7', text: 'desk-stats', doors: [{ label: 'button-take', verb: 'take', number: 1 }] } satisfies Notice,
  // @ts-expect-error among what is stored
  botMessage: { text: 'desk-late', words: {}, doors: [{ label: 'button-take', verb: 'took', number: 1 }] } satisfies BotMessage,
  // @ts-expect-error the same of a notice
  stored: [{ label: 'button-contacts', dialog: 'contact' }] satisfies NewNotice['doors'],
  // @ts-expect-error a chapter that there is not
  name: 'contact' satisfies ChapterName,
  // @ts-expect-error a verb that there is not
  verb: 'took' satisfies DeskVerb,
};

export const leavesForNowhere: Dialog<Office> = async ({ goTo }) => {
  // @ts-expect-error a chapter that there is not
  await goTo('contact');
};

// @ts-expect-error a chapter is wanting
export const fewer: typeof chapters = { contacts: chapters.contacts };
// @ts-expect-error one too many
export const more: typeof chapters = { ...chapters, gone: chapters.contacts };
