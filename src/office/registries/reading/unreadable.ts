/**
 * Why a file is no registry, in a Russian sentence that names it; `why` is the sentence without the name. What it quotes of the file is one
 * line that can be kept and shown: neither controls nor halves of characters, which Postgres takes no text with.
 */
export class RegistryUnreadable extends Error {
  readonly why: string;
  constructor(why: string, path?: string) {
    const clean = why.replace(/\p{Cc}+/gu, ' ').replace(/\p{Surrogate}/gu, '');
    super(path === undefined ? clean : `${path}: ${clean}`);
    this.why = clean;
  }
}

/** Why a file cannot be read now, which is not in the file: the disk, or whoever still writes it. It is worth another try. */
export class RegistryNotNow extends RegistryUnreadable {
  override name = 'RegistryNotNow';
}
