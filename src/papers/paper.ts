import type { PaymentDocument } from '../domain/payment-document.ts';
import type { PaymentOrder } from '../domain/payment-qr.ts';

/** Something that can be drawn for a resident, as plain JSON: the same paper is drawn the same way every time. */
export type Paper =
  /** A page of A4, a document. */
  | { kind: 'payment-document'; data: PaymentDocument }
  /** The payment's QR code, a picture. */
  | { kind: 'payment-qr'; data: PaymentOrder };

/** A drawn paper: a document to keep, or a picture to look at in the chat. The name is ASCII without spaces. */
export type DrawnFile = { send: 'document' | 'photo'; name: string; bytes: Uint8Array };
