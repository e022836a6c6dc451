const LONGEST_SHOWN = 80;
/** No disk has a longer one. */
const LONGEST_KEPT = 255;

/** A file's name as it may be kept, and as a layout knows the file by it: one line, without a folder. */
export function keptFileName(name: string): string {
  const clean = (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return clean === '' ? 'registry.csv' : shortened(clean, LONGEST_KEPT);
}

/** The same as it may be shown: not too long; the ending is kept. */
export function shownFileName(name: string): string {
  return shortened(keptFileName(name), LONGEST_SHOWN);
}

function shortened(name: string, most: number): string {
  const letters = Array.from(name);
  return letters.length <= most ? name : `${letters.slice(0, most - 9).join('')}…${letters.slice(-8).join('')}`;
}

/**
 * The same in Latin letters, digits, `.`, `_` and `-`: names of files that are sent are not quoted on their way. `реестр ноябрь.csv` becomes
 * `reestr-noyabr.csv`.
 */
export function sentFileName(name: string): string {
  const latin = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => LATIN[letter] ?? '');
  const plain = latin.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+(?=\.)|-+$/g, '');
  return plain === '' ? 'registry.csv' : plain;
}

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=sch ы=y э=e ю=yu я=ya'
    .split(' ')
    .map((pair) => pair.split('=')),
);
