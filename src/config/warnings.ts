import { loadCentre } from '../adapters/centre-file.ts';
import type { RunsOut } from '../domain/dated.ts';
import { localDay } from '../domain/local-day.ts';
import { type RequisiteFault, requisiteFaults } from '../domain/requisites.ts';
import { type Centre, listRunningOut } from '../office/centre.ts';
import { type Config, EXAMPLE_CENTRE } from './config.ts';

/** Long enough to find out what comes next: of holidays, rates, due days. */
const AHEAD_DAYS = 60;

/**
 * What does not stop a start and does harm later, but for names that are no settings (`config.warnings`): a sentence for each, without values.
 * The made-up centre of the sandbox may be as it is.
 */
export async function warningsOf(config: Config, centre: Centre, now: Date): Promise<string[]> {
  if (config.mode === 'sandbox') return [];
  const today = localDay(now, config.timeZone);
  const holidaysBegin = centre.holidays[0]?.from;
  const receiptsBegin = centre.cards.receipts[0]?.from;
  const isExample = config.centreFile === EXAMPLE_CENTRE || sharesContacts(centre, await loadCentre(EXAMPLE_CENTRE));
  return [
    ...(isExample
      ? ['CENTRE_FILE: жители видят контакты из примера, придуманного города: впишите свои пункты приёма платежей и телефоны']
      : []),
    ...(config.staffSeniorIds.length === 0
      ? [
          'STAFF_SENIOR_IDS: не задан: некому делать объявления, загружать начисления и платежи в чате, зачислять платёж вручную; впишите номера старших',
        ]
      : []),
    ...(config.paymentProviderToken !== undefined && !PROVIDER_TOKEN.test(config.paymentProviderToken)
      ? [
          'PAYMENT_PROVIDER_TOKEN: не похож на токен провайдера (число:TEST:… или число:LIVE:…), счёт на оплату не выставить; возьмите его у @BotFather, Payments',
        ]
      : []),
    ...(config.paymentProviderToken !== undefined && TEST_TOKEN.test(config.paymentProviderToken)
      ? [
          'PAYMENT_PROVIDER_TOKEN: тестовый: деньги не списываются, а долг считается оплаченным и уходит в биллинг; замените на LIVE (@BotFather, Payments)',
        ]
      : []),
    ...(centre.holidays.length === 0
      ? ['CENTRE_FILE: holidays: праздников нет, и каждый считается рабочим днём, в который сотрудники опаздывают; впишите их']
      : []),
    ...(holidaysBegin !== undefined && today < holidaysBegin
      ? [
          `CENTRE_FILE: holidays: первые праздники — с ${holidaysBegin}: до этого дня каждый будний день считается рабочим, и сотрудники опаздывают; впишите и те, что до него`,
        ]
      : []),
    ...listRunningOut(centre, today, AHEAD_DAYS).map(runningOutSentence),
    ...(receiptsBegin !== undefined && today < receiptsBegin
      ? [
          `CENTRE_FILE: cards.receipts: первая строка действует с ${receiptsBegin}: до этого дня бот не предлагает оплату картой, чека он не знает; впишите то, что действует сейчас`,
        ]
      : []),
    ...(config.payee ? requisiteFaults(config.payee).map(sentenceOf) : []),
  ];
}

/** As @BotFather gives them: `381764678:TEST:12345`. Telegram says nowhere that there is no other, hence no refusal. */
const PROVIDER_TOKEN = /^\d+:(TEST|LIVE):\S+$/;
/** Whoever knows a test card, and they are public, pays with it. */
const TEST_TOKEN = /^\d+:TEST:\S/;

/** Until when each version of Node gets security fixes (nodejs.org/en/about/previous-releases). */
const NODE_FIXED_UNTIL: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
};

/** A version of Node that gets no security fixes any more, in a sentence; one that is newer than this table counts as fixed. */
export function nodeWarning(version: string, now: Date): string | undefined {
  const until = NODE_FIXED_UNTIL[Number.parseInt(version, 10)];
  if (until === undefined || localDay(now, 'UTC') <= until) return undefined;
  return `Node: ${version} не получает исправлений безопасности с ${until}: поставьте 24`;
}

const WRONG: Readonly<Record<RequisiteFault, string>> = {
  'inn digits': 'PAYEE_INN: контрольные цифры не сходятся',
  'account digits': 'PAYEE_ACCOUNT: контрольная цифра не сходится с ним и PAYEE_BIC',
  'account kind': 'PAYEE_ACCOUNT: счёт организации в этом банке так не начинается',
  'bic kind': 'PAYEE_BIC: у российского банка начинается с 04, у казначейства с 01',
  'corrAccount digits': 'PAYEE_CORR_ACCOUNT: контрольная цифра не сходится с ним и PAYEE_BIC',
  'corrAccount kind': 'PAYEE_CORR_ACCOUNT: у банка начинается с 301, у казначейства с 40102',
  'corrAccount bank': 'PAYEE_CORR_ACCOUNT: последние три цифры не те, что у PAYEE_BIC',
};

const NEXT_ROW = 'допишите следующую строку или более поздний until';

/** What the bot does past the end of a table, and what the operator does before. */
const PAST_THE_END: Readonly<Record<string, string>> = {
  holidays:
    'жителям не говорят, когда вы снова работаете, а опоздания считаются без праздников (об этом сказано); впишите дни следующего года',
  paymentDue: `бот не называет срок оплаты; ${NEXT_ROW}`,
  paymentDocumentReady: `бот не говорит, когда будет следующая квитанция; ${NEXT_ROW}`,
  penalty: `бот не оценивает пени и говорит, что правило ещё не известно; ${NEXT_ROW}`,
  'cards.receipts': `бот не предлагает оплату картой: чек мог бы быть неверным; ${NEXT_ROW}`,
};

/** A sentence about a dated table of `CENTRE_FILE` that runs out. */
function runningOutSentence({ table, until, source, over }: RunsOut): string {
  const read = source === null ? '' : ` (${source})`;
  return `CENTRE_FILE: ${table}: ${over ? 'кончилось' : 'кончится'} ${until}${read}: после этого ${PAST_THE_END[table] ?? 'бот не знает, что действует'}`;
}

/** Without the value. */
function sentenceOf(fault: RequisiteFault): string {
  return `${WRONG[fault]}: деньги, уплаченные по QR-коду, пропадут; сверьте с письмом банка`;
}

function sharesContacts(centre: Centre, example: Centre): boolean {
  const contacts = ({ phones, paymentPoints }: Centre) => [
    ...phones.map(({ number }) => number),
    ...paymentPoints.flatMap(({ address, phone }) => (phone === undefined ? [address] : [address, phone])),
  ];
  const known = new Set(contacts(example));
  return contacts(centre).some((contact) => known.has(contact));
}
