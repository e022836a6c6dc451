import type { ExportKind } from '../../records/exports.ts';
import type { RegistryKind } from '../../records/registries/imports.ts';
import type { OrderReport } from '../../records/registries/orders.ts';
import type { StaffCaller } from '../staff/staff.ts';
import { REGISTRIES } from './registries.ts';

/** Only a senior may do it; `owners`: because of whose accounts change hands. */
export type SeniorNeeded = { outcome: 'senior-needed'; why?: 'owners' };

/** Whether only a senior may take in what was checked: money, what closes residents' links, changes the owners of many accounts, or closes many. */
export function wantsSenior({ kind, owners, closings }: Pick<OrderReport, 'kind' | 'owners' | 'closings'>): boolean {
  const changesOwners = owners !== undefined && (owners.many || owners.links > 0);
  return needsSenior(kind) || changesOwners || closings?.many === true;
}

/** Whether only a senior may take a registry in, or have an export made. */
export function needsSenior(what: RegistryKind | ExportKind): boolean {
  return what === 'payments' || REGISTRIES.some(({ kind, money }) => kind === what && money);
}

/** Whose an order is, as its row has it. */
export function orderedBy({ messengerId, name }: StaffCaller, senior: boolean) {
  return { messengerId, byName: name, senior };
}
