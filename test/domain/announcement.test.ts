import { expect, test } from 'vitest';
import { announcementLimits, readSendTime } from '../../src/domain/announcement.ts';
import { leastOf } from '../../src/domain/text-limits.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const NOW = new Date('2026-11-23T09:00:00Z');

test.each([
  ['18:30', '2026-11-23T15:30:00.000Z'],
  ['сегодня 18:30', '2026-11-23T15:30:00.000Z'],
  ['Сегодня в 18:30', '2026-11-23T15:30:00.000Z'],
  ['завтра 9:05', '2026-11-24T06:05:00.000Z'],
  ['послезавтра, 10:00', '2026-11-25T07:00:00.000Z'],
  ['25.11 10:00', '2026-11-25T07:00:00.000Z'],
  ['23.11 18:00', '2026-11-23T15:00:00.000Z'],
  ['25.11 в 10.00', '2026-11-25T07:00:00.000Z'],
  ['01.12.2026 10:00', '2026-12-01T07:00:00.000Z'],
  ['5.1 10:00', '2027-01-05T07:00:00.000Z'],
  ['завтра в 10', '2026-11-24T07:00:00.000Z'],
  ['Завтра в 10 часов.', '2026-11-24T07:00:00.000Z'],
  ['завтра в 9 утра', '2026-11-24T06:00:00.000Z'],
  ['25.11 в 7 вечера', '2026-11-25T16:00:00.000Z'],
  ['в 18:30', '2026-11-23T15:30:00.000Z'],
  ['в 18', '2026-11-23T15:00:00.000Z'],
])('«%s» is %s', (typed, at) => expect(readSendTime(typed, NOW, 'Europe/Moscow')).toEqual({ at: new Date(at) }));

test.each([
  ['', 'unclear'],
  ['завтра', 'unclear'],
  ['25:00', 'unclear'],
  ['10:60', 'unclear'],
  ['31.11 10:00', 'unclear'],
  ['в среду 10:00', 'unclear'],
  ['завтра 10', 'unclear'],
  ['завтра в 25', 'unclear'],
  ['отключим воду в 10 домах', 'unclear'],
  ['11:59', 'past'],
  ['22.11.2026 10:00', 'past'],
  ['23.03.2027 10:00', 'far'],
])('«%s» is %s', (typed, wrong) => expect(readSendTime(typed, NOW, 'Europe/Moscow')).toEqual({ wrong }));

test('an announcement is as long as our own limits let it be, and as the least of the messengers takes it with its title', () => {
  const [telegram, max, short] = [
    { text: 4096, caption: 1024 },
    { text: 4000, caption: 4000 },
    { text: 1000, caption: 600 },
  ];
  for (const roomy of [[telegram], [max], [telegram, max], [max, telegram]] as const)
    expect(announcementLimits(leastOf(roomy))).toEqual({ words: 3500, underPicture: 900 });

  const limits = announcementLimits(leastOf([telegram, short, max]));
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => NOW });
  for (const name of ['notice-announcement', 'notice-announcement-correction']) {
    const shown = (length: number) => text(name, { words: 'я'.repeat(length), at: '2025-11-23T09:00:00Z' }).length;
    expect(shown(limits.words)).toBeLessThanOrEqual(short.text);
    expect(shown(limits.underPicture)).toBeLessThanOrEqual(short.caption);
  }
  expect(limits.words).toBeGreaterThan(800);
});
