import type { MessengerId } from './caller.ts';

/**
 * Something that must reach somebody later or surely. The text is named, not written: it is put into words when it is sent.
 * Its words are stored in clear and wiped once it is sent: no secret may be among them.
 */
export type Notice = {
  to: 'staff' | MessengerId;
  /** The name of a text. */
  text: string;
  words?: Readonly<Record<string, string | number>>;
  /** Buttons that open a dialog with a reference. */
  doors?: readonly { label: string; dialog: string; ref?: string }[];
  /** A notice with the same key goes out once only. */
  key?: string;
};
