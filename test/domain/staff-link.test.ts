import { expect, test } from 'vitest';
import { readStaffLink, staffLink } from '../../src/domain/staff-link.ts';

test.each(['find', 'password'] as const)('a link to %s opens its chapter at the account', (action) => {
  const link = new URL(staffLink('inkomus_bot', action, '0012345'));
  expect(link.pathname).toBe('/inkomus_bot');
  expect(readStaffLink(`/start ${link.searchParams.get('start')}`)).toEqual({ dialog: `staff-${action}`, account: '0012345' });
});

test.each(['/start', '/start ls-0012345', '/start find-12', '/start find-0012345 x', 'find-0012345', '/start drop-0012345'])(
  '%s is none',
  (words) => expect(readStaffLink(words)).toBeUndefined(),
);
