import type { Context } from 'grammy';
import type { ChapterName } from '../../domain/doors.ts';
import type { MessagePart } from '../../office/desk/message-part.ts';
import type { StaffCaller } from '../../office/desk/staff.ts';
import type { Progress } from './progress.ts';
import type { Voice } from './voice.ts';

/** What one update brings to a dialog. */
export type DialogTurn<Office> = {
  /** The update that is to be answered, until a question has taken it. */
  incoming: Context | undefined;
  progress: Progress;
  voice: Voice;
  office: Office;
  caller: Omit<StaffCaller, 'operation'> & { updateId: number };
  /** To be called before a question for a secret is put: from then on its answer is known for one, whatever happens. */
  expectSecret: () => Promise<void>;
};

/** How the dialog stands when the update has been worked off. */
export type DialogEnd =
  | { end: 'asking' }
  | { end: 'done' }
  | { end: 'left' }
  | { end: 'elsewhere'; dialog: ChapterName; ref: string; brought: MessagePart[] };
