import { loadCentre } from '../../adapters/centre-file.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { writeWholeFile } from '../../adapters/whole-file.ts';
import { readCentreConfig } from '../../config/for-commands.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { nameTopics, type PersonDataPart } from '../../domain/person-data.ts';
import { maskPhone } from '../../domain/phone.ts';
import { CentreFileError } from '../../office/centre.ts';
import { erasePerson, exportAccountData, exportPersonData, findPeople } from '../../office/identity/person-data.ts';
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

/** All that is stored of a person, or of an account, into a file. */
export async function exportPerson(wanted: Wanted, out: string, shell: Shell): Promise<0 | 1 | 2> {
  try {
    return await withStorage(shell, (pool) => exportTo(openDb(pool), wanted, out, shell));
  } catch (error) {
    return error instanceof CentreFileError ? shell.complain(error.message) : giveUp(shell, error, { out });
  }
}

/** Erases a person's data once it is sure; before that says what it would take. */
export async function eraseDataOf(wanted: Wanted, isSure: boolean, shell: Shell): Promise<0 | 1 | 2> {
  try {
    return await withStorage(shell, (pool) => erase(openDb(pool), wanted, isSure, shell));
  } catch (error) {
    return giveUp(shell, error);
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
    return `Лицевой счёт ${account} подключили жители (${fitting.length}): ${phones.join(', ')}. Назовите, чьи данные: --phone НОМЕР.`;
  }
  if (phone === undefined) return `Лицевой счёт ${account} никто не подключал: удалять нечего, сам счёт ведёт биллинг.`;
  return found.length === 0
    ? `Жителя с телефоном ${maskPhone(phone)} нет. Номер мог перейти к другому логину; попробуйте --account ЛС.`
    : `Житель с телефоном ${maskPhone(phone)} есть, но лицевой счёт ${account} он не подключал.`;
}

async function exportTo(db: Db, wanted: Wanted, out: string, shell: Shell): Promise<0 | 1> {
  const clock = botClock(shell);
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
    return shell.refuse(
      wanted.account !== undefined && !isAccount ? `Лицевого счёта ${wanted.account} нет в реестре: проверьте номер.` : person,
    );
  const ofPerson = typeof person === 'string' ? [] : await exportPersonData(db, person.id);
  const parts = [...ofPerson, ...ofAccount];
  await writeJournal(db, 'persons.export', wanted, person, now);
  const { timeZone, centreFile } = readCentreConfig(shell.env, shell.folder);
  const { topics } = (await loadCentre(centreFile)).requests;
  const { text } = loadTexts({ timeZone, clock });
  await writeWholeFile(
    out,
    /\.json$/i.test(out) ? asJson(parts) : personFile(nameTopics(parts, topics), { text, timeZone, now }),
  );
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return shell.answer(`${nameOf(person, wanted)}: записей ${rows} → ${out}`);
}

function asJson(parts: readonly PersonDataPart[]): string {
  return `${JSON.stringify(Object.fromEntries(parts.map(({ kind, rows }) => [kind, rows])), undefined, 2)}\n`;
}

async function erase(db: Db, wanted: Wanted, isSure: boolean, shell: Shell): Promise<0 | 1 | 2> {
  const person = await findPerson(db, wanted);
  if (typeof person === 'string') return shell.refuse(person);
  const name = nameOf(person, wanted);
  if (!isSure) {
    const parts = await exportPersonData(db, person.id);
    const { text } = loadTexts({ timeZone: readCentreConfig(shell.env, shell.folder).timeZone, clock: botClock(shell) });
    const kept = parts.filter(({ rows }) => rows.length > 0);
    const counts = kept.map(({ kind, rows }) => `  ${text('person-data-part', { part: kind })}: ${rows.length}`);
    return shell.complain(
      `${name}. О нём есть:\n${counts.join('\n')}\n\n${LEFT_BY_ERASURE}\n\nВернуть удалённое нельзя. Чтобы удалить, повторите команду с --yes.`,
    );
  }
  const now = botClock(shell)();
  const isGone = await db.transaction().execute(async (trx) => {
    // First: of what is erased nothing is left to be named.
    await writeJournal(trx, 'persons.erase', wanted, person, now);
    return erasePerson(trx, person.id, {}, now);
  });
  return isGone ? shell.answer(`${name}: данные удалены.\n\n${LEFT_BY_ERASURE}`) : shell.refuse(`${name}: этого жителя уже нет.`);
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
      ...operator(),
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
