import { once } from 'node:events';
import type { Writable } from 'node:stream';
import Pdf from 'pdfkit';
import type { AccountNumber } from '../domain/account-number.ts';
import type { BotAddress } from '../domain/bot-address.ts';
import { paperStart } from '../domain/paper-link.ts';
import type { Texts } from '../texts/texts.ts';
import { writeAddress } from './figures.ts';
import { breakLines, leadingOf, naturalWidth, type Style } from './page/lines.ts';
import type { Pen } from './page/pen.ts';
import { A4, drawOnPage, parsedFont } from './page/sheet.ts';
import { qrModules, qrRectangles } from './qr-code.ts';

type Say = Texts['text'];

/** A card with the QR link of one account: staff put it into the letter box of this address. */
export type LinkCard = { account: AccountNumber; address: string };

/** Sheets of cards, written as they come: a card of the sheet under way is all that is held. */
export type LinkSheets = {
  add(card: LinkCard): Promise<void>;
  /** Resolves when all is on `out`. */
  end(): Promise<{ pages: number }>;
  /** Lets `out` go as it is. */
  abandon(): Promise<void>;
};

const MM = 72 / 25.4;
const COLUMNS = 2;
const ROWS = 6;
/** The whole sheet is cut crosswise, with nothing left over; printers leave some 5 mm at its edges white. */
const CARD = { width: A4.width / COLUMNS, height: A4.height / ROWS } as const;
const EDGE = 9 * MM;
const CODE = 32 * MM;
const GAP = 6 * MM;
const WORDS = { x: EDGE + CODE + GAP, width: CARD.width - EDGE - CODE - GAP - 7 * MM } as const;

const INK = '#111111';
const GREY = '#555555';
const CUT = { width: 0.5, color: '#9a9a9a', dash: 3 } as const;

/** Opens a PDF of A4 sheets, twelve cards each with dashed lines to cut along, on `out`, which `end` ends. */
export function openLinkSheets(out: Writable, bot: BotAddress, say: Say): LinkSheets {
  const doc = new Pdf({
    size: [A4.width, A4.height],
    margin: 0,
    autoFirstPage: false,
    lang: 'ru-RU',
    displayTitle: true,
    info: { Title: say('account-links-title'), Author: say('account-links-author') },
    // Numbers and addresses are all different: pdfkit would remember each.
    fontLayoutCache: false,
    font: parsedFont('regular'),
  });
  const broken = new Promise<never>((_, reject) => out.once('error', reject));
  broken.catch(() => {});
  doc.pipe(out);
  let cards = 0;
  let pages = 0;

  async function newPage(): Promise<void> {
    doc.addPage();
    pages += 1;
    drawOnPage(doc, drawCuts);
    // What is drawn goes out before more is.
    do {
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), broken]);
      else await Promise.race([new Promise((resolve) => setImmediate(resolve)), broken]);
    } while (doc.readableLength > 0);
  }

  return {
    async add(card) {
      const place = cards % (COLUMNS * ROWS);
      if (place === 0) await newPage();
      cards += 1;
      const column = place % COLUMNS;
      const [x, y] = [column * CARD.width, ((place - column) / COLUMNS) * CARD.height];
      drawOnPage(doc, (pen) => drawCard(pen, x, y, card, bot, say));
    },
    async end() {
      doc.end();
      await Promise.race([once(out, 'close'), broken]);
      return { pages };
    },
    async abandon() {
      if (out.closed) return;
      doc.unpipe(out);
      out.destroy();
      await once(out, 'close');
    },
  };
}

function drawCuts(pen: Pen): void {
  for (let column = 1; column < COLUMNS; column += 1) pen.rule([column * CARD.width, 0], [column * CARD.width, A4.height], CUT);
  for (let row = 1; row < ROWS; row += 1) pen.rule([0, row * CARD.height], [A4.width, row * CARD.height], CUT);
}

function drawCard(pen: Pen, x: number, y: number, { account, address }: LinkCard, bot: BotAddress, say: Say): void {
  const modules = qrModules({ text: bot.link(paperStart(account)), encoding: 'utf-8' });
  pen.shape(qrRectangles(modules, x + EDGE, y + (CARD.height - CODE) / 2, CODE), INK);

  const lines = layOut(account, address, bot.name, say);
  const height = lines.reduce((sum, line) => sum + line.before + leadingOf(line.style), 0);
  let top = y + (CARD.height - height) / 2;
  for (const { text, style, before } of lines) {
    top += before;
    const leading = leadingOf(style);
    pen.write(text, x + WORDS.x, top + leading / 2 + style.size * 0.34, style);
    top += leading;
  }
}

type Line = { text: string; style: Style; before: number };

/** What is said beside the code. The longest address is set smaller until the card holds it; no letter of it is lost. */
function layOut(account: string, address: string, botName: string, say: Say): Line[] {
  for (let size = 9.5; ; size *= 0.94) {
    const lines: Line[] = [
      ...paragraph(say('account-links-account'), { font: 'regular', size: 7.5, color: GREY }, 0),
      { text: account, style: numberStyle(account), before: 0 },
      ...paragraph(writeAddress(address), { font: 'regular', size, color: INK }, 1.5),
      ...paragraph(say('account-links-what'), { font: 'bold', size: 8.5, color: INK }, 5),
      ...paragraph(say('account-links-how', { bot: `@${botName}` }), { font: 'regular', size: 7.5, color: GREY }, 2),
    ];
    const height = lines.reduce((sum, line) => sum + line.before + leadingOf(line.style), 0);
    if (height <= CARD.height - 8 * MM || size < 2) return lines;
  }
}

function paragraph(text: string, style: Style, before: number): Line[] {
  return breakLines(text, WORDS.width, style).map((line, index) => ({ text: line, style, before: index === 0 ? before : 0 }));
}

/** Twenty digits are wider than the card at the size of ten. */
function numberStyle(account: string): Style {
  const style: Style = { font: 'bold', size: 15, color: INK };
  return { ...style, size: Math.min(style.size, (style.size * WORDS.width) / naturalWidth(account, style)) };
}
