import type { CabinetAccount } from '../office/accounts/links.ts';
import type { NotAdmitted } from '../office/admission.ts';
import type { Caller, MessengerId } from '../office/caller.ts';
import type { Visitor, Who } from '../office/identity/residents.ts';
import type { StaffRole } from '../office/staff/staff.ts';

/** What the bot itself asks of the office. */
export type FrontDesk = {
  residents: { visitor(caller: Caller): Promise<Visitor>; who(caller: Caller): Promise<Who> };
  staffMembers: { role(caller: Caller): Promise<StaffRole> };
  links: { list(caller: Caller): Promise<NotAdmitted | { outcome: 'listed'; accounts: CabinetAccount[] }> };
  notices: { welcomeBack(messengerIds: readonly MessengerId[]): Promise<void> };
  awaitedSecrets: {
    expect(caller: Caller): Promise<void>;
    isExpected(caller: Caller): Promise<boolean>;
    isOver(caller: Caller): Promise<void>;
  };
};
