import type { ChapterDoor } from '../../domain/doors.ts';
import type { Doors, TextArgs } from './scene.ts';

/** A button in a question: in which run of a chapter, of which step, which choice. */
export type Choice = { run: string; step: number; choice: string };

/** A button that opens a chapter; one that `turns` changes the message under which it stands. */
export type OpeningButton = ChapterDoor & { turns?: true };

/** What is read on it, in plain text, and what it means. What it carries for that is its channel's to make. */
export type Button = { label: string; means: Choice | OpeningButton };

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
/** Choices a page. */
export const PAGE = 10;
const SHORT = 14;

/** Whose buttons they are, and the label of the last one, which leaves the dialog. */
export type Question = { run: string; step: number; cancelLabel: string };

/** Buttons of a question: short labels two in a row, long ones each on its own; the last row leaves the dialog. */
export function questionButtons(question: Question, choices: readonly { key: string; label: string }[]): Buttons {
  const { run, step } = question;
  return [...inRows(choices.map(({ key, label }) => ({ label, means: { run, step, choice: key } }))), [cancelButton(question)]];
}

/** Which page a button turns to, from 1, and how many there are. */
type PageLabel = (words: { page: number; of: number }) => string;

/** Ten choices a page; `p<n>` turns to page n. */
export function pickButtons(
  question: Question,
  labels: readonly string[],
  page: number,
  { earlier, later }: { earlier: PageLabel; later: PageLabel },
): Buttons {
  const { run, step } = question;
  const button = (label: string, choice: string): Button => ({ label, means: { run, step, choice } });
  const from = page * PAGE;
  const of = Math.ceil(labels.length / PAGE);
  const turn: Button[] = [];
  if (page > 0) turn.push(button(earlier({ page, of }), `p${page - 1}`));
  if (from + PAGE < labels.length) turn.push(button(later({ page: page + 2, of }), `p${page + 1}`));
  return [
    ...labels.slice(from, from + PAGE).map((label, i) => [button(label, String(from + i))]),
    ...(turn.length > 0 ? [turn] : []),
    [cancelButton(question)],
  ];
}

export function cancelButton({ run, step, cancelLabel }: Question): Button {
  return { label: cancelLabel, means: { run, step, choice: CANCEL } };
}

/** Buttons that open chapters. */
export function doorButtons(doors: Doors, label: (text: string, words?: TextArgs) => string): Buttons {
  return doors.map((row) =>
    ('dialog' in row ? [row] : row).map(({ label: text, words, ...means }) => ({ label: label(text, words), means })),
  );
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
