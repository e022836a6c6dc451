/** What a number or a name stands behind and is read with: `№ 12`, `ул. Портовая`, `д. 5`, `кв. 17`. */
const BEFORE =
  /(№|(?<![\p{L}\p{N}])(?:ул|пер|просп|пр-т|пр-кт|пр|пл|ш|б-р|бул|наб|мкр|тер|п|пос|с|г|д|дом|домовл|влд|корп|к|стр|лит|кв|ком|пом|оф|каб|эт)\.|(?<![\p{L}\p{N}])(?:д|кв|к|корп)(?= \d)) (?=[\p{L}\p{N}«<•])/giu;
/** A sum, and a day of a month. */
const SUM = /(?<!\d)\d{1,3}(?: \d{3})*(?:,\d+)? ₽/g;
const DAY = /(\d) (?=(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?!\p{L}))/gu;

/** A month and its year. */
const YEAR =
  /(?<=(?<!\p{L})(?:январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья])) (?=(?:19|20)\d{2}(?!\d))/gu;

/** The same words with spaces that never break over a line where what stands on both sides is read as one. */
export function unbroken(text: string): string {
  return text
    .replace(BEFORE, '$1\u00a0')
    .replace(SUM, (sum) => sum.replaceAll(' ', '\u00a0'))
    .replace(DAY, '$1\u00a0')
    .replace(YEAR, '\u00a0');
}

/** Figures in groups of three that were never meant to break as one number: nobody types such spaces, they are copied. */
export function joinThousands(text: string): string {
  return text.replace(/(?<!\d[\u00a0\u202f]?)\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)/g, (figures) => figures.replace(/\D/g, ''));
}

/** A space of any width as a plain one: of what is typed or compared, nobody sees the difference. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
