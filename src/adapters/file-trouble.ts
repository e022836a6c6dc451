const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'такого файла нет',
  EISDIR: 'это папка, а нужен файл',
  EACCES: 'этот файл нельзя читать: дайте на него права',
};

const WRITING_REFUSED = 'сюда нельзя писать: дайте права на папку или назовите другое место';
const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOENT: 'такой папки нет: создайте её или назовите другое место',
  ENOTDIR: 'путь ведёт не через папку: назовите другое место',
  EISDIR: 'это папка, а нужно имя файла',
  EACCES: WRITING_REFUSED,
  EPERM: WRITING_REFUSED,
  EROFS: WRITING_REFUSED,
  ENOSPC: 'на диске нет места',
};

/** Why a file could not be read, in Russian. */
export function whyUnread(error: unknown): string {
  const code = codeOf(error);
  return UNREADABLE[code] ?? `файл не читается (${code})`;
}

/** Why a file could not be written and what to do, in Russian. */
export function whyUnwritten(error: unknown): string {
  const code = codeOf(error);
  return UNWRITABLE[code] ?? `файл не записывается (${code})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'неизвестно почему';
}
