import { loadCentre } from '../../adapters/centre-file.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { writeWholeFile } from '../../adapters/whole-file.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { nameTopics, type PersonDataPart } from '../../domain/person-data.ts';
import { maskPhone } from '../../domain/phone.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import {
  erasePerson,
  exportAccountData,
  exportPersonData,
  exportPhoneData,
  findPeople,
} from '../../office/identity/person-data.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db } from '../../records/database.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import type { Resident } from '../../records/residents.ts';
import { personFile } from '../../texts/person-file.ts';
import { loadTexts } from '../../texts/texts.ts';
import { botClock } from '../kit/clock.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { LEFT_BY_ERASURE } from './left.ts';

/** By a phone, an account, or both of them. */
export type Wanted = { phone: string | undefined; account: string | undefined };

/** All that is stored of a person, of an account or of a phone, into a file; without one as JSON to the standard output. */
export async function exportPerson(wanted: Wanted, out: string | undefined, shell: Shell): Promise<0 | 1 | 2> {
  try {
    return await withStorage(shell, (pool) => exportTo(openDb(pool), wanted, out, shell));
  } catch (error) {
    return error instanceof CentreFileError ? shell.complain(error.message) : giveUp(shell, error, { out });
  }
}

/** Erases a person's data. Whoever sits at a terminal sees what it would take, and is asked first, unless `isSure`. */
export async function eraseDataOf(wanted: Wanted, isSure: boolean, shell: Shell): Promise<0 | 1 | 2> {
  try {
    return await withStorage(shell, (pool) => erase(openDb(pool), wanted, isSure, shell));
  } catch (error) {
    return giveUp(shell, error);
  }
}

/** Who is meant; or why no resident is, as a sentence. `isNobodys`: nobody who has a login has that phone or that account. */
type WhoIsMeant = { resident: Resident } | { resident: undefined; why: string; isNobodys: boolean };

async function findPerson(db: Db, { phone, account }: Wanted): Promise<WhoIsMeant> {
  const found = await findPeople(db, phone === undefined ? { account: account ?? '' } : { phone });
  const holders = account === undefined ? found : await findPeople(db, { account });
  const fitting = found.filter(({ id }) => holders.some((holder) => holder.id === id));
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return { resident: first };
  const none = { resident: undefined, isNobodys: found.length === 0 && holders.length === 0 };
  if (fitting.length > 1) {
    const phones = fitting.map((each) => (each.phone === null ? `логин ${maskLogin(each.login)}` : maskPhone(each.phone)));
    const why = `Лицевой счёт ${account} подключили жители (${fitting.length}): ${phones.join(', ')}. Назовите, чьи данные: --phone НОМЕР.`;
    return { ...none, why };
  }
  if (phone === undefined) {
    const why = `Лицевой счёт ${account} никто не подключал: удалять некого. Сам счёт, показания и платежи по нему центр ведёт по договору.`;
    return { ...none, why };
  }
  return found.length === 0
    ? { ...none, why: `Жителя с телефоном ${maskPhone(phone)} нет. Номер мог перейти к другому логину; попробуйте --account ЛС.` }
    : { ...none, why: `Житель с телефоном ${maskPhone(phone)} есть, но лицевой счёт ${account} он не подключал.` };
}

async function exportTo(db: Db, wanted: Wanted, out: string | undefined, shell: Shell): Promise<0 | 1> {
  const clock = botClock(shell);
  const now = clock();
  const person = await findPerson(db, wanted);
  const ofAccount = wanted.account === undefined ? [] : await exportAccountData(db, wanted.account);
  if (wanted.account !== undefined && ofAccount[0]?.rows.length !== 1)
    return shell.refuse(`Лицевого счёта ${wanted.account} нет в реестре: проверьте номер.`);
  const ofPerson = await partsOf(db, person, wanted);
  const parts = [...ofPerson, ...ofAccount];
  // Of a guest there is what he left by the account or the phone: he has nothing else by which he is known.
  if (!person.resident && (!person.isNobodys || parts.length === 0)) return shell.refuse(person.why);
  await writeJournal(db, 'persons.export', wanted, person.resident, now);
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const report = `${nameOf(person.resident, wanted)}: записей ${rows}`;
  if (out === undefined) {
    await shell.write(asJson(parts));
    // The report must not get into the data.
    shell.tell(report);
    return 0;
  }
  const { timeZone, centreFile } = readCentreConfig(shell.env, shell.folder);
  const { topics } = (await loadCentre(centreFile)).requests;
  const { text } = loadTexts({ timeZone, clock });
  await writeWholeFile(
    out,
    /\.json$/i.test(out) ? asJson(parts) : personFile(nameTopics(parts, topics), { text, timeZone, now }),
  );
  return shell.answer(`${report} → ${out}`);
}

async function partsOf(db: Db, { resident }: WhoIsMeant, { phone }: Wanted): Promise<PersonDataPart[]> {
  if (resident) return exportPersonData(db, resident.id);
  return phone === undefined ? [] : exportPhoneData(db, phone);
}

function asJson(parts: readonly PersonDataPart[]): string {
  return `${JSON.stringify(Object.fromEntries(parts.map(({ kind, rows }) => [kind, rows])), undefined, 2)}\n`;
}

async function erase(db: Db, wanted: Wanted, isSure: boolean, shell: Shell): Promise<0 | 1 | 2> {
  const person = await findPerson(db, wanted);
  if (!person.resident) return shell.refuse(person.why);
  const { resident } = person;
  const name = nameOf(resident, wanted);
  if (!isSure && shell.ask !== undefined) {
    const parts = await exportPersonData(db, resident.id);
    const { text } = loadTexts({ timeZone: readCentreConfig(shell.env, shell.folder).timeZone, clock: botClock(shell) });
    const kept = parts.filter(({ rows }) => rows.length > 0);
    const counts = kept.map(({ kind, rows }) => `  ${text('person-data-part', { part: kind })}: ${rows.length}`);
    shell.tell(`${name}. О нём есть:\n${counts.join('\n')}\n\n${LEFT_BY_ERASURE}\n`);
    const typed = await shell.ask('Вернуть удалённое нельзя. Удалить? Напишите «да»: ');
    if (!YES.test(typed.trim())) return shell.complain('Не подтверждено: ничего не удалено.');
  }
  const now = botClock(shell)();
  const isGone = await db.transaction().execute(async (trx) => {
    // First: of what is erased nothing is left to be named.
    await writeJournal(trx, 'persons.erase', wanted, resident, now);
    return erasePerson(trx, resident.id, {}, now);
  });
  return isGone ? shell.answer(`${name}: данные удалены.\n\n${LEFT_BY_ERASURE}`) : shell.refuse(`${name}: этого жителя уже нет.`);
}

const YES = /^[«"]?да[»"]?[.!]?$/iu;

/** Neither a phone nor a login enters the audit log. */
async function writeJournal(
  db: Db,
  what: string,
  { phone, account }: Wanted,
  resident: Resident | undefined,
  now: Date,
): Promise<void> {
  const linked = resident ? await listLinkedAccounts(db, resident.id) : [];
  const accounts = linked.map((each) => each.account).join(' ');
  await insertAuditEntry(
    db,
    {
      ...operator(),
      what,
      ...(account !== undefined && { account }),
      ...(resident && { residentId: resident.id }),
      details: { by: phone === undefined ? 'account' : 'phone', ...(accounts !== '' && { accounts }) },
    },
    now,
  );
}

function nameOf(resident: Resident | undefined, { phone, account }: Wanted): string {
  if (resident) return `житель ${maskLogin(resident.login)}${resident.phone === null ? '' : ` (${maskPhone(resident.phone)})`}`;
  const left = [
    ...(phone === undefined ? [] : [`телефон ${maskPhone(phone)}, с которым никто не зарегистрирован`]),
    ...(account === undefined ? [] : [`лицевой счёт ${account}`]),
  ];
  return left.join(', ');
}
