/** Latin letters that look like Russian ones, the same in both cases or in one. */
const ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  'A=А B=В C=С E=Е H=Н K=К M=М O=О P=Р T=Т X=Х Y=У a=а c=с e=е o=о p=р x=х y=у k=к m=м'.split(' ').map((pair) => pair.split('=')),
);

/** The text with Latin letters that look like Russian ones taken for these. */
export function inOneScript(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => ALIKE[letter] ?? letter);
}

/** The Latin letters of a text, each once: `«C», «o»`. */
export function alienLetters(text: string): string {
  return [...new Set(text.match(/[A-Za-z]/g) ?? [])].map((letter) => `«${letter}»`).join(', ');
}
