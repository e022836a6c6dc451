import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const HELP = `npm run change-bot -- --from НОМЕР

Передаёт данные другому боту в Telegram: тому, чей токен стоит в BOT_TOKEN. --from — номер прежнего бота (цифры его токена до двоеточия).
Нужно, только когда бота заводят в @BotFather заново; новый токен того же бота номера не меняет, и с ним просто запускают npm start.
Сначала остановите бота: все его процессы; работающий только как web команда не заметит. До запуска добавьте нового бота в группу сотрудников
администратором и подключите к нему провайдера платежей (PAYMENT_PROVIDER_TOKEN у каждого бота свой).
Жители и сотрудники пишут потом новому боту: пока человек не нажал у него «Начать», Telegram не даёт ему писать. QR-коды на бумаге и ссылки
на сайте ведут к имени прежнего бота: напечатайте и замените их (npm run qr).
Данные песочницы боту не передаются. Кто и когда передал, записывается в журнал.

База данных: DATABASE_URL, а без неё встроенная в DATA_DIR.
Код выхода: 0 — переданы, 2 — команда написана неверно или передать не получилось.`;

const USAGE = 'Так: npm run change-bot -- --from НОМЕР (подробнее: npm run change-bot -- --help)';

export async function changeBotCommand(args: string[], shell: Shell): Promise<0 | 2> {
  const asked = readCommandLine(args, ['from']);
  if (asked?.help) return shell.answer(HELP);
  if (asked?.words.length !== 0) return shell.complain(`Команда написана неверно. ${USAGE}`);
  const { from } = asked.options;
  if (from === undefined) return shell.complain(`Не сказано, чьи это данные: назовите номер прежнего бота. ${USAGE}`);
  if (!/^\d{1,20}$/.test(from))
    return shell.complain(
      `--from: нужен номер прежнего бота — только цифры его токена до двоеточия, например 4711000000; сам токен не называйте. ${USAGE}`,
    );
  const { handOver } = await import('./hand-over.ts');
  return handOver(from, shell);
}
