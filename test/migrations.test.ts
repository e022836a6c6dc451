import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What has landed: bases have run it. */
const LANDED: Readonly<Record<string, string>> = {
  '0001_residents': 'fc4afd002dc2d03e',
  '0002_accounts': '7e9e1cc0b2124a22',
  '0003_requests': 'e38819cdd5f14559',
  '0004_charges_and_payments': '30fc0f345abe0b00',
  '0005_meters_and_readings': 'd0c78066e0b9ff06',
  '0006_registries': '295aaeaf1d28a6df',
  '0007_news': 'd12782ddfdbd5294',
  '0008_outbox': 'c121e87ae644921c',
  '0009_runtime': 'a8825cef0fcbd487',
  '0010_closings_and_told_sums': 'b449500f13143761',
  '0011_indexes_of_the_cabinet': 'ecd9a977a471a2d9',
};

const migrations = readdirSync('migrations').map((file) => ({
  name: file.replace(/\.ts$/, ''),
  digest: createHash('sha256')
    .update(readFileSync(`migrations/${file}`))
    .digest('hex')
    .slice(0, 16),
}));

test.each(migrations)('$name is as it was when it landed', ({ name, digest }) => {
  const landed = LANDED[name];
  const what =
    landed === undefined
      ? `migrations/${name}.ts is new: add  '${name}': '${digest}',  to LANDED, and never edit it from then on`
      : `migrations/${name}.ts was edited: bases that ran it stay without what was changed. Put it back, and write the change into a new file migrations/NNNN_words.ts`;
  expect(digest, what).toBe(landed);
});

test('none that has landed is gone or has another name: bases that ran it would be refused', () => {
  expect(migrations.map(({ name }) => name)).toEqual(Object.keys(LANDED));
});
