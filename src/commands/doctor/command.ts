import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';
import { counted, type Finding } from './finding.ts';

const HELP = `npm run doctor [-- --json]

Осматривает установку: настройки и похожие на них имена, HOST и PORT, работает ли бот, Postgres и схему, последнюю копию, Redis, подходит ли SECRET_KEY,
Telegram (токен, вебхук, группа и права бота в ней, прокси), остаток у SMS-провайдера, контрольные цифры реквизитов, место на диске,
последние реестры и что залежалось в registries/in, очереди и их возраст, что из датированных таблиц CENTRE_FILE кончается в ближайшие 60 дней.
Строка на каждую находку: хорошо, внимание (повредит потом или ждёт вас) или ошибка (не работает), и что делать. Ничего не меняет,
значений секретов не печатает; бот при этом может работать, запускаться или быть остановлен.
  --json   то же для программы: level (good, warning, fault), about, says

Код выхода: 0 — ошибок нет, 1 — есть хоть одна, 2 — команда написана неверно или осмотр прервался.`;

const USAGE = 'Так: npm run doctor (подробнее: npm run doctor -- --help)';

const MARKS = { good: ['✓ хорошо  ', '32'], warning: ['! внимание', '33'], fault: ['✗ ошибка  ', '31'] } as const;

export async function doctorCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, [], ['json']);
  if (asked?.help) return shell.answer(HELP);
  if (asked?.words.length !== 0) return shell.complain(`Команда написана неверно. ${USAGE}`);
  const [{ examine }, { giveUp, whyFailed }] = await Promise.all([import('./examine.ts'), import('../kit/give-up.ts')]);
  try {
    const findings = await examine(whyFailed, shell);
    if (asked.flags.has('json')) shell.print(JSON.stringify(findings, undefined, 2));
    else shell.print([...findings.map((finding) => lineOf(finding, shell)), '', summaryOf(findings)].join('\n'));
    return findings.some(({ level }) => level === 'fault') ? 1 : 0;
  } catch (error) {
    return giveUp(shell, error);
  }
}

/** Colour only where a person looks. */
function lineOf({ level, about, says }: Finding, { isTerminal }: Shell): string {
  const [mark, colour] = MARKS[level];
  const shown = isTerminal ? `\u001b[${colour}m${mark}\u001b[0m` : mark;
  return `${shown}  ${about}: ${says.replace(/\s*\n\s*/g, ' ')}`;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const faults = counted(count('fault'), ['ошибка', 'ошибки', 'ошибок']);
  return `Итого: ${faults}, ${counted(count('warning'), ['предупреждение', 'предупреждения', 'предупреждений'])}.`;
}
