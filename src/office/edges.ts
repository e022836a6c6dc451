import type { Payee } from '../domain/payment-qr.ts';
import type { ReadingsWindow } from '../domain/readings-window.ts';
import type { TextLimits } from '../domain/text-limits.ts';
import type { CodePurpose } from '../records/confirmation-codes.ts';
import type { Db } from '../records/database.ts';
import type { NoticeArgs } from '../records/notices.ts';
import type { CopyIn } from '../records/registries/staged.ts';
import type { MessengerId } from './caller.ts';
import type { Centre } from './centre.ts';
import type { MessageRef } from './staff/message-part.ts';
import type { NoticeDoor } from './notices.ts';
import type { ReadRegistry } from './registries/reading/read-registry.ts';

/** What the office needs of the world; adapters fulfil it, tests replace it. */
export type OfficeEdges = {
  db: Db;
  clock: Clock;
  randomness: Randomness;
  keyring: Keyring;
  passwords: PasswordHasher;
  sendCode: CodeSender;
  /** The words of the SMS that carries a code, and for what (they come from the texts). */
  codeText: (code: string, purpose: CodePurpose) => string;
  background: Background;
  staff: StaffEdge;
  centre: Centre;
  settings: OfficeSettings;
};

export type OfficeSettings = {
  /** `PASSWORD_MIN_LENGTH` */
  passwordMinLength: number;
  /** `SMS_HOURLY_LIMIT`, `SMS_DAILY_LIMIT`: codes over all people together. */
  smsHourlyLimit: number;
  smsDailyLimit: number;
  /** `READINGS_WINDOW` */
  readingsWindow: ReadingsWindow;
  /** `TIME_ZONE`: whose days people mean (`domain/local-day.ts`). */
  timeZone: string;
  /** `SMS_PROVIDER` has a way by which a code comes into a chat of its phone, and not as an SMS. */
  codesInChat?: boolean;
  /** `PAYEE_…`: whom residents pay; null while the operator has not said. */
  payee: Payee | null;
  /** The messengers that send invoices, by their words in ids: in these residents can pay by card. */
  cards: readonly string[];
  /** What every messenger takes in which residents and staff are: the least of their limits. */
  textLimits: TextLimits;
};

/** Who is staff at this moment, by the messenger's own word; it is remembered for a minute at most, and not where it is asked `afresh`. */
export type StaffEdge = {
  /** A member of the staff group now. False where there is no group. @throws where the messenger does not answer, or (`MembershipUnknown`) may not tell us: then access is refused. */
  isMember(messengerId: MessengerId, how?: { afresh: boolean }): Promise<boolean>;
  /** `STAFF_SENIOR_IDS`: may move money and announce. Whoever is no member is no senior either. */
  isSenior(messengerId: MessengerId): Promise<boolean>;
  /** Where members are led to a message of their group, or to a thread of it; undefined: nothing leads there. */
  linkTo?(ref: MessageRef): string | undefined;
};

/** Does something after the answer, so that how long it takes tells nothing; a breakage is logged. Closing waits for it. */
export type Background = (work: () => Promise<void>) => void;

/** The present moment. */
export type Clock = () => Date;

/** Unpredictable values, from a cryptographic source. */
export type Randomness = {
  /** A uniformly chosen integer, 0 ≤ n < below. */
  integer(below: number): number;
  /** An opaque id, 22 URL-safe characters, 128 bits. */
  id(): string;
};

/** Seals and hashes with keys that only the operator has (`SECRET_KEY`). */
export type Keyring = {
  /** Seals text so that it opens only with the same `place` (associated data); the newest key. */
  seal(place: string, text: string): string;
  /** Undefined when the seal is broken, made for another place, or its key is no longer in the list. */
  open(place: string, sealed: string): string | undefined;
  /** A keyed hash of a short secret or a personal value, base64url; the same for the same purpose and value under every listed key. */
  fingerprint(purpose: string, value: string): string;
  /** All fingerprints under listed keys, newest first: for look-ups while keys rotate. */
  fingerprints(purpose: string, value: string): readonly string[];
};

/** Hashes passwords slowly (argon2id, keyed), two at a time, with a bounded queue. */
export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** Takes the same time whatever the answer; `undefined` stands for «there is no such password» and is compared with a dummy. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
  /** The same, for a password that is kept: a right one whose hash is of an older key comes back hashed anew, under the newest. */
  check(hash: string | undefined, password: string): Promise<PasswordChecked>;
};

/** `renewed`: what is to stand in the place of the hash. */
export type PasswordChecked = { right: boolean; renewed: string | undefined };

/** Sends one confirmation code by the first provider that takes it; the one to `avoid` is asked last. */
export type CodeSender = (message: {
  phone: string;
  code: string;
  text: string;
  ttlSeconds: number;
  avoid?: string;
}) => Promise<CodeSent>;

export type CodeSent =
  | { outcome: 'sent'; provider: string; reference?: string; failures?: readonly SmsError[] }
  /** The request went out and no answer came: the SMS may arrive. Counts as sent. */
  | { outcome: 'unknown'; provider: string; failures?: readonly SmsError[] }
  /** The providers say that this number cannot be reached. */
  | { outcome: 'bad-number'; provider: string; failures?: readonly SmsError[] }
  /** No provider took it; what each said. `mayArrive`: one of them answered so that it may have gone out all the same. */
  | { outcome: 'failed'; reasons: readonly SmsError[]; mayArrive?: true };

/** A provider that did not do its work, also where another one did; without secrets and personal data. */
export type SmsError = { provider: string; reason: 'no-money' | 'limit' | 'auth' | 'down' | 'refused'; detail: string };

/** A registry's file, opened. */
export type RegistryFile = ReadRegistry & {
  /** Without the folder. */
  name: string;
  /** Writes the refused rows beside the file, aside until they are kept; undefined: there are none. */
  writeRefused(lines: AsyncIterable<string> | undefined): Promise<RefusedRows>;
  close(): Promise<void>;
};

/** `keep` puts them in their place once the import is safe. It never throws: what was taken in must not be told as left. */
export type RefusedRows = { keep(): Promise<KeptRows> };

/** Where the refused rows are, and in Russian what could not be done about those of a former import. */
export type KeptRows = { path?: string; problem?: string };

/** Lends one connection of the base for an import, which takes long and copies rows in. */
export type ImportConnection = <A>(work: (db: Db, copyIn: CopyIn) => Promise<A>) => Promise<A>;

/** A file that staff sent, fetched anew and opened, or why it cannot be had. */
export type SentRegistry =
  | { outcome: 'opened'; file: RegistryFile; sha256: string }
  | { outcome: 'gone' | 'too-large' }
  /** It is no registry: why, in Russian. */
  | { outcome: 'unread'; why: string };

/**
 * Lets `work` have a file by the messenger's handle of it, read by a layout where one is named; what is on the disk goes afterwards. Throws
 * when the messenger does not answer, and when the file may be read another time.
 */
export type WithSentRegistry = <A>(
  sent: { handle: string; name: string; layout: string | undefined },
  work: (sent: SentRegistry) => Promise<A>,
) => Promise<A>;

/** A text that is named with its words, and the buttons below it. */
export type Said = { text: string; words?: NoticeArgs; doors?: readonly NoticeDoor[] };

/**
 * Speaks to a member of staff in private about work that goes on. Throws when it is not known whether it arrived, and when the messenger
 * wants us to wait for long: it is tried again.
 */
export type MemberVoice = {
  /** Says it in place of an earlier message, where that can still be changed, else anew. Undefined: this chat takes nothing from us. */
  show(to: MessengerId, said: Said, inPlaceOf: MessageRef | null): Promise<MessageRef | undefined>;
  /** Hands a file over, under a name without spaces; false: this chat does not take it. */
  hand(to: MessengerId, file: { name: string; content: string | { path: string } }, said: Said): Promise<boolean>;
};
