import type { PaymentDocument, PhoneAbout } from '../../domain/payment-document.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeAddress } from '../figures.ts';
import { type Block, beside, paragraph, stack } from '../page/blocks.ts';
import { ACCENT, DOCUMENT_LOOK } from './look.ts';

type Say = Texts['text'];

const LEFT = 0.54;

/** Who made the document and how to ask; what the document is, and for which month. */
export function headerPart({ centre, period }: PaymentDocument, say: Say, width: number): Block {
  const left = width * LEFT;
  const right = width - left - 12;
  const call = ({ about, number }: PhoneAbout) =>
    say('payment-document-phone', { about, number: number.replaceAll(' ', '\u00a0') });
  const where = centre.address === null ? [] : [writeAddress(centre.address)];
  const written = [centre.email, centre.site?.replace(/^https?:\/\/|\/$/g, '') ?? null].filter((way) => way !== null);
  const emergency =
    centre.emergency.length === 0 ? [] : [say('payment-document-emergency', { list: centre.emergency.map(call).join(', ') })];
  const contacts = [[...where, ...centre.hours.map(keptWhole)], centre.phones.map(call), emergency, written].map((ways) =>
    paragraph(ways.join(', '), left, DOCUMENT_LOOK.contacts),
  );
  const both = beside(
    [
      stack([paragraph(centre.name, left, DOCUMENT_LOOK.centre), ...contacts], 1),
      stack([
        paragraph(say('payment-document-title'), right, DOCUMENT_LOOK.title, 'right'),
        paragraph(say('payment-document-for', { period }), right, DOCUMENT_LOOK.period, 'right'),
        paragraph(say('payment-document-purpose'), right, DOCUMENT_LOOK.note, 'right'),
      ]),
    ],
    12,
  );
  return stack([both, line(width)], 5);
}

/** A line of hours that is short is not broken. */
function keptWhole(hours: string): string {
  return hours.length > 24 ? hours : hours.replaceAll(' ', '\u00a0');
}

function line(width: number): Block {
  return {
    width,
    height: 1.4,
    draw: (pen, x, y) => pen.shape([[x, y, width, 1.4]], ACCENT),
  };
}
