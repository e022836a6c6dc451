import { bare, type Cost, costOf } from './count.ts';
import { TASKS } from './tasks.ts';

/** PRODUCT's labels of the menus: said, they are the press of a button below the input. */
const MENU: ReadonlySet<string> = new Set(
  [
    'Вход',
    'Регистрация',
    'Передать показания счётчиков',
    'Произвести оплату онлайн',
    'Обратная связь',
    'Контакты',
    'Задолженность',
    'Квитанция',
    'История начислений и платежей',
    'Детализация за период',
    'Мои лицевые счета',
    'Подключить лицевой счёт',
    'Настройки',
    'Выйти',
  ].map(bare),
);

/** The page `docs/taps.md`: what each task costs a resident, counted in the transcripts. */
export function tapsPage(): string {
  const rows = TASKS.map(({ name, before, best, script }) => [name, before, best, inWords(costOf(script, MENU))]);
  return `# Taps and messages of a task

Counted by a program in the transcripts of \`test/dialogs\`, which a test plays against the real bot: \`npm run taps\` writes this page anew,
\`test/taps/taps.test.ts\` holds it to them. "Taps" are presses of buttons (a command is its menu button), "in the sheet" those in Telegram's own
windows (payment, sharing a number), "typed" the messages that a resident has to write, "messages" the new ones of the bot; a message that is
changed in place is none. "Before" and "best" are those of the review by which the tasks were chosen. A resident, signed in, with one account,
where nothing else is said.

${tableOf(['task', 'before', 'best possible', 'now'], rows)}
`;
}

function tableOf(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function inWords({ taps, sheetTaps, typed, messages }: Cost): string {
  return [
    count(taps, 'tap', 'taps'),
    sheetTaps > 0 ? `${sheetTaps} in the sheet` : '',
    typed > 0 ? `${typed} typed` : '',
    count(messages, 'message', 'messages'),
  ]
    .filter(Boolean)
    .join(', ');
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
