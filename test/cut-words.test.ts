import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * Words of people are cut by `cutTo` and `shortenTo` (src/domain/cut.ts): a bare `.slice(0, …)` may cut an emoji in two, and Postgres takes no half of one.
 * Here are the places that cut something else: lists, days and periods, numbers and digits, fingerprints, what ends where a pattern was found.
 */
const CUT_SOMETHING_ELSE: Readonly<Record<string, readonly string[]>> = {
  'src/adapters/account-list.ts': ['records'],
  'src/adapters/postgres/data-folder.ts': [".digest('hex')"],
  'src/adapters/postgres/server-start-lock.ts': [".digest('hex')"],
  'src/adapters/registries/kept-name.ts': ['name'],
  'src/adapters/registries/left-behind.ts': ['names.toSorted()'],
  'src/adapters/registries/workbook/number-formats.ts': ['.toISOString()', 'day'],
  'src/app/open-sandbox.ts': [''],
  'src/channels/telegram/callback-data.ts': ['data'],
  'src/channels/telegram/desk-room.ts': ['.toISOString()'],
  'src/channels/telegram/message-part-of.ts': ['words'],
  'src/channels/telegram/voice.ts': ['parts'],
  'src/commands/doctor/listening.ts': [''],
  'src/commands/qr/order.ts': ['list?'],
  'src/commands/qr/print.ts': ['randomUUID()'],
  'src/delivery/requests/thread.ts': [".digest('base64url')"],
  'src/dialogs/accounts/other-links.ts': ['seen.others'],
  'src/dialogs/kit/choosing.ts': ['exact'],
  'src/dialogs/kit/keyboard.ts': ['choices'],
  'src/dialogs/kit/version.ts': ["digest.digest('base64url')"],
  'src/dialogs/readings/my-readings.ts': ['...group', 'period'],
  'src/dialogs/readings/closed-window.ts': ['own'],
  'src/dialogs/requests/plain-words.ts': ['known.lately'],
  'src/dialogs/staff/staff-find.ts': ['accounts'],
  'src/dialogs/staff/staff-password.ts': ['accounts'],
  'src/dialogs/steps/strayed.ts': ['strayed'],
  'src/domain/access-link.ts': ['found'],
  'src/domain/account-password.ts': ['text'],
  'src/domain/address.ts': ['address', 'building', 'parts', 'typed'],
  'src/domain/announcement.ts': ['today'],
  'src/domain/cabinet-chart.ts': ['day'],
  'src/domain/called-name.ts': ['Array.from(first)'],
  'src/domain/decimal.ts': ['digits'],
  'src/domain/desk-chart.ts': ['day'],
  'src/domain/detail-presets.ts': ['thisMonth'],
  'src/domain/door-refs.ts': ['month'],
  'src/domain/fiscal-receipt.ts': ['digits'],
  'src/domain/history-chart.ts': ['services'],
  'src/domain/json-places.ts': ['text'],
  'src/domain/local-day.ts': ['.toISOString()'],
  'src/domain/masked-login.ts': ['login'],
  'src/domain/money.ts': ['digits'],
  'src/domain/notice-key.ts': ["key.split('/')"],
  'src/domain/parts.ts': ['rest', 'text'],
  'src/domain/payment-qr.ts': ['period'],
  'src/domain/period.ts': ['day', 'period'],
  'src/domain/phone.ts': ['phone'],
  'src/domain/reading.ts': ['fraction', 'text'],
  'src/domain/readings-window.ts': ['today'],
  'src/domain/registry-file.ts': ['letters'],
  'src/domain/request-topic.ts': ['word'],
  'src/domain/said-months.ts': ['period', 'rest'],
  'src/domain/typed-readings.ts': ['...strict', 'label'],
  'src/office/accounts/relatives.ts': ['keyring.fingerprint(PURPOSE, id)', 'known', 'token'],
  'src/office/centre/holidays.ts': ['day', 'first'],
  'src/office/money/payment-documents.ts': [''],
  'src/office/money/payment-export.ts': ['digits'],
  'src/office/news/news-meters.ts': ['accounts'],
  'src/office/news/news-charges.ts': ['firstDay'],
  'src/office/news/news-texts.ts': ['lines'],
  'src/office/news/told-together.ts': ['each'],
  'src/office/readings/own-readings.ts': [''],
  'src/office/readings/reading-answers.ts': ['accounts'],
  'src/office/registries/orders/words.ts': ['from', 'to'],
  'src/office/registries/owners.ts': ['...names', 'given'],
  'src/office/registries/reading/encoding.ts': [''],
  'src/office/registries/reading/header.ts': ['cells', 'said'],
  'src/office/registries/reading/records.ts': ['...records'],
  'src/office/registries/reading/zones.ts': ['.toISOString()'],
  'src/office/registries/refused-rows.ts': ['cells', 'file.titles'],
  'src/office/requests/desk-card.ts': ['earlier', 'others'],
  'src/office/retention.ts': ['.toISOString()'],
  'src/office/staff/announcements.ts': ['places'],
  'src/office/staff/answered.ts': ['quote'],
  'src/office/staff/hand-credits/standing.ts': [".digest('base64url')", 'shown'],
  'src/office/staff/hand-over.ts': ['colleagues'],
  'src/office/staff/look-ups.ts': ['at', 'requests'],
  'src/office/staff/open-requests.ts': [".digest('base64url')"],
  'src/office/staff/writing.ts': [''],
  'src/reception/dialog-flow.ts': [''],
  'src/reception/describe-error.ts': [''],
  'src/texts/person-file.ts': ['value'],
};

const CUT = /([\w?.]*(?:\([^()\n]*\))?)\s*\.(?:slice|substring|substr)\(0,/g;

test('what people wrote is never cut within a character', () => {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('sandbox/') && name !== 'domain/cut.ts')
    .flatMap((name) => {
      const text = readFileSync(`src/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const known = CUT_SOMETHING_ELSE[`src/${name}`] ?? [];
      return Array.from(text.matchAll(CUT), ([, what = '']) => what)
        .filter((what) => !known.includes(what))
        .map((what) => `src/${name}: ${what}`);
    });
  expect(found, 'cutTo, shortenTo; or its place in the list above').toEqual([]);
});
