import { createHttp } from '../../adapters/sms/http.ts';
import type { SmsErrorReason } from '../../adapters/sms/provider.ts';
import { openProviders } from '../../adapters/sms/providers.ts';
import type { Config } from '../../config/config.ts';
import { formatMoney } from '../../domain/money.ts';
import { plainSpaces } from '../../domain/unbroken.ts';
import { type Finding, type Findings, fault, good, warning } from './finding.ts';

const ABOUT = 'SMS';
/** About two hundred codes. */
const LITTLE_ROUBLES = 1_000;

/** What is left on the account of each provider. */
export async function lookAtSms(config: Config): Promise<Findings> {
  if (config.mode === 'sandbox') return [good(ABOUT, 'в песочнице SMS видны на её странице')];
  const providers = openProviders(config.sms, createHttp());
  if (providers.length === 0)
    return [warning('SMS_PROVIDER', 'не задан: код отправить нечем, и никто не сможет зарегистрироваться')];
  return Promise.all(
    providers.map(async ({ name, balance }): Promise<Finding> => {
      const about = `${ABOUT}, ${name}`;
      if (!balance) return good(about, 'задан; остаток на счёте этот провайдер не сообщает');
      const left = await balance();
      if (left.outcome === 'failed') return fault(about, `остаток узнать нельзя (${left.detail}): ${NEXT[left.reason]}`);
      const sum = `на счёте ${plainSpaces(formatMoney(Math.round(left.roubles * 100)))}`;
      if (left.roubles <= 0) return fault(about, `${sum}: коды не уходят; пополните счёт`);
      return left.roubles < LITTLE_ROUBLES ? warning(about, `${sum}: этого хватит ненадолго, пополните счёт`) : good(about, sum);
    }),
  );
}

const NEXT: Record<SmsErrorReason, string> = {
  'no-money': 'пополните счёт',
  limit: 'провайдер просит подождать; повторите позже',
  auth: 'провайдер не узнаёт имя, пароль или ключ; возьмите их ещё раз в его кабинете',
  down: 'провайдер не отвечает; проверьте сеть и SMS_API_ROOT',
  refused: 'провайдер отказал; посмотрите в его кабинете',
};
