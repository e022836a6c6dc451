import { expect, test } from 'vitest';
import { readStaffLink, staffStart } from '../../src/domain/staff-link.ts';

test.each(['find', 'password'] as const)('a link to %s opens its chapter at the account', (action) => {
  expect(readStaffLink(staffStart(action, '0012345'))).toEqual({ dialog: `staff-${action}`, account: '0012345' });
});

test.each(['', 'ls-0012345', 'find-12', 'find-0012345 x', 'a find-0012345', '/start find-0012345', 'drop-0012345'])(
  '%s is none',
  (words) => expect(readStaffLink(words)).toBeUndefined(),
);
