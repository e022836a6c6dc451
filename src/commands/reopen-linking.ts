import { reopenSumWay } from '../office/accounts/sum-reopenings.ts';
import { botClock } from './clock.ts';
import { runForAccount } from './for-account.ts';

const ABOUT = `Снова открывает подключение лицевого счёта по сумме платежей, закрытое после неверных попыток: прежние ошибки по этому счёту
больше не считаются. Снова может подключить его по сумме и тот, у кого счёт отключили сотрудники, владелец пароля или смена
собственника: пусть сначала сотрудники разберутся, что счёт его. Кто и когда открыл, записывается.
Ограничения на человека и на всех вместе остаются.`;

process.exitCode = await runForAccount(
  {
    name: 'reopen-linking',
    about: ABOUT,
    async work(db, account, caller) {
      const outcome = await reopenSumWay({ db, clock: botClock() }, account, caller);
      return outcome === 'reopened' ? `Подключение по сумме для лицевого счёта ${account} снова открыто.` : undefined;
    },
  },
  process.argv.slice(2),
);
