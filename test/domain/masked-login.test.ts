import { expect, test } from 'vitest';
import { maskLogin } from '../../src/domain/masked-login.ts';

test.each([
  ['ivan_tag', 'iv•••g'],
  ['89123456789', '8912•••••89'],
  ['79123456789', '8912•••••89'],
])('%s is shown as %s', (login, shown) => expect(maskLogin(login)).toBe(shown));
