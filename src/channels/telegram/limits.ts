import type { TextLimits } from '../../domain/text-limits.ts';

/** Characters of a message and of words under a file, as they are read: tags do not count, and a sign written as `&lt;` is one. */
export const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;
export const TEXT_LIMITS: TextLimits = { text: LONGEST_TEXT, caption: LONGEST_CAPTION };

/** A long text with its tags is cut into parts of so many: our tags never reach over a line, where it is cut, but for quotes. */
export const LONGEST_PART = 4000;
/** The same of words that were found too long nevertheless. */
export const SHORTER_PART = 2000;

/** Of an invoice's title, and of what it says below it. */
export const LONGEST_INVOICE_TITLE = 32;
export const LONGEST_INVOICE_WORDS = 255;

/** Of the title of a topic. */
export const LONGEST_TOPIC_TITLE = 128;
/** Of what is shown over the chat to who pressed a button. */
export const LONGEST_POPUP = 200;

/** Bytes of what a button carries. */
export const MOST_CALLBACK_BYTES = 64;

/** Of a file, in bytes: as the Bot API hands it out, and takes it. */
export const LARGEST_FETCHED_BYTES = 20 * 1024 * 1024;
export const LARGEST_HANDED_BYTES = 50 * 1024 * 1024;

/** Files that go as one album. */
export const LARGEST_ALBUM = 10;
/** Words under a file of an album, so that a header and what is cited fit above them; longer ones need a message of their own. */
export const LONGEST_IN_ALBUM = 900;

/**
 * What we send at most, below Telegram's own figures (30, one, 20): a pace of exactly theirs collapses into refusals. Its figure for a group is
 * of messages; what it takes of changes of topics is written nowhere.
 */
export const TELEGRAM_PACE = { perSecond: 29, chatRestMs: 1000, perGroupMinute: 18, threadsPerGroupMinute: 24 };
/** Characters that a button may put into the clipboard. */
export const LONGEST_COPY = 256;
