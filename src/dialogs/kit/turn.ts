import type { ChapterDoor, ChapterName } from '../../domain/doors.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Keyboard } from './keyboard.ts';
import type { Letter } from './letter.ts';
import type { DialogProgress } from './progress.ts';
import type { Voice } from './voice.ts';

/** What one letter brings to a dialog. */
export type DialogTurn<Office> = {
  /** The letter that is to be answered, until a question has taken it. */
  incoming: Letter | undefined;
  /** The question under way is put once more: something else was said below it. */
  again?: boolean;
  /** The letter went out of the chat, since it may hold the secret that was asked for. */
  dropped?: boolean;
  progress: DialogProgress;
  voice: Voice;
  office: Office;
  /** `letterId` tells one letter from another, and is the same when it comes again. */
  caller: Omit<StaffCaller, 'idempotencyKey'> & { letterId: string };
  /** The section that words alone mean («долг», «квитанция за сентябрь»); looked up only for what answers no question, and at a question for a secret. */
  sectionOf?: (words: string) => ChapterDoor | undefined;
  /** The menu of whoever the person is by now. */
  menu?: () => Promise<Keyboard>;
  /** It stands under something that was said in this phase. */
  menuSaid?: boolean;
  /** A question became the words by which the chapter ended: what stands under them now is none of the question's. */
  concluded?: boolean;
  /** To be called before a question for a secret is put: from then on its answer is known for one, whatever happens. */
  expectSecret: () => Promise<void>;
};

/** How the dialog stands when the letter has been worked off. */
export type DialogEnd =
  | { end: 'asking' }
  | { end: 'done' }
  /** What was answered so far was answered to other calls than the chapter makes now: it cannot be continued. */
  | { end: 'changed' }
  /** `says`: a text's name, null for nothing. */
  | { end: 'left'; says: string | null }
  /** `byWord`: the person named the section in place of an answer. */
  | { end: 'elsewhere'; dialog: ChapterName; ref: string; brought: MessagePart[]; byWord?: true };
