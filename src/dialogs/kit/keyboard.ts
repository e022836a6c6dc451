import { type ButtonLook, lookOf } from '../../domain/button-look.ts';
import type { ChapterDoor } from '../../domain/doors.ts';
import type { Doors, TextArgs } from './scene.ts';

/** A button in a question: in which run of a chapter, of which step, which choice. */
export type Choice = { run: string; step: number; choice: string };

/** A button that opens a chapter; one that `replaces` changes the message under which it stands. */
export type OpeningButton = ChapterDoor & { replaces?: true };

/** A button that puts a text into the person's clipboard; nothing of it comes to us. */
export type Copying = { copies: string };

/** A button that opens an address outside of the messenger; nothing of it comes to us. */
export type Leading = { address: string };

/** What is read on it, in plain text, and what it means. What it carries for that is its channel's to make. */
export type Button = { label: string; means: Choice | OpeningButton | Copying | Leading; look?: ButtonLook };

export type Buttons = readonly (readonly Button[])[];

/** Buttons under one message; or what stands below the field, in place of what stood there. */
export type Keyboard =
  | Buttons
  /** `hint`: what stands in the empty field, where the messenger shows that. */
  | { below: 'menu'; rows: Buttons; hint?: string }
  | { below: 'nothing' }
  /** The telephone's own button for sharing one's number, and how to leave. */
  | { below: 'contact'; share: string; cancel: Button; hint?: string };

/** «Отмена» stands under every question. */
export const CANCEL = 'x';
const SHORT = 14;

/** Whose buttons they are, and the label of the last one, which leaves the dialog. */
export type Question = { run: string; step: number; cancelLabel: string };

/** Buttons of a question: short labels two in a row, long ones each on its own; the last row leaves the dialog. */
export function questionButtons(
  question: Question,
  choices: readonly { key: string; label: string; look?: ButtonLook }[],
): Buttons {
  const { run, step } = question;
  const buttons = choices.map(({ key, label, look }) => ({ label, means: { run, step, choice: key }, ...(look && { look }) }));
  return [...inRows(buttons), [cancelButton(question)]];
}

/** Which page a button turns to, from 1, and how many there are. */
type PageLabel = (words: { page: number; of: number }) => string;

/** How the choices of a list stand: each in a row of its own, ten to a page; short ones several in a row. */
export type ListLayout = {
  inARow: 1 | 3;
  pageSize: number /** So many of the first stand in a row of their own. */;
  apart?: number;
};
const ONE_IN_A_ROW: ListLayout = { inARow: 1, pageSize: 10 };

/** How many pages so many choices make. */
export function pageCount(choices: number, { pageSize }: ListLayout = ONE_IN_A_ROW): number {
  return Math.ceil(choices / pageSize);
}

/** `p<n>` turns to page n. */
export function pickButtons(
  question: Question,
  labels: readonly string[],
  page: number,
  { earlier, later }: { earlier: PageLabel; later: PageLabel },
  layout: ListLayout = ONE_IN_A_ROW,
): Buttons {
  const { run, step } = question;
  const { inARow, pageSize, apart = 0 } = layout;
  const button = (label: string, choice: string): Button => ({ label, means: { run, step, choice } });
  const from = page * pageSize;
  const of = pageCount(labels.length, layout);
  const choices = labels.slice(from, from + pageSize).map((label, i) => button(label, String(from + i)));
  const head = page === 0 ? apart : 0;
  const pages: Button[] = [];
  if (page > 0) pages.push(button(earlier({ page, of }), `p${page - 1}`));
  if (from + pageSize < labels.length) pages.push(button(later({ page: page + 2, of }), `p${page + 1}`));
  return [
    ...inRowsOf(inARow, choices.slice(0, head)),
    ...inRowsOf(inARow, choices.slice(head)),
    ...(pages.length > 0 ? [pages] : []),
    [cancelButton(question)],
  ];
}

export function cancelButton({ run, step, cancelLabel }: Question): Button {
  return { label: cancelLabel, means: { run, step, choice: CANCEL } };
}

/** Buttons that open chapters or addresses, and those that copy something where the messenger has such ones: it can be read in the message, too. */
export function doorButtons(
  doors: Doors,
  label: (text: string, words?: TextArgs) => string,
  { copiesText }: { copiesText: boolean },
): Buttons {
  return doors
    .map((row) =>
      ('label' in row ? [row] : row)
        .filter((door) => copiesText || !('copies' in door))
        .map(({ label: text, words, ...door }): Button => {
          const shown = { label: label(text, words), ...lookOf(text) };
          return 'copies' in door
            ? { ...shown, means: { copies: label(door.copies.text, door.copies.words) } }
            : { ...shown, means: door };
        }),
    )
    .filter((row) => row.length > 0);
}

function inRowsOf(size: number, buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / size) }, (_, row) => buttons.slice(row * size, (row + 1) * size));
}

function inRows(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (const button of buttons) {
    const last = rows.at(-1);
    const fits = button.label.length <= SHORT && last?.length === 1 && (last[0]?.label.length ?? SHORT) <= SHORT;
    if (fits) last.push(button);
    else rows.push([button]);
  }
  return rows;
}
