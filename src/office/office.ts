import { type Announcing, createAnnouncing } from './announcing.ts';
import { type AwaitedSecrets, createAwaitedSecrets } from './awaited-secrets.ts';
import { type Confirmations, createConfirmations } from './confirmations.ts';
import { type Consents, createConsents, type Farewell } from './consents.ts';
import { type Contacts, createContacts } from './contacts.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { createDebts, type Debts } from './debts.ts';
import { type Announcements, createAnnouncements } from './desk/announcements.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { createDigest, type Digest } from './desk/digest.ts';
import { createHandCredits, type HandCredits } from './desk/hand-credits.ts';
import { createLookUps, type LookUps } from './desk/look-ups.ts';
import { createStaffMembers, type StaffMembers } from './desk/members.ts';
import { createNorms, type Norms } from './desk/norms.ts';
import { createPasswordSlips, type PasswordSlips } from './desk/password-slips.ts';
import { createDeskRegistries, type DeskRegistries } from './desk/registries.ts';
import { createRemedies, type Remedies } from './desk/remedies.ts';
import { createStats, type Stats } from './desk/stats.ts';
import { createDetails, type Details } from './details.ts';
import type { OfficeEdges } from './edges.ts';
import { createGuestAccounts, type GuestAccounts } from './guest-accounts.ts';
import { createGuestPayments, type GuestPayments } from './guest-payments.ts';
import { createHistory, type History } from './history.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createLastTold, forgetWhatWasTold, type LastTold } from './last-told.ts';
import { createLinking, type Linking } from './linking.ts';
import { createLinks, type Links } from './links.ts';
import { createNews, type News, newsFarewell } from './news.ts';
import { createNewsRounds, type NewsRounds } from './news-rounds.ts';
import { createNotices, type Notices } from './notices.ts';
import { createOwnReadings, forgetGiversReadings, type OwnReadings } from './own-readings.ts';
import { createPasswordDrafts, type PasswordDrafts } from './password-drafts.ts';
import { createPaymentDocuments, type PaymentDocuments } from './payment-documents.ts';
import { createPayments, forgetPayer, type Payments } from './payments.ts';
import { createReadings, type Readings } from './readings.ts';
import { createRecovery, type Recovery } from './recovery.ts';
import { createRegistration, type Registration } from './registration.ts';
import { wipeRequests } from './requests/farewell.ts';
import { createRequests, type Requests } from './requests.ts';
import { createResidents, type Residents } from './residents.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSettings, type Settings } from './settings.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createTill, type Till } from './till.ts';
import { forgetTraces } from './traces.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';
import { createWhy, type Why } from './why.ts';

/** All that the billing centre can do, a desk a line. */
export type Office = {
  upkeep: Upkeep;
  inbox: Inbox;
  deadLetters: DeadLetters;
  notices: Notices;
  news: News;
  newsRounds: NewsRounds;
  residents: Residents;
  consents: Consents;
  registration: Registration;
  confirmations: Confirmations;
  passwordDrafts: PasswordDrafts;
  awaitedSecrets: AwaitedSecrets;
  signIn: SignIn;
  recovery: Recovery;
  settings: Settings;
  sessions: Sessions;
  linking: Linking;
  links: Links;
  debts: Debts;
  why: Why;
  paymentDocuments: PaymentDocuments;
  guestAccounts: GuestAccounts;
  guestPayments: GuestPayments;
  history: History;
  details: Details;
  readings: Readings;
  ownReadings: OwnReadings;
  contacts: Contacts;
  payments: Payments;
  till: Till;
  staffMembers: StaffMembers;
  norms: Norms;
  digest: Digest;
  stats: Stats;
  requests: Requests;
  lastTold: LastTold;
  passwordSlips: PasswordSlips;
  desk: Desk;
  remedies: Remedies;
  handCredits: HandCredits;
  deskRegistries: DeskRegistries;
  lookUps: LookUps;
  announcements: Announcements;
  announcing: Announcing;
};

/** What goes with a resident who withdraws the consent, beyond what hangs on the row itself (`on delete cascade`). */
const FAREWELLS: readonly Farewell[] = [
  newsFarewell,
  forgetGiversReadings,
  forgetPayer,
  wipeRequests,
  forgetWhatWasTold,
  forgetTraces,
];

export function createOffice(edges: OfficeEdges): Office {
  return {
    upkeep: createUpkeep(edges),
    inbox: createInbox(edges),
    deadLetters: createDeadLetters(edges),
    notices: createNotices(edges),
    news: createNews(edges),
    newsRounds: createNewsRounds(edges),
    residents: createResidents(edges),
    consents: createConsents(edges, FAREWELLS),
    registration: createRegistration(edges),
    confirmations: createConfirmations(edges),
    passwordDrafts: createPasswordDrafts(edges),
    awaitedSecrets: createAwaitedSecrets(edges),
    signIn: createSignIn(edges),
    recovery: createRecovery(edges),
    settings: createSettings(edges),
    sessions: createSessions(edges),
    linking: createLinking(edges),
    links: createLinks(edges),
    debts: createDebts(edges),
    why: createWhy(edges),
    paymentDocuments: createPaymentDocuments(edges),
    guestAccounts: createGuestAccounts(edges),
    guestPayments: createGuestPayments(edges),
    history: createHistory(edges),
    details: createDetails(edges),
    readings: createReadings(edges),
    ownReadings: createOwnReadings(edges),
    contacts: createContacts(edges),
    payments: createPayments(edges),
    till: createTill(edges),
    staffMembers: createStaffMembers(edges),
    norms: createNorms(edges),
    digest: createDigest(edges),
    stats: createStats(edges),
    requests: createRequests(edges),
    lastTold: createLastTold(edges),
    passwordSlips: createPasswordSlips(edges),
    desk: createDesk(edges),
    remedies: createRemedies(edges),
    handCredits: createHandCredits(edges),
    deskRegistries: createDeskRegistries(edges),
    lookUps: createLookUps(edges),
    announcements: createAnnouncements(edges),
    announcing: createAnnouncing(edges),
  };
}
