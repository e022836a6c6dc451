import { insertPreviousMeterValues, stageWatchedMeterValues } from '../../../records/registries/side-effects.ts';
import { restoreMeterValues, listMetersTakenBy, restoreRows } from '../../../records/registries/previous-rows.ts';
import { tellMetersBack, tellMetersChanged } from '../../readings/registry-notices.ts';
import { code, day, decimal, maybe, needed, repeated, whole, words } from '../reading/cells.ts';
import { defineRegistry, KEY, ofAccount } from '../registry.ts';

const optional = { optional: true } as const;

export const meters = defineRegistry({
  kind: 'meters',
  title: 'реестр счётчиков',
  rowsTitle: 'счётчики',
  columns: [
    { ...ofAccount, part: 'group' },
    { title: 'Номер счетчика', column: 'number', type: KEY, read: needed(code(60)), part: 'key' },
    {
      title: 'Шкала',
      column: 'scale',
      type: KEY,
      read: repeated(maybe(words(40), '')),
      ...optional,
      absent: '',
      part: 'key',
    },
    { title: 'Услуга', column: 'service', type: 'text', read: repeated(needed(words(200))) },
    { title: 'Разрядность', column: 'digits', type: 'integer', read: repeated(maybe(whole(1, 12))), ...optional },
    { title: 'Поверка', column: 'verification_due', type: 'date', read: maybe(day), until: 'in-30-years', ...optional },
    { title: 'Показание', column: 'value', type: 'numeric', read: maybe(decimal('positive')), ...optional },
    {
      title: 'Дата показания',
      column: 'value_day',
      type: 'date',
      read: maybe(day),
      until: 'tomorrow',
      ...optional,
      dates: 'day',
    },
  ],
  absent: 'keeps',
  repeat: { what: 'этот счётчик с той же шкалой', differs: 'данные другие' },
  replacesGroups: true,
  sideEffects: { watch: stageWatchedMeterValues, keep: insertPreviousMeterValues },
  onTaken: tellMetersChanged,
  async restore(trx, { id }, now) {
    const back = await listMetersTakenBy(trx, id);
    const restored = await restoreRows(trx, 'meters', id);
    await restoreMeterValues(trx, id);
    await tellMetersBack(trx, back, now);
    return { restored, links: 0 };
  },
});
