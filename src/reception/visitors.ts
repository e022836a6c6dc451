import { openTimeLimit, within } from '../runtime/time-limit.ts';
import type { Visitor, Who } from '../office/identity/residents.ts';
import type { FrontDesk } from './front-desk.ts';
import { callerOf, type Visit } from './visit.ts';

/** So long the messenger is asked who is staff. */
const PATIENCE_MS = 2_000;

export type Visitors = ReturnType<typeof createVisitors>;

/** Tells who the person of a visit is, to the office and to the messenger. `homes`: residents have a page of their accounts. */
export function createVisitors(office: Pick<FrontDesk, 'residents' | 'staffMembers'>, { homes }: { homes: boolean }) {
  const patience = openTimeLimit(PATIENCE_MS);

  /** Who the person is: asked once a visit. */
  function visitorOf(visit: Visit): Promise<Visitor> {
    visit.visitor ??= office.residents.visitor(callerOf(visit, 'visitor'));
    return visit.visitor;
  }

  /** The same as a chapter asks for it. */
  async function whoOf(visit: Visit): Promise<Who> {
    const { accounts: _, lastLetter: __, secretAwaited: ___, ...who } = await visitorOf(visit);
    return who;
  }

  /** Whose cabinet is open to the person now; null where none is. */
  async function cabinetOf(visit: Visit): Promise<string | null> {
    const asks = await visitorOf(visit);
    return asks.who === 'resident' && asks.phone === 'confirmed' ? asks.residentId : null;
  }

  /** Whether there is something to be shown on coming in: accounts, or why the cabinet is closed to its resident. */
  async function hasHome(visit: Visit): Promise<boolean> {
    const visitor = await visitorOf(visit);
    return homes && visitor.who === 'resident' && (visitor.phone === 'to-confirm' || visitor.accounts.length > 0);
  }

  /** Where the messenger does not tell now who is a member, or is slow to, nobody is: a resident's menu does not wait for that. */
  async function isStaff(visit: Visit): Promise<boolean> {
    return (await staffRole(visit)) === 'member';
  }

  async function staffRole(visit: Visit): Promise<'member' | 'none' | 'not-told'> {
    const asks = office.staffMembers.role(callerOf(visit, 'role')).then(
      ({ role }) => (role === 'none' ? 'none' : 'member'),
      () => 'not-told' as const,
    );
    return within(patience, asks, () => 'not-told');
  }

  return { visitorOf, whoOf, cabinetOf, hasHome, isStaff, staffRole };
}
