import { DAY_MS } from '../../domain/durations.ts';
import { keptFileName, shownFileName } from '../../domain/registry-file.ts';
import { isUuid } from '../../domain/uuid.ts';
import type { Trx } from '../../records/database.ts';
import type { RegistryKind } from '../../records/registries/imports.ts';
import {
  insertRegistryOrder,
  countOpenRegistryOrders,
  lockRegistryOrder,
  updateRegistryOrder,
  type OrderState,
  type RegistryOrder,
} from '../../records/registries/orders.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { admitStaff } from '../staff/admission.ts';
import type { NotStaff, StaffCaller } from '../staff/staff.ts';
import type { Layout } from './layouts/layout.ts';
import { fitsName } from './layouts/patterns.ts';
import { orderName } from './orders/order-name.ts';
import { needsSenior, wantsSenior, type SeniorNeeded, orderedBy } from './who-may.ts';

/** A file as a messenger knows it; `bytes` is null where it does not say. `mostBytes`: it hands us no larger one. */
export type BroughtFile = { file: string; name: string; bytes: number | null; mostBytes?: number | undefined };

/** Nobody's order of this id, somebody else's, or one that was forgotten. */
type NoOrder = { outcome: 'none' };

/** Files that one person may have in line. */
const MOST_OPEN = 20;
/** What was checked longer ago may say something else by now. */
const CHECK_HOLDS_MS = DAY_MS;

/** A registry file that staff send: checked, read by another layout, taken in or dropped. */
export function createImportOrders(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'> & { centre: { layouts: readonly Layout[] } },
) {
  const { clock, staff, centre } = edges;

  /** One of the caller's own orders, in `work`'s hands alone. */
  async function withOrder<A extends { outcome: string }>(
    caller: StaffCaller,
    verb: string,
    id: string,
    work: (trx: Trx, order: RegistryOrder, senior: boolean) => Promise<A>,
  ): Promise<A | NoOrder | NotStaff> {
    const admitted = await admitStaff(staff, caller);
    if (admitted.outcome === 'not-staff') return admitted;
    if (!isUuid(id)) return { outcome: 'none' };
    return idempotent<{ outcome: string }>(edges, caller, verb, async (trx) => {
      const order = await lockRegistryOrder(trx, id, caller.messengerId);
      return order?.what === 'import' ? work(trx, order, admitted.senior) : { outcome: 'none' };
    }) as Promise<A | NoOrder>;
  }

  const stands = (order: RegistryOrder) => ({ outcome: 'stands' as const, state: order.state, name: orderName(order) });

  return {
    /** Whether a file may be a registry, by its name: CSV, XLSX, or what a layout says; what it is, is seen when it is checked. */
    async fits(_caller: Caller, fileName: string): Promise<{ fits: boolean }> {
      const names = centre.layouts.flatMap((layout) => layout.fileName ?? []);
      return { fits: /\.(?:csv|xlsx)$/i.test(fileName) || names.some((pattern) => fitsName(pattern, fileName)) };
    },

    /** A registry file: it is checked, and nothing is taken in. */
    async bring(
      caller: StaffCaller,
      { file, name, bytes, mostBytes = Number.POSITIVE_INFINITY }: BroughtFile,
    ): Promise<NotStaff | { outcome: 'brought' | 'too-large' | 'too-many'; name: string }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      const shown = shownFileName(name);
      if (bytes !== null && bytes > mostBytes) return { outcome: 'too-large', name: shown };
      return idempotent(edges, caller, 'registries.bring', async (trx) => {
        if ((await countOpenRegistryOrders(trx, caller.messengerId)) >= MOST_OPEN)
          return { outcome: 'too-many', name: shown } as const;
        const by = orderedBy(caller, admitted.senior);
        const order = { ...by, what: 'import' as const, file, fileName: keptFileName(name), bytes };
        const id = await insertRegistryOrder(trx, order, clock());
        await insertAuditEntry(
          trx,
          { who: caller.messengerId, name: caller.name, what: 'registries.bring', details: { order: id, name: shown } },
          clock(),
        );
        return { outcome: 'brought', name: shown } as const;
      });
    },

    /** «Провести»: takes in what was checked. */
    async apply(
      caller: StaffCaller,
      id: string,
    ): Promise<
      | NotStaff
      | NoOrder
      | SeniorNeeded
      | { outcome: 'applying' | 'check-is-old'; name: string }
      | { outcome: 'stands'; state: OrderState; name: string }
    > {
      return withOrder(caller, 'registries.apply', id, async (trx, order, senior) => {
        const { report } = order;
        const name = orderName(order);
        if (order.state !== 'checked' || !report) return stands(order);
        if (wantsSenior(report) && !senior)
          return needsSenior(report.kind)
            ? { outcome: 'senior-needed' as const }
            : { outcome: 'senior-needed' as const, why: 'owners' as const };
        // A check from before owners and closed accounts were counted says nothing of them.
        const unsaid = report.kind === 'accounts' && (!report.owners || !report.closings);
        if (unsaid || clock().getTime() - order.stateAt.getTime() > CHECK_HOLDS_MS) {
          await updateRegistryOrder(trx, order, { state: 'to-check' }, clock());
          return { outcome: 'check-is-old' as const, name };
        }
        await updateRegistryOrder(trx, order, { state: 'to-apply', ownersMayChange: senior }, clock());
        const details = { order: id, name, kind: report.kind, rows: report.read, sha256: order.sha256 ?? '' };
        await insertAuditEntry(trx, { who: caller.messengerId, name: caller.name, what: 'registries.apply', details }, clock());
        return { outcome: 'applying' as const, name };
      });
    },

    /** Checks once more: what it needed may have come in meanwhile. */
    async checkAgain(
      caller: StaffCaller,
      id: string,
    ): Promise<
      NotStaff | NoOrder | { outcome: 'checking'; name: string } | { outcome: 'stands'; state: OrderState; name: string }
    > {
      return withOrder(caller, 'registries.check-again', id, async (trx, order) => {
        if (order.state !== 'checked' && order.state !== 'refused') return stands(order);
        await updateRegistryOrder(trx, order, { state: 'to-check' }, clock());
        return { outcome: 'checking' as const, name: orderName(order) };
      });
    },

    /** The layouts by which a file of the caller's that could not be read may be read. */
    async layoutsFor(
      caller: StaffCaller,
      id: string,
    ): Promise<
      | NotStaff
      | NoOrder
      | { outcome: 'which'; name: string; layouts: { name: string; kind: RegistryKind }[] }
      | { outcome: 'stands'; state: OrderState; name: string }
    > {
      const layouts = centre.layouts.map(({ name, kind }) => ({ name, kind }));
      return withOrder(caller, 'registries.layouts', id, async (_, order) =>
        order.state === 'refused' ? { outcome: 'which' as const, name: orderName(order), layouts } : stands(order),
      );
    },

    /** Checks it as a file that a layout describes. */
    async readBy(
      caller: StaffCaller,
      id: string,
      layout: string,
    ): Promise<
      NotStaff | NoOrder | { outcome: 'checking'; name: string } | { outcome: 'stands'; state: OrderState; name: string }
    > {
      return withOrder(caller, 'registries.read-by', id, async (trx, order) => {
        if (order.state !== 'refused') return stands(order);
        await updateRegistryOrder(trx, order, { state: 'to-check', layout }, clock());
        return { outcome: 'checking' as const, name: orderName(order) };
      });
    },

    /** «Не проводить». */
    async drop(
      caller: StaffCaller,
      id: string,
    ): Promise<
      NotStaff | NoOrder | { outcome: 'dropped'; name: string } | { outcome: 'stands'; state: OrderState; name: string }
    > {
      return withOrder(caller, 'registries.drop', id, async (trx, order) => {
        if (order.state !== 'checked') return stands(order);
        await updateRegistryOrder(trx, order, { state: 'dropped' }, clock());
        const details = { order: id, name: orderName(order) };
        await insertAuditEntry(trx, { who: caller.messengerId, name: caller.name, what: 'registries.drop', details }, clock());
        return { outcome: 'dropped' as const, name: orderName(order) };
      });
    },
  };
}
