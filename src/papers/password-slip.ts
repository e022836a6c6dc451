import type { PasswordSlip } from '../domain/password-slip.ts';
import type { Texts } from '../texts/texts.ts';
import { type Block, beside, boxed, paragraph, space, stack } from './page/blocks.ts';
import { fitSheet } from './page/fit.ts';
import type { Style } from './page/lines.ts';
import { A5, drawSheet } from './page/sheet.ts';
import { fileName } from './file-name.ts';
import type { DrawnFile } from './paper.ts';
import { QUIET_ZONE, qrModules, qrRectangles } from './qr-code.ts';

type Say = Texts['text'];

const MARGIN = 36;
const QR_SIDE = 104;
const INK = '#14181d';
const QUIET = '#56606b';

const style = (font: Style['font'], size: number, color = INK): Style => ({ font, size, color });
/** Black on white: it is printed at a counter. Sizes in points. */
const LOOK = {
  centre: style('bold', 10),
  contacts: style('regular', 8, QUIET),
  title: style('bold', 17),
  label: style('regular', 9, QUIET),
  account: style('bold', 15),
  password: style('bold', 32),
  until: style('bold', 10.5),
  heading: style('bold', 11),
  step: style('regular', 10),
  note: style('regular', 8.5, QUIET),
} as const;

/** The slip: a page of A5 with the account, its password, and how to use them. Nothing of it names the account in the file's properties. */
export async function drawPasswordSlip(slip: PasswordSlip, say: Say): Promise<DrawnFile> {
  const { scale, page } = fitSheet((tried) => {
    const height = (A5.height - 2 * MARGIN) * tried;
    const content = layOut(slip, say, (A5.width - 2 * MARGIN) * tried);
    return { page: content, fill: content.height / height };
  });
  const info = { title: say('password-slip-title'), author: slip.centre.name, subject: say('password-slip-subject') };
  return {
    send: 'document',
    name: fileName(say('password-slip-file', { account: slip.account })),
    bytes: await drawSheet(info, scale, (pen) => page.draw(pen, MARGIN * scale, MARGIN * scale), A5),
  };
}

function layOut({ account, password, until, bot, centre }: PasswordSlip, say: Say, width: number): Block {
  const phones = centre.phones.map(({ about, number }) => say('password-slip-phone', { about, number })).join(', ');
  const within = width - 28;
  const box = stack(
    [
      paragraph(say('password-slip-account'), within, LOOK.label),
      paragraph(account, within, LOOK.account),
      space(4),
      paragraph(say('password-slip-password'), within, LOOK.label),
      paragraph(password, within, LOOK.password),
      paragraph(say('password-slip-until', { until }), within, LOOK.until),
    ],
    2,
  );
  const code = qrBlock(bot.link);
  const beyond = width - code.width - 12;
  const steps = (numbers: readonly number[], room: number) =>
    numbers.map((number) => step(number, say(`password-slip-step-${number}`, { bot: `@${bot.name}` }), room));
  return stack(
    [
      stack([paragraph(centre.name, width, LOOK.centre), paragraph(phones, width, LOOK.contacts)], 1),
      paragraph(say('password-slip-title'), width, LOOK.title),
      boxed(box, { padding: 14, border: INK }),
      paragraph(say('password-slip-how'), width, LOOK.heading),
      beside([stack(steps([1, 2, 3], beyond), 6), code], 12),
      ...steps([4, 5], width),
      paragraph(say('password-slip-keep'), width, LOOK.note),
      paragraph(say('password-slip-lost'), width, LOOK.note),
    ],
    9,
  );
}

function step(number: number, words: string, width: number): Block {
  return beside([paragraph(`${number}.`, 14, LOOK.step), paragraph(words, width - 18, LOOK.step)], 4);
}

function qrBlock(text: string): Block {
  const modules = qrModules({ text, encoding: 'utf-8' });
  const quiet = (QR_SIDE / (modules.side + 2 * QUIET_ZONE)) * QUIET_ZONE;
  return {
    width: QR_SIDE,
    height: QR_SIDE,
    draw: (pen, x, y) => pen.shape(qrRectangles(modules, x + quiet, y + quiet, QR_SIDE - 2 * quiet), INK),
  };
}
