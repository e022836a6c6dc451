import { expect, test } from 'vitest';
import { nameTopics, type PersonDataPart } from '../../src/domain/person-data.ts';
import { NEWS_KINDS } from '../../src/domain/news.ts';
import { personFile } from '../../src/texts/person-file.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const now = new Date('2026-11-29T07:15:00Z');
const timeZone = 'Europe/Moscow';
const { text } = loadTexts({ timeZone, clock: () => now });
const linesOf = (parts: readonly PersonDataPart[]) => personFile(parts, { text, timeZone, now }).split('\n').slice(2, -1);

test('figures, days and times are as people write them', () => {
  const rows = [
    { value: '10265.000', tariff: '1234.5600', norm: '0.500', dueKopecks: 123456, day: '2026-11-29', takenAt: now.toISOString() },
  ];
  expect(linesOf([{ kind: 'readings', rows }])).toEqual([
    'Переданные показания',
    '- показание: 10 265',
    '  тариф: 1 234,56',
    '  норматив: 0,5',
    '  к оплате: 1 234,56 ₽',
    '  день: 29.11.2026',
    '  принято: 29.11.2026 10:15',
  ]);
});

test('of an access that is over nobody is said to have withdrawn a consent', () => {
  expect(linesOf([{ kind: 'links', rows: [{ endedWhy: 'giver-left' }] }])[1]).toMatch(
    /: у того, кто дал доступ, этого счёта больше нет$/,
  );
});

test('a topic is called as the centre calls it', () => {
  const parts = [{ kind: 'requests', rows: [{ topic: 'payment' }, { topic: 'gone' }, { topic: null }] }];
  expect(linesOf(nameTopics(parts, [{ key: 'payment', label: 'Оплата' }])).slice(1)).toEqual([
    '- тема: Оплата',
    '- тема: gone',
    '- тема: —',
  ]);
});

/** Whatever the program writes there by itself. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'codes.delivery': ['under-way', 'sent', 'not-meant', 'bad-number', 'trouble'],
  'codes.purpose': ['registration', 'sign-in', 'recovery', 'new-phone'],
  'mutedNews.kind': NEWS_KINDS,
  'readings.state': ['taken', 'exported', 'accepted', 'refused'],
  'handedIn.state': ['taken', 'exported', 'accepted', 'refused'],
  'links.way': ['sum', 'password', 'relative'],
  'links.endedWhy': ['unlinked', 'by-other-holder', 'owner-changed', 'by-staff', 'by-giver', 'giver-left'],
  'requests.kind': ['request', 'not-me'],
  'requests.state': ['new', 'taken', 'answered', 'closed'],
  'requestMessages.side': ['resident', 'staff'],
  'requestMessages.kind': [
    'words',
    'photo',
    'document',
    'video',
    'voice',
    'audio',
    'video-note',
    'sticker',
    'location',
    'contact',
  ],
};

test.each(Object.entries(WORDS))('the words of the program in %s are said in Russian', (place, words) => {
  const [kind = '', field = ''] = place.split('.');
  const said = linesOf([{ kind, rows: words.map((word) => ({ [field]: word })) }]).slice(1);
  expect(said).toHaveLength(words.length);
  for (const line of said) expect(line.replace('SMS', '')).not.toMatch(/[a-z]/i);
});
