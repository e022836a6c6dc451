import { expect, test } from 'vitest';
import { readStaffLink, staffStart } from '../../src/domain/staff-link.ts';

test.each(['find', 'password'] as const)('a link to %s opens its chapter at the account', (action) => {
  expect(readStaffLink(`/start ${staffStart(action, '0012345')}`)).toEqual({ dialog: `staff-${action}`, account: '0012345' });
});

test.each(['/start', '/start ls-0012345', '/start find-12', '/start find-0012345 x', 'find-0012345', '/start drop-0012345'])(
  '%s is none',
  (words) => expect(readStaffLink(words)).toBeUndefined(),
);
