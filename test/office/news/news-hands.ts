import type { SaidNow } from '../../../src/office/news/news-delivery.ts';
import { createNoticeJudge } from '../../../src/office/news/notice-judge.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import type { RegistryKind } from '../../../src/records/registries/imports.ts';
import { MINUTE, type openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

type Town = Awaited<ReturnType<typeof openTown>>;

/** What makes news in a town, and how it would be said. */
export function newsHands(town: Town) {
  /** How a person's newest notice in line would be said now. */
  async function judgedNow(person: number): Promise<SaidNow | undefined> {
    const row = await town.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .selectAll()
      .where('addressee', '=', `telegram:${person}`)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return createNoticeJudge({ ...town.edges, settings: { ...OFFICE_SETTINGS, ...town.edges.settings } }).asOfNow(row);
  }

  return {
    judgedNow,
    /** Its text. */
    saidNow: async (person: number): Promise<string | undefined> => (await judgedNow(person))?.text,
    /** A registry of a kind has come in, long enough ago. */
    async registry(kind: RegistryKind): Promise<void> {
      const none = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0, dataDay: null };
      const at = { startedAt: town.now(), finishedAt: town.now() };
      await make.registryImport(town.db, { kind, fileName: 'r.csv', ...at, ...none });
      town.later(MINUTE);
    },
    /** The clocks of Moscow show this. */
    at(moment: string): void {
      town.later(Date.parse(`${moment}+03:00`) - town.now().getTime());
    },
  };
}
