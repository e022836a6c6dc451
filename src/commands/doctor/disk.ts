import { lookAtDisk } from '../../adapters/disk-space.ts';
import type { Config } from '../../config/config.ts';
import { type Findings, fault, good, warning } from './finding.ts';

const ABOUT = 'DATA_DIR';
const GIB = 1024 ** 3;
/** An import of a town and a backup fit into the one, a day's work into the other. */
const LITTLE_BYTES = 2 * GIB;
const LEAST_BYTES = 0.25 * GIB;

/** How much room there is where the bot keeps its files, and who may look into them. */
export async function lookAtDiskOf({ dataDir, mode }: Config): Promise<Findings> {
  const { freeBytes, totalBytes, isThere, openToOthers } = await lookAtDisk(dataDir);
  const room = `свободно ${sizeOf(freeBytes)} из ${sizeOf(totalBytes)}`;
  const found =
    freeBytes < LEAST_BYTES
      ? fault(ABOUT, `${room}: освободите место, иначе бот перестанет отвечать`)
      : freeBytes < LITTLE_BYTES
        ? warning(ABOUT, `${room}: освободите место`)
        : good(ABOUT, room);
  if (openToOthers && mode === 'bot')
    return [found, warning(ABOUT, 'папка открыта другим пользователям, а в ней персональные данные: chmod 700')];
  return isThere ? [found] : [found, good(ABOUT, 'папки ещё нет: её создаст первый npm start')];
}

export function sizeOf(bytes: number): string {
  const [size, unit] = bytes >= GIB ? [bytes / GIB, 'ГБ'] : [bytes / 1024 ** 2, 'МБ'];
  return `${size.toLocaleString('ru', { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}
