import { userInfo } from 'node:os';
import { openDb } from '../adapters/postgres/pool.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { readCentreConfig } from '../config/for-commands.ts';
import { AccountNumber } from '../domain/account-number.ts';
import { maskLogin } from '../domain/masked-login.ts';
import type { PersonDataPart } from '../domain/person-data.ts';
import { maskPhone, parsePhone } from '../domain/phone.ts';
import { erasePerson, exportAccountData, exportPersonData, findPeople } from '../office/identity/person-data.ts';
import { insertAuditEntry } from '../records/audit-log.ts';
import type { Db } from '../records/database.ts';
import { listLinkedAccounts } from '../records/links.ts';
import type { Resident } from '../records/residents.ts';
import { personFile } from '../texts/person-file.ts';
import { loadTexts } from '../texts/texts.ts';
import { botClock } from './clock.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, printAnswer, readCommandLine } from './terminal.ts';

const LEFT = `Останутся, как того требует закон: когда согласие дано и отозвано (с номером аккаунта в мессенджере); лицевые счета, начисления,
показания и платежи без имени плательщика (центр ведёт их по договору); номера и темы обращений без слов — три года;
журнал сотрудников. Счётчики попыток и отметки об обработанных сообщениях уходят сами в течение трёх суток.`;

const HELP = `npm run person -- export --phone НОМЕР | --account ЛС --out ФАЙЛ.txt|ФАЙЛ.json
npm run person -- erase --phone НОМЕР | --account ЛС --yes

Данные одного человека по его заявлению (152-ФЗ). Личность и заявление проверьте до того; кто и когда сделал это, записывается в журнал.
  export   всё, что о нём хранит бот, одним файлом: .txt читается так, .json — программой. Файл доступен только владельцу (0600)
  erase    то же, что отзыв согласия самим жителем: уходят логин, телефон, пароль, входы, подключения, слова и файлы обращений;
           на аккаунты, где он вошёл, придёт уведомление. Без --yes только показывает, кого и что это коснётся

  --phone НОМЕР   телефон жителя: 89123456789
  --account ЛС    житель, который подключил этот лицевой счёт; если таких несколько, назовите и --phone.
                  export добавляет всё, что есть о самом счёте, с ФИО из биллинга; так же и о счёте, который никто не подключал

${LEFT}

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.
Код выхода: 0 — сделано, 1 — такого жителя или счёта нет (или их несколько), 2 — команда написана неверно, не подтверждена или сделать не получилось.`;

const USAGE = 'Так: npm run person -- export|erase --phone НОМЕР|--account ЛС (подробнее: npm run person -- --help)';

type Wanted = { phone: string | undefined; account: string | undefined };

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['phone', 'account', 'out'], ['yes']);
  if (asked === undefined) return complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return printAnswer(HELP);
  const { words, options, flags } = asked;
  const [verb] = words;
  if (words.length !== 1 || (verb !== 'export' && verb !== 'erase')) return complain(`Назовите одно: export или erase. ${USAGE}`);
  if (options.phone === undefined && options.account === undefined) return complain(`Не сказано, чьи данные. ${USAGE}`);
  const phone = options.phone === undefined ? undefined : parsePhone(options.phone);
  if (options.phone !== undefined && phone === undefined)
    return complain(`--phone: нужен номер российского мобильного, например 89123456789. ${USAGE}`);
  const account = options.account === undefined ? undefined : AccountNumber.safeParse(options.account);
  if (account?.success === false) return complain(`--account: номер лицевого счёта — это 5–20 цифр. ${USAGE}`);
  const wanted = { phone, account: account?.data };
  const { out } = options;
  if (verb === 'export' && (out === undefined || !/.\.(txt|json)$/i.test(out)))
    return complain(`Не назван файл: --out ФАЙЛ.txt или --out ФАЙЛ.json. ${USAGE}`);
  if (verb === 'erase' && out !== undefined) return complain(`erase ничего не пишет в файл: --out лишний. ${USAGE}`);
  if (verb === 'export' && flags.has('yes')) return complain(`export не нужно подтверждать: --yes лишний. ${USAGE}`);
  try {
    return await withStorage((pool) => {
      const db = openDb(pool);
      return verb === 'export' ? exportTo(db, wanted, out ?? '') : erase(db, wanted, flags.has('yes'));
    });
  } catch (error) {
    return giveUp(error, { out });
  }
}

/** Who is meant; or why nobody is, as a sentence. */
async function findPerson(db: Db, { phone, account }: Wanted): Promise<Resident | string> {
  const found = await findPeople(db, phone === undefined ? { account: account ?? '' } : { phone });
  const holders = account === undefined ? found : await findPeople(db, { account });
  const fitting = found.filter(({ id }) => holders.some((holder) => holder.id === id));
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return first;
  if (fitting.length > 1) {
    const phones = fitting.map((each) => (each.phone === null ? `логин ${maskLogin(each.login)}` : maskPhone(each.phone)));
    return `Лицевой счёт ${account} подключили ${fitting.length} жителя: ${phones.join(', ')}. Назовите, чьи данные: --phone НОМЕР.`;
  }
  if (phone === undefined) return `Лицевой счёт ${account} никто не подключал: удалять нечего, сам счёт ведёт биллинг.`;
  return found.length === 0
    ? `Жителя с телефоном ${maskPhone(phone)} нет. Номер мог перейти к другому логину; попробуйте --account ЛС.`
    : `Житель с телефоном ${maskPhone(phone)} есть, но лицевой счёт ${account} он не подключал.`;
}

async function exportTo(db: Db, wanted: Wanted, out: string): Promise<0 | 1> {
  const clock = botClock();
  const now = clock();
  const person = await findPerson(db, wanted);
  const ofAccount = wanted.account === undefined ? [] : await exportAccountData(db, wanted.account);
  const isAccount = ofAccount[0]?.rows.length === 1;
  const isNobodys =
    typeof person === 'string' &&
    wanted.phone === undefined &&
    isAccount &&
    (await findPeople(db, { account: wanted.account ?? '' })).length === 0;
  if (typeof person === 'string' && !isNobodys)
    return none(wanted.account !== undefined && !isAccount ? `Лицевого счёта ${wanted.account} нет в реестре.` : person);
  const ofPerson = typeof person === 'string' ? [] : await exportPersonData(db, person.id);
  const parts = [...ofPerson, ...ofAccount];
  await writeJournal(db, 'persons.export', wanted, person, now);
  const { timeZone } = readCentreConfig();
  const { text } = loadTexts({ timeZone, clock });
  await writeWholeFile(out, /\.json$/i.test(out) ? asJson(parts) : personFile(parts, { text, timeZone, now }));
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return printAnswer(`${nameOf(person, wanted)}: записей ${rows} → ${out}`);
}

function asJson(parts: readonly PersonDataPart[]): string {
  return `${JSON.stringify(Object.fromEntries(parts.map(({ kind, rows }) => [kind, rows])), undefined, 2)}\n`;
}

async function erase(db: Db, wanted: Wanted, isSure: boolean): Promise<0 | 1 | 2> {
  const person = await findPerson(db, wanted);
  if (typeof person === 'string') return none(person);
  const name = nameOf(person, wanted);
  if (!isSure) {
    const parts = await exportPersonData(db, person.id);
    const { text } = loadTexts({ timeZone: readCentreConfig().timeZone, clock: botClock() });
    const kept = parts.filter(({ rows }) => rows.length > 0);
    const counts = kept.map(({ kind, rows }) => `  ${text('person-data-part', { part: kind })}: ${rows.length}`);
    return complain(
      `${name}. О нём есть:\n${counts.join('\n')}\n\n${LEFT}\n\nВернуть удалённое нельзя. Чтобы удалить, повторите команду с --yes.`,
    );
  }
  const now = botClock()();
  const isGone = await db.transaction().execute(async (trx) => {
    // First: of what is erased nothing is left to be named.
    await writeJournal(trx, 'persons.erase', wanted, person, now);
    return erasePerson(trx, person.id, {}, now);
  });
  return isGone ? printAnswer(`${name}: данные удалены.\n\n${LEFT}`) : none(`${name}: этого жителя уже нет.`);
}

/** Neither a phone nor a login enters the audit log. */
async function writeJournal(
  db: Db,
  what: string,
  { phone, account }: Wanted,
  person: Resident | string,
  now: Date,
): Promise<void> {
  const resident = typeof person === 'string' ? undefined : person;
  const linked = resident ? await listLinkedAccounts(db, resident.id) : [];
  const accounts = linked.map((each) => each.account).join(' ');
  await insertAuditEntry(
    db,
    {
      who: 'command line',
      name: userInfo().username,
      what,
      ...(account !== undefined && { account }),
      ...(resident && { residentId: resident.id }),
      details: { by: phone === undefined ? 'account' : 'phone', ...(accounts !== '' && { accounts }) },
    },
    now,
  );
}

function nameOf(person: Resident | string, { account }: Wanted): string {
  if (typeof person === 'string') return `лицевой счёт ${account}`;
  return `житель ${maskLogin(person.login)}${person.phone === null ? '' : ` (${maskPhone(person.phone)})`}`;
}

function none(sentence: string): 1 {
  console.error(sentence);
  return 1;
}
