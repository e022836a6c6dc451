import { expect } from 'vitest';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleDesk } from './desk-town.ts';

/** What nothing that is kept may show. */
const WHOLE = /9000000702|resident702/;

transcripts(new URL('./person-requests/', import.meta.url), {
  before: settleDesk,
  async after(world, played) {
    const said = played.split('\n').filter((line) => !/^[А-Я][а-я]+: /.test(line) || line.startsWith('Бот'));
    expect(said.filter((line) => WHOLE.test(line))).toEqual([]);
    const journal = await world.db.selectFrom('auditLog').selectAll().execute();
    expect(journal.filter((entry) => WHOLE.test(JSON.stringify(entry)))).toEqual([]);
    // Each file that was given out goes from the chat, and no handle of it is kept.
    const given = journal.filter(({ what }) => what === 'persons.export').length;
    const gone = await world.db.selectFrom('outbox').select('id').where('kind', '=', 'deletion').execute();
    expect(gone).toHaveLength(given);
    expect(await world.db.selectFrom('sentPapers').selectAll().execute()).toEqual([]);
  },
});
