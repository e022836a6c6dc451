import { expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { countStatements, statementLines } from '../kit/statements.ts';

test('an update asks Postgres so often and no more', async () => {
  const { url, close } = await testDatabase();
  const counted = await countStatements(url);
  await close();
  for (const c of counted) console.log(c.update, c.accounts, c.statements, c.ofTurns, '\n  ' + c.asked.map(s => s.replaceAll(/\s+/g,' ').slice(0,200)).join('\n  '));
  console.log(statementLines(counted).join('\n'));
});
