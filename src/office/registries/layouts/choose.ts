import { plainTitle } from '../reading/header.ts';
import { isNamedAsRefused } from '../reading/refused-titles.ts';
import { RegistryUnreadable } from '../reading/unreadable.ts';
import type { Layout } from './layout.ts';
import { fitsName } from './patterns.ts';

/** Which layouts there are, and which one somebody has named. */
export type LayoutChoice = { layouts: readonly Layout[]; named?: string | undefined };

/**
 * By which layout a file is read: the one that was named, else the one whose `fileName` it fits; undefined: it is in our own form, as refused
 * rows are. Throws `RegistryUnreadable` where several fit, or none has that name.
 */
export function chooseLayout({ layouts, named }: LayoutChoice, fileName: string): Layout | undefined {
  if (named !== undefined) {
    const found = layouts.find(({ name }) => plainTitle(name) === plainTitle(named));
    if (found) return found;
    throw new RegistryUnreadable(`описания «${named}» нет${knownLayouts(layouts)}`);
  }
  if (isNamedAsRefused(fileName)) return undefined;
  const [found, ...others] = layouts.filter((layout) => layout.fileName !== undefined && fitsName(layout.fileName, fileName));
  if (others.length === 0) return found;
  const names = [found!, ...others].map(({ name }) => `«${name}»`).join(', ');
  throw new RegistryUnreadable(`имя файла подходит к нескольким описаниям (${names}): выберите одно`);
}

/** `: известны «A», «B»`. */
export function knownLayouts(layouts: readonly Layout[]): string {
  if (layouts.length === 0) return ', как и других: они стоят в CENTRE_FILE под layouts';
  return `: есть ${layouts.map(({ name }) => `«${name}»`).join(', ')}`;
}
