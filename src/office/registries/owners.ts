/** Whether two spellings of an owner's name are the same person's: case, spaces and ё do not count. */
export function sameOwner(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

function plainName(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}
