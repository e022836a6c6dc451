import type { CabinetChart } from '../domain/cabinet-chart.ts';
import type { DeskChart } from '../domain/desk-chart.ts';
import type { Detail } from '../domain/detail.ts';
import type { HistoryChart } from '../domain/history-chart.ts';
import type { PersonDataFile } from '../domain/person-data.ts';
import type { PasswordSlip } from '../domain/password-slip.ts';
import type { PaymentDocument } from '../domain/payment-document.ts';
import type { BankPaymentOrder } from '../domain/payment-qr.ts';
import type { RequestsSheet } from '../domain/requests-sheet.ts';

/** Something that can be drawn for people, as plain JSON: the same paper is drawn the same way every time. */
export type Paper =
  /** A page of A4, a document. */
  | { kind: 'payment-document'; data: PaymentDocument }
  /** The payment's QR code, a picture. */
  | { kind: 'payment-qr'; data: BankPaymentOrder }
  /** Twelve months of charges and payments, a picture. */
  | { kind: 'history-chart'; data: HistoryChart }
  /** All rows of a range of months, a spreadsheet. */
  | { kind: 'detail-sheet'; data: Detail }
  /** How staff have been answering, a picture. */
  | { kind: 'desk-chart'; data: DeskChart }
  /** What residents have been doing in the cabinet, a picture. */
  | { kind: 'cabinet-chart'; data: CabinetChart }
  /** Residents' requests, a spreadsheet. */
  | { kind: 'requests-sheet'; data: RequestsSheet }
  /** Somebody's own picture, by the handle of messenger `of`, where that is said: it is there, and is not drawn. */
  | { kind: 'picture'; data: { file: string; of?: string } };

/**
 * A paper that must not be kept, nor what it shows: it is drawn and handed over in one step, and the messenger's handle of it is forgotten.
 */
export type SecretPaper =
  /** The slip with a password to an account, a page of A5. */
  | { kind: 'password-slip'; data: PasswordSlip }
  /** All that is kept of a person, a text. */
  | { kind: 'person-data'; data: PersonDataFile };

/** A drawn paper: a document to keep, or a picture to look at in the chat. The name is one that people understand, with blanks and Cyrillic letters. */
export type DrawnFile = { send: 'document' | 'photo'; name: string; bytes: Uint8Array };

/** Throws when it cannot be drawn. */
export type DrawPaper = (paper: Paper | SecretPaper) => Promise<DrawnFile>;

/** Draws papers, and remembers which of them the messenger has already: those need not be drawn and sent up again. */
export type PaperCache = {
  draw: DrawPaper;
  /** The messenger's handle of this very paper, and how it was sent. */
  findSent: (paper: Paper) => Promise<{ send: DrawnFile['send']; file: string } | undefined>;
  keepSent: (paper: Paper, sent: { send: DrawnFile['send']; file: string }) => Promise<void>;
};
