import { requireKeys } from '../../adapters/data-owner.ts';
import { openKeyring } from '../../adapters/keyring.ts';
import { randomness } from '../../adapters/randomness.ts';
import { keysOfSandbox } from '../../adapters/secret-key.ts';
import { readKeyConfig } from '../../config/for-commands.ts';
import { issueAccountPassword } from '../../office/accounts/account-passwords.ts';
import { createFormats } from '../../texts/formats.ts';
import { botClock } from '../kit/clock.ts';
import type { AccountWork } from '../kit/on-account.ts';

/** Makes a password for the account, to be printed this once. */
export const issue: AccountWork = async ({ db, account, caller, shell }) => {
  const { dataDir, secretKey, timeZone } = readKeyConfig(shell.env, shell.folder);
  const clock = botClock(shell);
  const keys = secretKey === undefined ? await keysOfSandbox(dataDir) : { secretKey };
  await requireKeys(db, keys);
  const keyring = openKeyring(keys.secretKey);
  const issued = await issueAccountPassword({ db, clock, randomness, keyring }, account, caller);
  if (issued.outcome === 'unknown-account') return undefined;
  const until = createFormats(timeZone, clock).time(issued.expiresAt);
  return [`Лицевой счёт: ${account}`, `Пароль: ${issued.password}`, `Действует до: ${until}`].join('\n');
};
