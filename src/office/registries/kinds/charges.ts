import { listTouched, restoreRows } from '../../../records/registries/previous-rows.ts';
import { updateChargesTakenBack } from '../../../records/untold.ts';
import { withdrawChargesNews } from '../../news/told-before.ts';
import { decimal, maybe, money, month, needed, repeated, words } from '../reading/cells.ts';
import { defineRegistry, KEY, ofAccount } from '../registry.ts';

const sum = { type: 'bigint', read: needed(money) } as const;
const sumOrZero = { type: 'bigint', read: maybe(money, '0'), optional: true, absent: '0' } as const;
const optional = { optional: true } as const;

export const charges = defineRegistry({
  kind: 'charges',
  title: 'реестр начислений',
  rowsTitle: 'начисления',
  columns: [
    { ...ofAccount, part: 'group' },
    {
      title: 'Период',
      column: 'period',
      type: 'date',
      read: repeated(needed(month)),
      until: 'next-month',
      part: 'group',
      dates: 'month',
    },
    {
      title: 'Поставщик',
      column: 'supplier',
      type: KEY,
      read: repeated(maybe(words(200), '')),
      ...optional,
      absent: '',
      part: 'group',
    },
    { title: 'Услуга', column: 'service', type: KEY, read: repeated(needed(words(200))), part: 'key' },
    { title: 'Входящее сальдо', column: 'opening_kopecks', ...sum },
    { title: 'Начислено', column: 'charged_kopecks', ...sum, total: 'charged' },
    { title: 'Перерасчет', column: 'recalculated_kopecks', ...sumOrZero },
    { title: 'Основание', column: 'grounds', type: 'text', read: repeated(maybe(words(500))), ...optional },
    { title: 'Льгота', column: 'benefit_kopecks', ...sumOrZero },
    { title: 'Пени', column: 'penalty_kopecks', ...sumOrZero },
    { title: 'Оплачено', column: 'paid_kopecks', ...sumOrZero },
    { title: 'К оплате', column: 'due_kopecks', ...sum, total: 'due' },
    { title: 'Объем', column: 'volume', type: 'numeric', read: maybe(decimal('any')), ...optional },
    { title: 'Единица', column: 'unit', type: 'text', read: repeated(maybe(words(40))), ...optional },
    { title: 'Тариф', column: 'tariff', type: 'numeric', read: repeated(maybe(decimal('positive'))), ...optional },
    { title: 'Норматив', column: 'norm', type: 'numeric', read: repeated(maybe(decimal('positive'))), ...optional },
  ],
  money: true,
  absent: 'empties',
  replacesGroups: true,
  refusesGroups: true,
  refusesAlike: true,
  beside: { same: ['account', 'period', 'service'], other: 'supplier' },
  repeat: { what: 'эта услуга за этот месяц', differs: 'данные другие', sumsDiffer: 'суммы другие' },
  async restore(trx, { id }) {
    const touched = await listTouched(trx, 'charges', id);
    const restored = await restoreRows(trx, 'charges', id);
    await withdrawChargesNews(trx, touched);
    await updateChargesTakenBack(trx, touched);
    return { restored, links: 0 };
  },
});
