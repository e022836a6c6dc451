const MASK = '•••';

/** A word that is followed by the number of a flat, a room or premises; `кв-л` is a quarter of a town. */
const FLAT =
  /(?<![\p{L}\p{N}])(?:квартира|кв-ра|кв(?!-л)|комната|комн|ком|помещение|помещ|пом|офис|оф)(?![\p{L}\p{N}-])[\s.№]*|(?<![\p{L}\p{N}])(?:кв|ком|пом|оф)\.?\s*№?\s*(?=\d)/iu;
/** A word that is followed by the number of a house. */
const HOUSE =
  /(?<![\p{L}\p{N}])(?:домовладение|домовл|дом|д|владение|влад|вл)(?![\p{L}\p{N}-])[\s.№]*(?=\d)|(?<![\p{L}\p{N}])(?:дом|д)\.?\s*№?\s*(?=\d)/giu;

/**
 * The address as it may be shown to somebody who has only just proved that an account is known to him: without the number of the flat
 * and all that follows it; where there is no flat, without the number of the house. Where neither is found, the last part is hidden.
 */
export function maskAddress(address: string): string {
  const flat = FLAT.exec(address);
  if (flat) return `${address.slice(0, flat.index + flat[0].length)}${MASK}`;
  // The last of them: `д. Дубки, д. 5` begins with a village (деревня).
  const house = [...address.matchAll(HOUSE)].at(-1);
  if (house) return `${address.slice(0, house.index + house[0].length)}${MASK}`;
  const comma = address.lastIndexOf(',');
  if (comma >= 0) return `${address.slice(0, comma)}, ${MASK}`;
  const number = /^(.*?\p{L}.*\s)\d[^\s]*$/u.exec(address.trim());
  return number ? `${number[1]}${MASK}` : MASK;
}
