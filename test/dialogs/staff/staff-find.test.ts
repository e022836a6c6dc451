import { expect } from 'vitest';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleDesk } from './desk-town.ts';

/** What no look may show: a name, a phone, a login. */
const WHOLE = /Иванов|9000000702|resident702/;

transcripts(new URL('./staff-find/', import.meta.url), {
  before: settleDesk,
  async after(world, played) {
    const said = played.split('\n').filter((line) => !/^[А-Я][а-я]+: /.test(line) || line.startsWith('Бот'));
    expect(said.filter((line) => WHOLE.test(line))).toEqual([]);
    const journal = await world.db.selectFrom('auditLog').selectAll().execute();
    expect(journal.filter((entry) => WHOLE.test(JSON.stringify(entry)))).toEqual([]);
  },
});
