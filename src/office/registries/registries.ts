import type { RegistryKind } from '../../records/registries/imports.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import { accounts } from './kinds/accounts.ts';
import { charges } from './kinds/charges.ts';
import { meters } from './kinds/meters.ts';
import { payments } from './kinds/payments.ts';
import { readingAnswers } from './kinds/reading-answers.ts';
import type { Registry } from './registry.ts';

const BY_KIND: Readonly<Record<RegistryKind, Registry>> = {
  accounts,
  charges,
  payments,
  meters,
  reading_answers: readingAnswers,
};

/** In the order in which the files of one call are taken: a charge needs its account. */
export const REGISTRIES: readonly Registry[] = Object.values(BY_KIND);

export const registryOf = (kind: RegistryKind): Registry => BY_KIND[kind];

/** Headers of what goes out: it must not pass for a registry that has fewer columns. */
export const NOT_TAKEN: readonly (readonly string[])[] = [EXPORT_COLUMNS.readings];
