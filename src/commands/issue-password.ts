import { openKeyring } from '../adapters/keyring.ts';
import { randomness } from '../adapters/randomness.ts';
import { keysOfSandbox } from '../adapters/secret-key.ts';
import { requireKeys } from '../adapters/data-owner.ts';
import { readKeyConfig } from '../config/for-commands.ts';
import { issueAccountPassword } from '../office/accounts/account-passwords.ts';
import { createFormats } from '../texts/formats.ts';
import { botClock } from './clock.ts';
import { runForAccount } from './for-account.ts';

const ABOUT = `Выдаёт пароль к лицевому счёту (пункт 9.2 инструкции) и печатает его один раз: больше его нигде не увидеть.
Пароль действует 30 дней и для одного подключения; прежний пароль этого счёта перестаёт действовать.
Кто и когда выдал пароль, записывается. Документы жителя проверьте до выдачи (пункт 9.2.1).`;

process.exitCode = await runForAccount(
  {
    name: 'issue-password',
    about: ABOUT,
    async work(db, account, caller) {
      const { dataDir, secretKey, timeZone } = readKeyConfig();
      const clock = botClock();
      const keys = secretKey === undefined ? await keysOfSandbox(dataDir) : { secretKey };
      await requireKeys(db, keys);
      const keyring = openKeyring(keys.secretKey);
      const issued = await issueAccountPassword({ db, clock, randomness, keyring }, account, caller);
      if (issued.outcome === 'unknown-account') return undefined;
      const until = createFormats(timeZone, clock).time(issued.expiresAt);
      return [`Лицевой счёт: ${account}`, `Пароль: ${issued.password}`, `Действует до: ${until}`].join('\n');
    },
  },
  process.argv.slice(2),
);
