import { insertToldAnswers } from '../../../records/reading-answers.ts';
import { markUnexportedRefused } from '../../../records/registries/refusals.ts';
import { insertPreviousReadings, stageWatchedReadings } from '../../../records/registries/side-effects.ts';
import { restoreReadings, restoreRows } from '../../../records/registries/previous-rows.ts';
import { applyReadingAnswers, tellAnswersAgain, withdrawAnswers } from '../../readings/reading-answers.ts';
import { code, day, decimal, maybe, needed, repeated, verdict, words } from '../reading/cells.ts';
import { defineRegistry, KEY, ofAccount } from '../registry.ts';

/** Billing's answer on readings that went out: what it says of each, as it went out. */
export const readingAnswers = defineRegistry({
  kind: 'reading_answers',
  title: 'ответ на показания',
  rowsTitle: 'ответ на показания',
  columns: [
    { ...ofAccount, part: 'group' },
    { title: 'Номер счетчика', column: 'number', type: KEY, read: needed(code(60)), part: 'key' },
    {
      title: 'Шкала',
      column: 'scale',
      type: KEY,
      read: repeated(maybe(words(40), '')),
      optional: true,
      absent: '',
      part: 'key',
    },
    { title: 'Показание', column: 'value', type: 'numeric', read: needed(decimal('positive')), part: 'key' },
    { title: 'Дата', column: 'day', type: 'date', read: repeated(needed(day)), until: 'tomorrow', part: 'key', dates: 'day' },
    { title: 'Результат', column: 'result', type: 'text', read: repeated(needed(verdict)) },
    { title: 'Причина', column: 'reason', type: 'text', read: repeated(maybe(words(300))), optional: true },
  ],
  repeat: { what: 'ответ на это показание', differs: 'результат или причина другие' },
  absent: 'keeps',
  markRefused: markUnexportedRefused,
  sideEffects: { watch: stageWatchedReadings, keep: insertPreviousReadings },
  onTaken: applyReadingAnswers,
  async restore(trx, { id }, now, rules) {
    const restored = await restoreRows(trx, 'reading_answers', id);
    const readings = await restoreReadings(trx, id);
    const untold = await withdrawAnswers(trx, readings);
    await insertToldAnswers(
      trx,
      id,
      readings.map((reading) => ({ id: reading, untold: [...(untold.get(reading) ?? [])] })),
    );
    await tellAnswersAgain(trx, untold, now, rules);
    return { restored, links: 0 };
  },
});
