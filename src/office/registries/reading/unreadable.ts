/** Why a file is no registry, in a Russian sentence that names it; `why` is the sentence without the name. */
export class RegistryUnreadable extends Error {
  readonly why: string;
  constructor(why: string, path?: string) {
    super(path === undefined ? why : `${path}: ${why}`);
    this.why = why;
  }
}
