import { expect, test } from 'vitest';
import { FIRST_UUID, isUuid, LAST_UUID } from '../../src/domain/uuid.ts';

test.each(['3f2b8a6e-0c1d-4e5f-8a9b-0c1d2e3f4a5b', FIRST_UUID, LAST_UUID])('%s can be asked for', (id) => {
  expect(isUuid(id)).toBe(true);
});

test.each(['', '7', 'x', "'; drop table accounts", '3f2b8a6e0c1d4e5f8a9b0c1d2e3f4a5b', ` ${FIRST_UUID}`])(
  '«%s» is no id',
  (words) => {
    expect(isUuid(words)).toBe(false);
  },
);
