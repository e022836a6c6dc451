import { forAccount } from '../kit/for-account.ts';

const ABOUT = `Выдаёт пароль к лицевому счёту (пункт 9.2 инструкции) и печатает его один раз: больше его нигде не увидеть.
Пароль действует 30 дней и для одного подключения; прежний пароль этого счёта перестаёт действовать.
Кто и когда выдал пароль, записывается. Документы жителя проверьте до выдачи (пункт 9.2.1).`;

export const issuePasswordCommand = forAccount({
  name: 'issue-password',
  about: ABOUT,
  load: async () => (await import('./issue.ts')).issue,
});
