/** What was said, word by word: small letters, е for ё, nothing but letters and digits. */
export function wordsSaid(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !isFilling(word));
}

/** It says nothing of which is meant: «на», «хочу», «пожалуйста». */
export function isFilling(word: string): boolean {
  return FILLING.test(word);
}

const FILLING =
  /^(?:по|на|за|для|в|во|к|ко|о|об|про|с|со|и|а|ну|это|этот|эту|вот|мне|пожалуйста|давайте|хочу|надо|нужно|нажимаю|выбираю|кнопк\p{L}{1,2})$/u;

/** The same word, the beginning of it, or another form of it; a number is whole. */
export function isSameWord(said: string, word: string): boolean {
  if (said === word) return true;
  if (/\d/.test(said + word) || said.length < 3) return false;
  if (word.startsWith(said)) return true;
  let common = 0;
  while (common < said.length && said[common] === word[common]) common += 1;
  const stem = Math.max(3, Math.ceil(Math.min(said.length, word.length) * 0.6));
  const ending = common >= LONG_STEM ? LONGEST_ENDING : USUAL_ENDING;
  return common >= stem && said.length - common <= ending && word.length - common <= ending;
}

/** `ить`, `ями`. */
const USUAL_ENDING = 3;
/** `зарегистрир-оваться`: a stem so long is that of no other word. */
const LONG_STEM = 8;
const LONGEST_ENDING = 7;
