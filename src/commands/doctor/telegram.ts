import { lookAtTelegram, type NotTold, type TelegramFacts } from '../../channels/telegram/look.ts';
import type { BotConfig, Config } from '../../config/config.ts';
import { wordOfStatus } from '../../channels/telegram/member-status.ts';
import { nextMoveThere, type WayThere } from '../../channels/telegram/way-there.ts';
import { ageOf, counted, type Finding, type Findings, fault, good, warning } from './finding.ts';

const GROUP = 'STAFF_CHAT_ID';
const WEBHOOK = 'WEBHOOK_URL';
/** An older error of a webhook was followed by deliveries, or nobody writes: Telegram tries again every minute or two. */
const ERROR_COUNTS_MS = 3_600_000;
const MANY_UPDATES = 100;

/** The token, the webhook, the staff group and the bot's rights in it, as Telegram says. */
export async function lookAtTelegramOf(config: Config, now: Date): Promise<Findings> {
  if (config.mode === 'sandbox') return [good('Telegram', 'в песочнице его место занимает эта машина')];
  const { botToken: token, telegramApiRoot: apiRoot, proxyUrl, staffChatId: groupId, staffSeniorIds: people } = config;
  const { bot, webhook, group, outsiders = [] } = await lookAtTelegram({ token, apiRoot }, { proxyUrl, groupId, people });
  const way = { apiRoot, proxyUrl };
  if (bot.outcome !== 'named') return [fault('Telegram', whyUnsaid(bot, way))];
  return [
    good('Telegram', `это @${bot.name}${proxyUrl === undefined ? '' : ', через прокси из PROXY_URL'}`),
    ...(webhook ? findingsOfWebhook(config, webhook, now) : []),
    ...(group ? findingsOfGroup(group, way) : []),
    ...outsiders.map((id) =>
      warning('STAFF_SENIOR_IDS', `${id} не состоит в группе сотрудников и старшим не считается: добавьте его в группу`),
    ),
  ];
}

function whyUnsaid(unsaid: NotTold, way: WayThere): string {
  if (unsaid.outcome === 'refused-token')
    return 'BOT_TOKEN: Telegram не знает такого токена; скопируйте его ещё раз из @BotFather';
  if (unsaid.outcome === 'no-way') return unsaid.sentence;
  if (unsaid.outcome === 'refused') return `Telegram отказал: ${unsaid.description}`;
  if (unsaid.outcome === 'moved') return 'Telegram говорит о другой группе';
  if (unsaid.outcome === 'another')
    return `TELEGRAM_API_ROOT: по этому адресу отвечает не Bot API (${unsaid.said}): исправьте адрес`;
  return `TELEGRAM_API_ROOT: Telegram не отвечает (${unsaid.code}): ${nextMoveThere(way)}`;
}

function findingsOfWebhook(config: BotConfig, said: NonNullable<TelegramFacts['webhook']>, now: Date): Finding[] {
  const { webhook: own, telegramApiRoot: apiRoot, proxyUrl } = config;
  if (said.outcome !== 'told') return [warning(WEBHOOK, whyUnsaid(said, { apiRoot, proxyUrl }))];
  const { url, pending, lastError, failedAt } = said;
  const waits = `ждёт ${counted(pending, ['обновление', 'обновления', 'обновлений'])}`;
  const findings: Finding[] = [];
  if (own === undefined && url !== '')
    findings.push(
      warning(WEBHOOK, 'не задан, а у Telegram вебхук есть: npm start снимет его; если это другой бот, дайте ему свой токен'),
    );
  if (own && url === '') findings.push(warning(WEBHOOK, 'у Telegram вебхука нет: его поставит npm start'));
  if (own && url !== '' && url !== own.url)
    findings.push(
      fault(
        WEBHOOK,
        'у Telegram стоит другой вебхук: сообщения уходят не сюда; перезапустите бота или остановите того, кто его поставил',
      ),
    );
  if (own && (failedAt !== undefined || url === own.url)) findings.push(errorOf({ failedAt, lastError, pending }, now));
  findings.push(
    pending > MANY_UPDATES ? warning('Telegram', `${waits}: бот не работает или не успевает`) : good('Telegram', waits),
  );
  return findings;
}

type Errors = { failedAt: Date | undefined; lastError: string | undefined; pending: number };

/** The webhook's last error, however old it is: after a night without messages it is why nobody was answered. */
function errorOf({ failedAt, lastError = 'без причины', pending }: Errors, now: Date): Finding {
  if (failedAt === undefined) return good(WEBHOOK, 'ошибок доставки Telegram не помнит');
  const next = 'проверьте, что адрес ведёт на PORT и сертификат верен';
  const age = `${ageOf(failedAt, now)} назад`;
  if (now.getTime() - failedAt.getTime() < ERROR_COUNTS_MS)
    return fault(WEBHOOK, `Telegram не смог доставить (${age}): ${lastError}; ${next}`);
  const said = `последняя ошибка доставки была ${age}: ${lastError}`;
  return pending > 0
    ? warning(WEBHOOK, `${said}; обновления ждут и теперь: ${next}`)
    : good(WEBHOOK, `${said}; теперь ничего не ждёт`);
}

function findingsOfGroup(group: NonNullable<TelegramFacts['group']>, way: WayThere): Finding[] {
  if (group.outcome === 'moved') return [warning(GROUP, `группа стала супергруппой: замените число на ${group.to ?? 'новое'}`)];
  if (group.outcome !== 'seen')
    return [
      fault(
        GROUP,
        group.outcome === 'refused'
          ? `бот не видит этой группы (${group.description}): добавьте его туда и проверьте число, у супергрупп оно начинается с -100`
          : whyUnsaid(group, way),
      ),
    ];
  const { title, isForum, status, mayManageTopics, mayDelete } = group;
  const kind = isForum ? 'с темами' : 'без тем (обращения идут карточками)';
  if (status !== 'administrator')
    return [
      fault(
        GROUP,
        `«${title}»: бот там ${wordOfStatus(status)}; сделайте его администратором с правами на темы и удаление сообщений`,
      ),
    ];
  return [
    good(GROUP, `«${title}», ${kind}, бот — администратор`),
    ...(isForum && !mayManageTopics ? [fault(GROUP, 'у бота нет права управлять темами: дайте его')] : []),
    ...(mayDelete
      ? []
      : [warning(GROUP, 'у бота нет права удалять сообщения: слова жителя, отозвавшего согласие, останутся в группе')]),
  ];
}
