import { AccountNumber } from '../../domain/account-number.ts';
import { parsePhone } from '../../domain/phone.ts';
import { readCommandLine } from '../kit/command-line.ts';
import { whyTaken } from '../kit/out-file.ts';
import type { Shell } from '../kit/shell.ts';
import { LEFT_BY_ERASURE } from './left.ts';

const HELP = `npm run person -- export --phone НОМЕР | --account ЛС [--out ФАЙЛ.txt|ФАЙЛ.json [--force]]
npm run person -- erase --phone НОМЕР | --account ЛС [--yes]

Данные одного человека по его заявлению (152-ФЗ). Личность и заявление проверьте до того; кто и когда сделал это, записывается в журнал.
  export   всё, что о нём хранит бот: без --out в стандартный вывод, как JSON; с --out одним файлом: .txt читается так, .json — программой.
           Файл доступен только владельцу (0600); тот, что уже есть, заменяется только с --force
  erase    то же, что отзыв согласия самим жителем: уходят логин, телефон, пароль, входы, подключения, слова и файлы обращений;
           на аккаунты, где он вошёл, придёт уведомление. В терминале показывает, кого и чего это коснётся, и спрашивает;
           с --yes и там, где ввод — не терминал, удаляет сразу

  --phone НОМЕР   телефон жителя: 89123456789; export даёт и то, что есть о телефоне, с которым никто не зарегистрирован
  --account ЛС    житель, который подключил этот лицевой счёт; если таких несколько, назовите и --phone.
                  export добавляет всё, что есть о самом счёте, с ФИО из биллинга; так же и о счёте, который никто не подключал:
                  показания и платежи по нему передал гость

${LEFT_BY_ERASURE}

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.
Код выхода: 0 — сделано, 1 — такого жителя или счёта нет (или их несколько), 2 — команда написана неверно, не подтверждена или сделать не получилось.`;

const USAGE = 'Так: npm run person -- export|erase --phone НОМЕР|--account ЛС (подробнее: npm run person -- --help)';

export async function personCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['phone', 'account', 'out'], ['yes', 'force']);
  if (asked === undefined) return shell.complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return shell.answer(HELP);
  const { words, options, flags } = asked;
  const [verb] = words;
  if (words.length !== 1 || (verb !== 'export' && verb !== 'erase'))
    return shell.complain(`Назовите одно: export или erase. ${USAGE}`);
  if (options.phone === undefined && options.account === undefined) return shell.complain(`Не сказано, чьи данные. ${USAGE}`);
  const phone = options.phone === undefined ? undefined : parsePhone(options.phone);
  if (options.phone !== undefined && phone === undefined)
    return shell.complain(`--phone: нужен номер российского мобильного, например 89123456789. ${USAGE}`);
  const account = options.account === undefined ? undefined : AccountNumber.safeParse(options.account);
  if (account?.success === false) return shell.complain(`--account: номер лицевого счёта — это 5–20 цифр. ${USAGE}`);
  const wanted = { phone, account: account?.data };
  const { out } = options;
  if (verb === 'export' && out !== undefined && !/.\.(txt|json)$/i.test(out))
    return shell.complain(`Такого файла написать нельзя: --out ФАЙЛ.txt или --out ФАЙЛ.json. ${USAGE}`);
  if (verb === 'erase' && out !== undefined) return shell.complain(`erase ничего не пишет в файл: --out лишний. ${USAGE}`);
  if (verb === 'export' && flags.has('yes')) return shell.complain(`export не нужно подтверждать: --yes лишний. ${USAGE}`);
  if (verb === 'erase' && flags.has('force')) return shell.complain(`erase ничего не пишет в файл: --force лишний. ${USAGE}`);
  if (verb === 'export' && out === undefined && flags.has('force'))
    return shell.complain(`--force нужен только с --out. ${USAGE}`);
  const taken = out === undefined ? undefined : await whyTaken(out, { isForced: flags.has('force') });
  if (taken !== undefined) return shell.complain(taken);
  const { exportPerson, eraseDataOf } = await import('./data.ts');
  return verb === 'export' ? exportPerson(wanted, out, shell) : eraseDataOf(wanted, flags.has('yes'), shell);
}
