import type { RegistryKind } from '../../records/registry-imports.ts';

/** How staged rows of one kind meet the table that they are for. */
export type MergePlan = {
  table: RegistryKind;
  /** The fields that tell two rows apart; `group` are the first of them. */
  key: readonly string[];
  /** What is replaced whole, and stands together in a file. */
  group: readonly string[];
  /** The rest of the table's columns, each with the expression that gives it from a staged row `s`. */
  values: readonly { column: string; field: string; expression?: string }[];
  /** A column that is absent from the header: keeps what the table has, or counts as empty. */
  absent: 'keeps' | 'empties';
  /** A column that staged rows have besides the file's own, as SQL defines it. */
  derived?: string;
  /** A negative sum takes back the positive one of the same number: never more than that, nor on another account. */
  reverses?: true;
  /** The field that names an account which must be known. */
  account?: string;
  /** What must exist for a row of `staged`, and why it is refused where that does not. */
  needs?: { query: string; reason: string };
  /** Rows of a group that the file no longer has are removed. */
  whole: boolean;
  /** One refused row refuses its group. */
  refusesGroup: boolean;
  /** The same key twice in one file is refused even when the rows are alike. */
  refusesAlike: boolean;
  /** Rows of an account that differs from another one but for leading zeros are refused. */
  zerosCount?: true;
  /** The field that names an account, also where it is not checked. */
  about: string;
  /** Days or first days of periods, as an expression of type date. */
  dated?: string;
  /** What is added up for people to compare with billing's own totals, in kopecks. */
  sums: Readonly<Record<string, string>>;
};

const fields = (...names: string[]): MergePlan['values'] => names.map((name) => ({ column: name, field: name }));

export const PLANS: Readonly<Record<RegistryKind, MergePlan>> = {
  accounts: {
    table: 'accounts',
    key: ['number'],
    group: ['number'],
    values: [
      ...fields('owner_name', 'address', 'unified_number', 'fias', 'area', 'residents'),
      { column: 'closed', field: 'closing', expression: "s.closing is not null and s.closing <> 'false'" },
      { column: 'closed_on', field: 'closing', expression: "case when s.closing like '____-__-__' then s.closing::date end" },
    ],
    absent: 'keeps',
    whole: false,
    refusesGroup: false,
    refusesAlike: false,
    zerosCount: true,
    about: 'number',
    sums: {},
  },
  charges: {
    table: 'charges',
    key: ['account', 'period', 'supplier', 'service'],
    group: ['account', 'period', 'supplier'],
    values: fields(
      'opening_kopecks',
      'charged_kopecks',
      'recalculated_kopecks',
      'grounds',
      'benefit_kopecks',
      'penalty_kopecks',
      'paid_kopecks',
      'due_kopecks',
      'volume',
      'unit',
      'tariff',
      'norm',
    ),
    absent: 'empties',
    account: 'account',
    whole: true,
    refusesGroup: true,
    refusesAlike: true,
    about: 'account',
    dated: 'period',
    sums: { charged: 'charged_kopecks', due: 'due_kopecks' },
  },
  payments: {
    table: 'payments',
    // A payment and its reversal under one number are two rows, whichever comes first and however often.
    key: ['source', 'operation', 'reversal'],
    // A reversal rests on its payment: undone alone, that would leave less than nothing.
    group: ['source', 'operation'],
    derived: 'reversal boolean generated always as (sum_kopecks < 0) stored',
    reverses: true,
    values: fields('account', 'day', 'sum_kopecks'),
    absent: 'keeps',
    account: 'account',
    whole: false,
    refusesGroup: false,
    refusesAlike: false,
    about: 'account',
    dated: 'day',
    sums: { paid: 'sum_kopecks' },
  },
  meters: {
    table: 'meters',
    key: ['account', 'number', 'scale'],
    group: ['account'],
    values: fields('service', 'digits', 'verification_due', 'value', 'value_day'),
    absent: 'keeps',
    account: 'account',
    whole: true,
    refusesGroup: false,
    refusesAlike: false,
    about: 'account',
    dated: 'value_day',
    sums: {},
  },
  reading_answers: {
    table: 'reading_answers',
    key: ['account', 'number', 'scale', 'value', 'day'],
    group: ['account'],
    values: [...fields('result'), { column: 'reason', field: 'grounds' }],
    absent: 'keeps',
    account: 'account',
    needs: {
      query: `
        select from readings as r join exported_readings as e on e.reading_id = r.id
        where r.account = staged.account and r.number = staged.number and r.scale = staged.scale
          and e.value = staged.value and e.day <= staged.day`,
      reason: 'такое показание не выгружалось: проверьте номер счётчика, шкалу, показание и дату',
    },
    whole: false,
    refusesGroup: false,
    refusesAlike: false,
    about: 'account',
    dated: 'day',
    sums: {},
  },
};
