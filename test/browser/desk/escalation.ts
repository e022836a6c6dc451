import { screenshot } from '../browser.ts';
import { writeAs } from '../menus.ts';
import type { Look } from '../resident/steps.ts';
import { openPhone, openTopic } from './places.ts';

/** «5 failures by sum per account in 30 days». */
const FAILURES = 5;

/** A limit is reached: the bot writes to staff of its own accord, with a button for what can be done. */
export async function tellEscalation({ step, page, hands }: Look, accountNumber: string): Promise<void> {
  await step('wrong sums close an account to guessing', async () => {
    await openPhone(page, 'Иван');
    await hands.say('/link');
    await hands.press('По сумме последних платежей');
    await hands.say(accountNumber);
    for (let failure = 1; failure <= FAILURES; failure += 1) {
      await hands.hears(/Напишите сумму всех платежей/);
      await hands.say(`1,0${failure}`);
      await hands.hears(/Не получилось подтвердить/);
      if (failure < FAILURES) await hands.press('По сумме последних платежей');
    }
    await hands.say('/cancel');
  });
  await step('staff have a topic of that, and a button that opens the account again', async () => {
    await openTopic(page, /Подбор суммы/);
    await hands.hears(new RegExp(`Подбор суммы[^]*${accountNumber}`));
    await writeAs(page, 'Сергей');
    await hands.press('Открыть подключение');
    await hands.hears(/Сергей[^]*снова открыто/);
    await screenshot(page, 'desk-9-escalation-laptop');
  });
}
