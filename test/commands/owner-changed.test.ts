import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { insertLink, listLinkedAccounts } from '../../src/records/links.ts';
import { replaceSession } from '../../src/records/sessions.ts';
import { runCommand } from '../kit/command.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

test('an import that brings another owner closes the link with a notice; another way to write the name does not', async () => {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  const folder = await ownFolder('inkomus-owners-');
  const file = join(folder, 'accounts.csv');
  const importOwners = async (one: string, other: string) => {
    await writeFile(file, `ЛС;ФИО;Адрес\n0012345;${one};ул. Мира, д. 1\n0022222;${other};ул. Мира, д. 2\n`);
    expect(await runCommand('import', [file], { DATABASE_URL: url })).toMatchObject({ code: 0 });
  };
  await importOwners('Семёнова Анна Ивановна', 'Петров Пётр Петрович');
  const residentId = await db.transaction().execute(async (trx) => {
    const now = new Date();
    const id = await make.resident(trx, { login: 'anna', phone: '+79123456789', registeredAt: now });
    await replaceSession(trx, id, 'telegram:7', now);
    for (const account of ['0012345', '0022222']) await insertLink(trx, { residentId: id, account, way: 'sum', linkedAt: now });
    return id;
  });
  const linked = async () => (await listLinkedAccounts(db, residentId)).map((each) => each.account);

  await importOwners('СЕМЕНОВА  анна ивановна', 'Петров Пётр Петрович');
  expect(await linked()).toEqual(['0012345', '0022222']);
  await importOwners('Семёнова Анна Ивановна', 'Сидоров Сидор Сидорович');
  expect(await linked()).toEqual(['0012345']);
  const notices = await db.selectFrom('outbox').where('kind', '=', 'notice').select(['addressee', 'text', 'words']).execute();
  expect(notices).toEqual([{ addressee: 'telegram:7', text: 'notice-link-owner-changed', words: { account: '0022222' } }]);
});
