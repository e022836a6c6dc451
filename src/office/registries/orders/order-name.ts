import { shownFileName } from '../../../domain/registry-file.ts';
import type { RegistryOrder } from '../../../records/registries/orders.ts';

/** What the file of an order is called where people read it; nothing, where the order has none. */
export const orderName = ({ fileName }: Pick<RegistryOrder, 'fileName'>): string =>
  fileName === null ? '' : shownFileName(fileName);
