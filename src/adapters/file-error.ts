const NO_ROOM = 'на диске нет места для временного файла: освободите его и повторите';
const TOO_MANY = 'открыто слишком много файлов: повторите позже';
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'такого файла нет',
  EISDIR: 'это папка, а нужен файл',
  EACCES: 'этот файл нельзя читать: дайте на него права',
  EFTYPE: 'это не обычный файл (канал или устройство): скопируйте данные в файл',
  ENXIO: 'это не обычный файл (сокет или устройство): скопируйте данные в файл',
  ELOOP: 'это ссылка: положите сам файл',
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  ETIMEDOUT: 'диск не отвечает: проверьте его и повторите',
  EIO: 'диск отвечает ошибкой: проверьте его и повторите',
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
};

const WRITING_REFUSED = 'сюда нельзя писать: дайте права на папку или назовите другое место';
const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOENT: 'такой папки нет: создайте её или назовите другое место',
  ENOTDIR: 'путь ведёт не через папку: назовите другое место',
  EISDIR: 'это папка, а нужно имя файла',
  EACCES: WRITING_REFUSED,
  EPERM: WRITING_REFUSED,
  EROFS: WRITING_REFUSED,
  EFTYPE: 'это не обычный файл: назовите другое место',
  ENOSPC: 'на диске нет места: освободите его',
  EDQUOT: 'место, отведённое пользователю на диске, кончилось: освободите его',
  EFBIG: 'файл такого размера этот диск не принимает: назовите другое место',
  EIO: 'диск отвечает ошибкой: проверьте его',
};

/** Of the machine, whatever the file: it is worth another try later. */
const OF_MACHINE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'ETIMEDOUT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

/** Whether a file could not be read for what is not its own fault. */
export const isOfMachine = (error: unknown): boolean => OF_MACHINE.has(codeOf(error));

/** Why a file could not be read, in Russian. */
export function whyUnread(error: unknown): string {
  const code = codeOf(error);
  return UNREADABLE[code] ?? `файл не читается (${code})`;
}

/** What a disk answers to a write: the system does not say to which file. A neighbour that went away has other codes. */
const OF_WRITING: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/** Whether a disk did not take what was written to an open file. */
export function isUnwritten(error: unknown): boolean {
  return OF_WRITING.has(codeOf(error)) && (error as NodeJS.ErrnoException).syscall !== 'read';
}

/** Why a file could not be written and what to do, in Russian. */
export function whyUnwritten(error: unknown): string {
  const code = codeOf(error);
  return UNWRITABLE[code] ?? `файл не записывается (${code})`;
}

const REMOVING_REFUSED = 'на него или на папку нет прав, уберите его сами';
const UNREMOVABLE: Readonly<Record<string, string>> = {
  EISDIR: 'это папка, уберите её сами',
  ERR_FS_EISDIR: 'это папка, уберите её сами',
  EACCES: REMOVING_REFUSED,
  EPERM: REMOVING_REFUSED,
  EROFS: 'папка только для чтения, уберите его сами',
};

/** Why a file could not be removed or replaced and what to do, in Russian. */
export function whyUnremoved(error: unknown): string {
  const code = codeOf(error);
  return UNREMOVABLE[code] ?? `уберите его сами (${code})`;
}

const MOVING_REFUSED = 'на папку нет прав';
const UNMOVABLE: Readonly<Record<string, string>> = {
  EACCES: MOVING_REFUSED,
  EPERM: MOVING_REFUSED,
  EROFS: 'папка только для чтения',
  ENOSPC: 'на диске нет места',
  EDQUOT: 'на диске нет места',
  ELOOP: 'это ссылка',
  EISDIR: 'это папка',
  EFTYPE: 'это не обычный файл',
};

/** Why a file could not be moved, in Russian. */
export function whyUnmoved(error: unknown): string {
  const code = codeOf(error);
  return UNMOVABLE[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'неизвестно почему';
}
