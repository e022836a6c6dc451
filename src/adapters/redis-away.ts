const PASSWORD = 'исправьте имя и пароль в адресе (знаки @ : / # % — кодами %40 %3A %2F %23 %25)';

/** By the code of a system's error, or the word of Redis's reply. */
const NEXT_MOVES: Readonly<Record<string, string | undefined>> = {
  NOAUTH: `нужен пароль: ${PASSWORD}`,
  WRONGPASS: PASSWORD,
  READONLY: 'это копия только для чтения; укажите основной узел',
  OOM: 'память кончилась; поднимите maxmemory',
  MISCONF: 'он не может писать на диск; освободите место',
  ENOTFOUND: 'такого узла нет; исправьте адрес',
  NOPERM: 'пользователю не хватает прав: дайте их',
};

/** What is wrong with Redis and the next move, for the operator; `code` as in `whyAway`. */
export function redisSentence(code: string): string {
  return `REDIS_URL: Redis не отвечает или не пишет (${code}): ${NEXT_MOVES[code] ?? 'запустите его или исправьте адрес'}`;
}

/** The code in what a client says of its connection: `connect ECONNREFUSED 127.0.0.1:6379`. */
export function codeInWords(said: string): string | undefined {
  return /\b(E[A-Z]{4,}(?:_[A-Z]+)?|EAI_AGAIN|WRONGPASS|NOAUTH|NOPERM)\b/.exec(said)?.[1];
}
