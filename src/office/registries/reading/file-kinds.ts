const AS_CSV = 'сохраните таблицу как XLSX или как CSV с точкой с запятой';

/** Whose payment it is stands there in no field of its own, at most somewhere in «НазначениеПлатежа», as each payer wrote it. */
const STATEMENT_FOR_1C =
  'это выписка для 1С (1CClientBankExchange), в ней нет поля с лицевым счётом; нужен реестр платежей, который банк отдаёт к выписке ' +
  '(CSV, TXT или XLSX, лицевой счёт в каждой строке; вид описывается в layouts[] файла центра), или выгрузка из вашей программы ' +
  'со столбцами «ЛС;Дата;Сумма;Номер операции»';

const ZIP = 'это архив ZIP; достаньте из него файл XLSX или CSV';
/** A file of an archive that is no part of a document, but one itself. */
const DOCUMENT = /^(?!(?:xl|word)\/).*\.(?:xls[xmb]?|ods|docx?|odt|csv|txt|pdf|dbf|zip|rar|7z)$/i;

/** What a file is by its first bytes where it is no text to be read as a registry, and what to do, in Russian. */
export function otherKind(head: Buffer): string | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  const says = (words: string): boolean => head.includes(words, 0, 'latin1');
  const first = head
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();

  if (starts(0x50, 0x4b)) {
    // What is in it may be put in as it is: then the parts of a document are read here, too.
    if (namesInZip(head).some((name) => DOCUMENT.test(name))) return ZIP;
    if (says('mimetypeapplication/vnd.oasis.opendocument')) return `это таблица OpenDocument (ODS); ${AS_CSV}`;
    if (says('word/')) return `это документ Word; ${AS_CSV}`;
    if (says('xl/workbook.bin') || says('xl/worksheets/sheet1.bin')) return `это двоичная книга Excel (XLSB); ${AS_CSV}`;
    // A whole one is read before it comes to this.
    if (says('xl/')) return 'это книга Excel (XLSX), но она повреждена: сохраните её заново';
    return ZIP;
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) {
    const names = (...words: string[]) => words.some((word) => head.includes(Buffer.from(word, 'utf16le')));
    if (names('EncryptedPackage')) return 'это книга Excel под паролем; снимите пароль и сохраните её заново';
    if (names('WordDocument')) return `это документ Word; ${AS_CSV}`;
    return names('Workbook', 'Book')
      ? `это книга Excel прежних версий (XLS); ${AS_CSV}`
      : `это книга Excel прежних версий (XLS) или под паролем; снимите пароль и ${AS_CSV}`;
  }
  if (first.startsWith('%pdf')) return 'это документ PDF; нужна таблица XLSX или CSV, выгруженная из программы';
  if (first.startsWith('{\\rtf')) return `это документ RTF; ${AS_CSV}`;
  if (starts(0x1f, 0x8b) || starts(0x52, 0x61, 0x72, 0x21) || starts(0x37, 0x7a, 0xbc, 0xaf))
    return 'это архив; достаньте из него файл XLSX или CSV';
  if (/^(<!doctype html|<html|<table|<head|<meta)/.test(first)) return `это страница HTML, хотя Excel её и открывает; ${AS_CSV}`;
  if (first.startsWith('<?xml')) return `это файл XML; ${AS_CSV}`;
  if (first.startsWith('1cclientbankexchange')) return STATEMENT_FOR_1C;
  if (/^[[{]\s*["{[]/.test(first)) return 'это файл JSON; нужен файл CSV';
  return isDbf(head) ? `это таблица DBF; ${AS_CSV}` : undefined;
}

/** The names of the files in a ZIP, from its beginning as far as each says how long it is. */
function namesInZip(head: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + 30 <= head.length && head.readUInt32LE(at) === 0x04034b50; ) {
    const nameEnd = at + 30 + head.readUInt16LE(at + 26);
    names.push(head.toString('latin1', at + 30, nameEnd));
    const isLengthBehind = (head.readUInt16LE(at + 6) & 8) !== 0;
    if (isLengthBehind) break;
    at = nameEnd + head.readUInt16LE(at + 28) + head.readUInt32LE(at + 18);
  }
  return names;
}

/** dBASE and FoxPro: the version, the day of the last change, how long head and record are. */
function isDbf(head: Buffer): boolean {
  if (
    head.length < 32 ||
    ![0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0x8e, 0xcb, 0xf5, 0xfb].includes(head[0] ?? 0)
  )
    return false;
  const [month = 0, day = 0] = head.subarray(2, 4);
  return month <= 12 && day <= 31 && head.readUInt16LE(8) >= 33 && head.readUInt16LE(10) >= 1 && head.includes(0);
}
