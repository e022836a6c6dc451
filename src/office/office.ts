import { type AccountCards, createAccountCards } from './accounts/account-cards.ts';
import { type Announcing, createAnnouncing } from './news/announcing.ts';
import { type AwaitedSecrets, createAwaitedSecrets } from './identity/awaited-secrets.ts';
import { type Confirmations, createConfirmations } from './identity/confirmations.ts';
import { type Consents, createConsents } from './identity/consents.ts';
import { type Contacts, createContacts } from './requests/contacts.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { createDebts, type Debts } from './money/debts.ts';
import { type AnnouncementCorrections, createAnnouncementCorrections } from './staff/announcement-corrections.ts';
import { type Announcements, createAnnouncements } from './staff/announcements.ts';
import { createDesk, type Desk } from './staff/desk.ts';
import { createDigest, type Digest } from './staff/digest.ts';
import { createHandCredits, type HandCredits } from './staff/hand-credits.ts';
import { createLookUps, type LookUps } from './staff/look-ups.ts';
import { createStaffMembers, type StaffMembers } from './staff/members.ts';
import { createNorms, type Norms } from './staff/norms.ts';
import { createOpenRequests, type OpenRequests } from './staff/open-requests.ts';
import { createQuietRequests, type QuietRequests } from './staff/quiet-requests.ts';
import { createPasswordSlips, type PasswordSlips } from './staff/password-slips.ts';
import { createPersonRequests, type PersonRequests } from './staff/person-requests.ts';
import { createStaffRegistries, type StaffRegistries } from './registries/staff-registries.ts';
import { createResolutions, type Resolutions } from './staff/resolutions.ts';
import { createStats, type Stats } from './staff/stats.ts';
import { createDetails, type Details } from './money/details.ts';
import type { OfficeEdges } from './edges.ts';
import { createGuestAccounts, type GuestAccounts } from './accounts/guest-accounts.ts';
import { createGuestPayments, type GuestPayments } from './money/guest-payments.ts';
import { createHistory, type History } from './money/history.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createLastTold, type LastTold } from './last-told.ts';
import { createLinking, type Linking } from './accounts/linking.ts';
import { createRelatives, type Relatives } from './accounts/relatives.ts';
import { createLinks, type Links } from './accounts/links.ts';
import { createNews, type News } from './news/news.ts';
import { createNewsScans, type NewsScans } from './news/news-scans.ts';
import { createNotices, type Notices } from './notices.ts';
import { createNoticeJudge, type NoticeJudge } from './news/notice-judge.ts';
import { createOwnReadings, type OwnReadings } from './readings/own-readings.ts';
import { createPasswordDrafts, type PasswordDrafts } from './accounts/password-drafts.ts';
import { createPaymentDocuments, type PaymentDocuments } from './money/payment-documents.ts';
import { createPayments, type Payments } from './money/payments.ts';
import { createReadings, type Readings } from './readings/readings.ts';
import { createRecovery, type Recovery } from './identity/recovery.ts';
import { createRegistration, type Registration } from './identity/registration.ts';
import { createRequests, type Requests } from './requests/requests.ts';
import { createResidents, type Residents } from './identity/residents.ts';
import { createSentAnnouncements, type SentAnnouncements } from './staff/sent-announcements.ts';
import { createSessions, type Sessions } from './identity/sessions.ts';
import { createSettings, type Settings } from './identity/settings.ts';
import { createSignIn, type SignIn } from './identity/sign-in.ts';
import { createPaymentIntake, type PaymentIntake } from './money/payment-intake.ts';
import { createRetention, type Retention } from './retention.ts';
import { createWhy, type Why } from './money/why.ts';

/** All that the billing centre can do, a desk a line. */
export type Office = {
  retention: Retention;
  inbox: Inbox;
  deadLetters: DeadLetters;
  notices: Notices;
  noticeJudge: NoticeJudge;
  news: News;
  newsScans: NewsScans;
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
  accountCards: AccountCards;
  relatives: Relatives;
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
  paymentIntake: PaymentIntake;
  staffMembers: StaffMembers;
  norms: Norms;
  quietRequests: QuietRequests;
  openRequests: OpenRequests;
  digest: Digest;
  stats: Stats;
  requests: Requests;
  lastTold: LastTold;
  passwordSlips: PasswordSlips;
  personRequests: PersonRequests;
  desk: Desk;
  resolutions: Resolutions;
  handCredits: HandCredits;
  staffRegistries: StaffRegistries;
  lookUps: LookUps;
  announcements: Announcements;
  announcementCorrections: AnnouncementCorrections;
  sentAnnouncements: SentAnnouncements;
  announcing: Announcing;
};

export function createOffice(edges: OfficeEdges): Office {
  return {
    retention: createRetention(edges),
    inbox: createInbox(edges),
    deadLetters: createDeadLetters(edges),
    notices: createNotices(edges),
    noticeJudge: createNoticeJudge(edges),
    news: createNews(edges),
    newsScans: createNewsScans(edges),
    residents: createResidents(edges),
    consents: createConsents(edges),
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
    accountCards: createAccountCards(edges),
    relatives: createRelatives(edges),
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
    paymentIntake: createPaymentIntake(edges),
    staffMembers: createStaffMembers(edges),
    norms: createNorms(edges),
    openRequests: createOpenRequests(edges),
    quietRequests: createQuietRequests(edges),
    digest: createDigest(edges),
    stats: createStats(edges),
    requests: createRequests(edges),
    lastTold: createLastTold(edges),
    passwordSlips: createPasswordSlips(edges),
    personRequests: createPersonRequests(edges),
    desk: createDesk(edges),
    resolutions: createResolutions(edges),
    handCredits: createHandCredits(edges),
    staffRegistries: createStaffRegistries(edges),
    lookUps: createLookUps(edges),
    announcements: createAnnouncements(edges),
    announcementCorrections: createAnnouncementCorrections(edges),
    sentAnnouncements: createSentAnnouncements(edges),
    announcing: createAnnouncing(edges),
  };
}
