import { createAccountCards } from './accounts/account-cards.ts';
import { createAnnouncing } from './news/announcing.ts';
import { createAwaitedSecrets } from './identity/awaited-secrets.ts';
import { createConfirmations } from './identity/confirmations.ts';
import { createConsents } from './identity/consents.ts';
import { createContacts } from './requests/contacts.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createDebts } from './money/debts.ts';
import { createAnnouncementCorrections } from './staff/announcement-corrections.ts';
import { createAnnouncements } from './staff/announcements.ts';
import { createDesk } from './staff/desk.ts';
import { createDigest } from './staff/digest.ts';
import { createHandCredits } from './staff/hand-credits.ts';
import { createLookUps } from './staff/look-ups.ts';
import { createStaffMembers } from './staff/members.ts';
import { createNorms } from './staff/norms.ts';
import { createOpenRequests } from './staff/open-requests.ts';
import { createQuietRequests } from './staff/quiet-requests.ts';
import { createPasswordSlips } from './staff/password-slips.ts';
import { createPersonRequests } from './staff/person-requests.ts';
import { createStaffRegistries } from './registries/staff-registries.ts';
import { createResolutions } from './staff/resolutions.ts';
import { createStats } from './staff/stats.ts';
import { createDetails } from './money/details.ts';
import type { OfficeEdges } from './edges.ts';
import { createGuestAccounts } from './accounts/guest-accounts.ts';
import { createGuestPayments } from './money/guest-payments.ts';
import { createHistory } from './money/history.ts';
import { createInbox } from './inbox.ts';
import { createLastTold } from './last-told.ts';
import { createLinking } from './accounts/linking.ts';
import { createRelatives } from './accounts/relatives.ts';
import { createLinks } from './accounts/links.ts';
import { createNews } from './news/news.ts';
import { createNewsScans } from './news/news-scans.ts';
import { createNotices } from './notices.ts';
import { createNoticeJudge } from './news/notice-judge.ts';
import { createOwnReadings } from './readings/own-readings.ts';
import { createPasswordDrafts } from './accounts/password-drafts.ts';
import { createPaymentDocuments } from './money/payment-documents.ts';
import { createPayments } from './money/payments.ts';
import { createReadings } from './readings/readings.ts';
import { createRecovery } from './identity/recovery.ts';
import { createRegistration } from './identity/registration.ts';
import { createRequests } from './requests/requests.ts';
import { createResidents } from './identity/residents.ts';
import { createSentAnnouncements } from './staff/sent-announcements.ts';
import { createSessions } from './identity/sessions.ts';
import { createSettings } from './identity/settings.ts';
import { createSignIn } from './identity/sign-in.ts';
import { createPaymentIntake } from './money/payment-intake.ts';
import { createRetention } from './retention.ts';
import { createWhy } from './money/why.ts';

/** All that the billing centre can do, a desk a line. */
export type Office = ReturnType<typeof createOffice>;

export function createOffice(edges: OfficeEdges) {
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
