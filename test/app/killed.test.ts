import { expect, onTestFinished, test } from 'vitest';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { typedSteps } from '../kit/chat/typed.ts';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { spawnBot, startSmsProvider } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';

const PEOPLE: Person[] = [1, 2, 3].map((n) => ({ name: `Житель${n}`, id: 700 + n, phone: `7912345670${n}` }));

test('long polling through kill -9: three residents register at once, nothing is lost, nothing is done twice', async () => {
  const [{ db, url, close }, telegram, sms] = await Promise.all([testDatabase(), startBotApi(), startSmsProvider()]);
  onTestFinished(async () => {
    await telegram.close();
    sms.close();
    await close();
  });
  // Slow enough that each kill comes in the middle.
  telegram.interfereWith(({ method }) => (method.startsWith('send') ? { delayMs: 60 } : undefined));
  const settings = { DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot, SMS_API_ROOT: sms.root };

  let update = 900;
  const typed = (person: Person, words: string) => {
    update += 1;
    return updateOf(person, { does: 'say', words }, { update, message: update }, 0);
  };
  const lines = PEOPLE.map((_, i) =>
    typedSteps(`# после: identity/registration/happy до «{код}», вместо «ivan» — «zhitel${i + 1}»`, `8912345670${i + 1}`),
  );
  for (const [step] of lines[0]?.entries() ?? [])
    telegram.push(...PEOPLE.map((person, i) => typed(person, lines[i]?.[step]?.words ?? '')));

  for (const leaveAfterCalls of [3, 14]) {
    const bot = await spawnBot(settings);
    const before = telegram.calls.length;
    const saidSince = () => telegram.calls.slice(before).filter(({ method }) => method === 'sendMessage').length;
    await until('the middle', () => saidSince() >= leaveAfterCalls);
    await bot.stop('SIGKILL');
  }
  await openBot(settings);
  await until('three codes', () => PEOPLE.every(({ phone }) => sms.codeFor(phone)), 40_000);
  for (const person of PEOPLE) telegram.push(typed(person, sms.codeFor(person.phone) ?? ''));
  const residents = () => db.selectFrom('residents').select(['login', 'phone']).orderBy('login').execute();
  await until('three residents', async () => (await residents()).length === 3, 30_000);
  await until('all confirmed', () => telegram.confirmed.length === update - 900);
  await until('nothing held', async () => (await db.selectFrom('updateInbox').select('id').execute()).length === 0);

  expect(await residents()).toEqual(PEOPLE.map(({ phone }, i) => ({ login: `zhitel${i + 1}`, phone: `+${phone}` })));
  expect(telegram.confirmed).toEqual(Array.from({ length: update - 900 }, (_, i) => 901 + i));
  expect(sms.codes).toHaveLength(3);
  expect(await db.selectFrom('consents').select('messengerId').execute()).toHaveLength(3);
  // Whoever typed too early would have been told so: the order of each chat was kept through both deaths.
  for (const { id } of PEOPLE)
    expect(telegram.said(id).join('\n')).not.toMatch(
      /В логине могут быть|В пароле могут быть|не похоже|сломалось|Такой команды|Выберите раздел на кнопках/,
    );
}, 300_000);
