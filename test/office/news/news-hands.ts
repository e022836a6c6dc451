import { createNoticeJudge } from '../../../src/office/news/notice-judge.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import type { RegistryKind } from '../../../src/records/registries/imports.ts';
import { MINUTE, type openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

type Town = Awaited<ReturnType<typeof openTown>>;

/** What makes news in a town, and how it would be said. */
export const newsHands = (town: Town) => ({
  /** A registry of a kind has come in, long enough ago. */
  async registry(kind: RegistryKind): Promise<void> {
    const none = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0, dataDay: null };
    const at = { startedAt: town.now(), finishedAt: town.now() };
    await make.registryImport(town.db, { kind, fileName: 'r.csv', ...at, ...none });
    town.later(MINUTE);
  },
  /** How a person's newest notice in line would be said now. */
  async saidNow(person: number): Promise<string | undefined> {
    const row = await town.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .selectAll()
      .where('addressee', '=', `telegram:${person}`)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return (await createNoticeJudge({ ...town.edges, settings: { ...OFFICE_SETTINGS, ...town.edges.settings } }).asOfNow(row))
      ?.text;
  },
  /** The clocks of Moscow show this. */
  at(moment: string): void {
    town.later(Date.parse(`${moment}+03:00`) - town.now().getTime());
  },
});
