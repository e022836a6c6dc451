import type { ChapterName } from '../domain/doors.ts';
import type { Office } from '../office/office.ts';
import { accountPasswordHelp } from './accounts/account-password-help.ts';
import { accountsDialog } from './accounts/accounts.ts';
import { addToRequest } from './requests/add-to-request.ts';
import { announcementCorrect } from './news/announcement-correct.ts';
import { announcementStop } from './news/announcement-stop.ts';
import { bill } from './money/bill.ts';
import { billPeriods } from './money/bill-periods.ts';
import { billQr } from './money/bill-qr.ts';
import { changePassword } from './identity/change-password.ts';
import { changePhone } from './identity/change-phone.ts';
import { contacts } from './requests/contacts.ts';
import { debt } from './money/debt.ts';
import { detailSheet } from './money/detail-sheet.ts';
import { details } from './money/details.ts';
import { endSession } from './identity/end-session.ts';
import { giveAccess } from './accounts/give-access.ts';
import { history } from './money/history.ts';
import { historyChart } from './money/history-chart.ts';
import { type Chapter, chapter } from './kit/chapter.ts';
import { lateReading } from './readings/late-reading.ts';
import { linking } from './accounts/linking.ts';
import { myReadings } from './readings/my-readings.ts';
import { myRequests } from './requests/my-requests.ts';
import { news } from './news/news.ts';
import { noNews } from './news/no-news.ts';
import { notMe } from './identity/not-me.ts';
import { paperLink } from './accounts/paper-link.ts';
import { pay } from './money/pay.ts';
import { otherLinks } from './accounts/other-links.ts';
import { payCard } from './money/pay-card.ts';
import { payQr } from './money/pay-qr.ts';
import { renameAccount } from './accounts/rename-account.ts';
import { unlinkAccount } from './accounts/unlink-account.ts';
import { home } from './money/home.ts';
import { paymentPoint } from './money/payment-point.ts';
import { plainWords } from './requests/plain-words.ts';
import { rateRequest } from './requests/rate-request.ts';
import { readingPhoto } from './readings/reading-photo.ts';
import { readings } from './readings/readings.ts';
import { recovery } from './identity/recovery.ts';
import { registration } from './identity/registration.ts';
import { registrationForm } from './identity/registration-form.ts';
import { registryOrder } from './registries/registry-order.ts';
import { reopenRequest } from './requests/reopen-request.ts';
import { request } from './requests/request.ts';
import { requestPage } from './requests/request-page.ts';
import { sentAnnouncements } from './news/sent-announcements.ts';
import { sessions } from './identity/sessions.ts';
import { settings } from './identity/settings.ts';
import { signIn } from './identity/sign-in.ts';
import { signOut } from './identity/sign-out.ts';
import { staffAnnouncement } from './staff/staff-announcement.ts';
import { staffFind } from './staff/staff-find.ts';
import { staffMine } from './staff/staff-mine.ts';
import { staffOpen } from './staff/staff-open.ts';
import { staffPassword } from './staff/staff-password.ts';
import { staffPerson } from './staff/staff-person.ts';
import { staffRegistry } from './registries/staff-registry.ts';
import { staffReopenLinking } from './staff/staff-reopen-linking.ts';
import { staffRequests } from './staff/staff-requests.ts';
import { staffStats } from './staff/staff-stats.ts';
import { takeAccess } from './accounts/take-access.ts';
import { undoImport } from './registries/undo-import.ts';
import { unsentWords } from './requests/unsent-words.ts';
import { why } from './money/why.ts';
import { withdrawConsent } from './identity/withdraw-consent.ts';

const at = (file: string) => new URL(file, import.meta.url);
const CHANGES_MENU = { changesMenu: true };
const CHANGES_ACCOUNTS = { changesAccounts: true };
const UNTOLD = { untold: true };
const FOR_REQUESTS = { untold: true, asksUnsent: true };
const TELLS_LEFT = { tellsLeft: true };
const FOR_STAFF = { forStaff: true };

/** Every chapter of `domain/doors.ts` by its name, and no other: `name: chapter(dialog, at('./file.ts'))`. */
export const chapters: Readonly<Record<ChapterName, Chapter<Office>>> = {
  registration: chapter(registration, at('./identity/registration.ts')),
  'registration-form': chapter(registrationForm, at('./identity/registration-form.ts'), CHANGES_MENU),
  'sign-in': chapter(signIn, at('./identity/sign-in.ts'), CHANGES_MENU),
  recovery: chapter(recovery, at('./identity/recovery.ts'), CHANGES_MENU),
  settings: chapter(settings, at('./identity/settings.ts')),
  'change-password': chapter(changePassword, at('./identity/change-password.ts')),
  'change-phone': chapter(changePhone, at('./identity/change-phone.ts'), CHANGES_ACCOUNTS),
  sessions: chapter(sessions, at('./identity/sessions.ts')),
  news: chapter(news, at('./news/news.ts')),
  'no-news': chapter(noNews, at('./news/no-news.ts')),
  'end-session': chapter(endSession, at('./identity/end-session.ts')),
  'sign-out': chapter(signOut, at('./identity/sign-out.ts'), CHANGES_MENU),
  'withdraw-consent': chapter(withdrawConsent, at('./identity/withdraw-consent.ts'), { ...CHANGES_MENU, ...UNTOLD }),
  linking: chapter(linking, at('./accounts/linking.ts'), CHANGES_ACCOUNTS),
  accounts: chapter(accountsDialog, at('./accounts/accounts.ts')),
  // A one-time link is kept nowhere.
  'give-access': chapter(giveAccess, at('./accounts/give-access.ts'), UNTOLD),
  'take-access': chapter(takeAccess, at('./accounts/take-access.ts'), CHANGES_ACCOUNTS),
  'not-me': chapter(notMe, at('./identity/not-me.ts')),
  'rename-account': chapter(renameAccount, at('./accounts/rename-account.ts'), CHANGES_ACCOUNTS),
  'unlink-account': chapter(unlinkAccount, at('./accounts/unlink-account.ts'), CHANGES_ACCOUNTS),
  'other-links': chapter(otherLinks, at('./accounts/other-links.ts')),
  home: chapter(home, at('./money/home.ts'), UNTOLD),
  debt: chapter(debt, at('./money/debt.ts')),
  why: chapter(why, at('./money/why.ts')),
  bill: chapter(bill, at('./money/bill.ts')),
  'bill-qr': chapter(billQr, at('./money/bill-qr.ts')),
  'bill-periods': chapter(billPeriods, at('./money/bill-periods.ts')),
  history: chapter(history, at('./money/history.ts')),
  chart: chapter(historyChart, at('./money/history-chart.ts')),
  details: chapter(details, at('./money/details.ts')),
  sheet: chapter(detailSheet, at('./money/detail-sheet.ts')),
  'paper-link': chapter(paperLink, at('./accounts/paper-link.ts')),
  pay: chapter(pay, at('./money/pay.ts')),
  'pay-card': chapter(payCard, at('./money/pay-card.ts')),
  'pay-qr': chapter(payQr, at('./money/pay-qr.ts')),
  readings: chapter(readings, at('./readings/readings.ts'), TELLS_LEFT),
  'late-reading': chapter(lateReading, at('./readings/late-reading.ts'), { asksUnsent: true }),
  'my-readings': chapter(myReadings, at('./readings/my-readings.ts')),
  'reading-photo': chapter(readingPhoto, at('./readings/reading-photo.ts')),
  request: chapter(request, at('./requests/request.ts'), FOR_REQUESTS),
  'my-requests': chapter(myRequests, at('./requests/my-requests.ts'), UNTOLD),
  'request-page': chapter(requestPage, at('./requests/request-page.ts'), UNTOLD),
  'add-to-request': chapter(addToRequest, at('./requests/add-to-request.ts'), FOR_REQUESTS),
  'reopen-request': chapter(reopenRequest, at('./requests/reopen-request.ts'), UNTOLD),
  'rate-request': chapter(rateRequest, at('./requests/rate-request.ts'), UNTOLD),
  'plain-words': chapter(plainWords, at('./requests/plain-words.ts'), FOR_REQUESTS),
  'unsent-words': chapter(unsentWords, at('./requests/unsent-words.ts'), FOR_REQUESTS),
  'staff-registry': chapter(staffRegistry, at('./registries/staff-registry.ts'), FOR_STAFF),
  'registry-order': chapter(registryOrder, at('./registries/registry-order.ts'), FOR_STAFF),
  'undo-import': chapter(undoImport, at('./registries/undo-import.ts'), FOR_STAFF),
  'staff-announcement': chapter(staffAnnouncement, at('./staff/staff-announcement.ts'), FOR_STAFF),
  'announcement-stop': chapter(announcementStop, at('./news/announcement-stop.ts'), FOR_STAFF),
  'announcement-correct': chapter(announcementCorrect, at('./news/announcement-correct.ts'), FOR_STAFF),
  'sent-announcements': chapter(sentAnnouncements, at('./news/sent-announcements.ts'), FOR_STAFF),
  contacts: chapter(contacts, at('./requests/contacts.ts')),
  'payment-point': chapter(paymentPoint, at('./money/payment-point.ts')),
  'staff-find': chapter(staffFind, at('./staff/staff-find.ts'), FOR_STAFF),
  'staff-open': chapter(staffOpen, at('./staff/staff-open.ts'), FOR_STAFF),
  'staff-mine': chapter(staffMine, at('./staff/staff-mine.ts'), FOR_STAFF),
  'staff-stats': chapter(staffStats, at('./staff/staff-stats.ts'), FOR_STAFF),
  'staff-requests': chapter(staffRequests, at('./staff/staff-requests.ts'), FOR_STAFF),
  'staff-reopen-linking': chapter(staffReopenLinking, at('./staff/staff-reopen-linking.ts'), FOR_STAFF),
  'staff-password': chapter(staffPassword, at('./staff/staff-password.ts'), FOR_STAFF),
  'staff-person': chapter(staffPerson, at('./staff/staff-person.ts'), FOR_STAFF),
  'account-password-help': chapter(accountPasswordHelp, at('./accounts/account-password-help.ts')),
};
