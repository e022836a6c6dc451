import { expect, test } from 'vitest';
import {
  METER_KEY_TAIL,
  newsSubjectOf,
  noticeKey,
  noticeKeyUpTo,
  partOfNoticeKey,
  SIGNED_OUT,
} from '../../src/domain/notice-key.ts';

test('a key is read as it is written, and as rows of an earlier release have it', () => {
  const key = noticeKey('account-closed', '0012345', 'a-link', '2026-12-01T09:00:00.000Z', 'telegram:1');
  expect(key).toBe('account-closed/0012345/a-link/2026-12-01T09:00:00.000Z/telegram:1');
  expect((['event', 'subject', 'link', 'moment'] as const).map((part) => partOfNoticeKey(key, part))).toEqual([
    'account-closed',
    '0012345',
    'a-link',
    '2026-12-01T09:00:00.000Z',
  ]);
  expect(partOfNoticeKey('link-new/a-link', 'link')).toBeUndefined();
});

test('a meter’s own number may have slashes', () => {
  const meter = noticeKey('meter-replaced', '0012345', '17/3');
  expect(noticeKeyUpTo(noticeKey(meter, '2026-12-15', 'a-link', 'telegram:1'), METER_KEY_TAIL)).toBe(meter);
});

test('news without figures are about what stands behind that', () => {
  expect(newsSubjectOf(noticeKey('due-day', '2026-12-10', 'telegram:1'))).toBe('2026-12-10');
  expect(newsSubjectOf(noticeKey('due-day', SIGNED_OUT, '2026-12-10', 'telegram:1'))).toBe('2026-12-10');
});
