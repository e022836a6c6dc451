import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SMS_PROVIDERS } from '../../../src/adapters/sms/providers.ts';

/** `.env.example` and the operator's pages say of each provider what its file says. */

const example = readFileSync('.env.example', 'utf8');
const docs = existsSync('docs') ? readdirSync('docs').filter((name) => name.endsWith('.md')) : [];
const pages = ['README.md', ...docs.map((name) => `docs/${name}`)].map((name) => readFileSync(name, 'utf8')).join('\n');
/** As one line: where a page breaks its lines is its own affair. */
const prose = pages.replace(/\s+/g, ' ');
const code = (name: string) => `\`${name}\``;
const needSender = SMS_PROVIDERS.filter(({ required }) => required.includes('SMS_SENDER')).map(({ name }) => name);

/** Where it fails, its message is what is to be written; of all that is missing it is told at once. */
const says = (page: string, words: string) => expect.soft(page.includes(words), `it says: ${words.trim()}`).toBe(true);

test.each(SMS_PROVIDERS)('$title in .env.example', ({ title, about, examples }) => {
  const lines = [`# ${title}: ${about}`, ...Object.entries(examples).map(([name, value]) => `# ${name}=${value}`)];
  says(`\n\n${example}\n`, `\n\n${lines.join('\n')}\n\n`);
});

test.each(SMS_PROVIDERS)('$title in the table of settings', ({ title, settings }) => {
  says(pages, `\n| ${Object.keys(settings).map(code).join(', ')} | | ${title} |\n`);
});

test('all of them where one is chosen, and which of them want a sender', () => {
  const names = SMS_PROVIDERS.map(({ name }) => name);
  says(pages, ` | ${names.map(code).join(', ')}, comma-separated, tried in this order |\n`);
  says(prose, SMS_PROVIDERS.map(({ title }) => title).join(', '));
  says(example.replaceAll('\n# ', ' '), `One or several of ${names.join(', ')}, separated by commas`);
  says(pages, `required with ${needSender.map(code).join(', ')} |\n`);
  says(example, `Required with ${needSender.join(', ')}.\n`);
});
