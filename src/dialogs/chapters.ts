import type { ChapterName } from '../domain/doors.ts';
import type { Office } from '../office/office.ts';
import { accountPasswordHelp } from './account-password-help.ts';
import { accounts } from './accounts.ts';
import { addToRequest } from './add-to-request.ts';
import { announcementStop } from './announcement-stop.ts';
import { bill } from './bill.ts';
import { billPeriods } from './bill-periods.ts';
import { billQr } from './bill-qr.ts';
import { changePassword } from './change-password.ts';
import { changePhone } from './change-phone.ts';
import { contacts } from './contacts.ts';
import { debt } from './debt.ts';
import { detailSheet } from './detail-sheet.ts';
import { details } from './details.ts';
import { endSession } from './end-session.ts';
import { history } from './history.ts';
import { historyChart } from './history-chart.ts';
import { type Chapter, chapter } from './kit/chapter.ts';
import { linking } from './linking.ts';
import { myReadings } from './my-readings.ts';
import { myRequests } from './my-requests.ts';
import { news } from './news.ts';
import { noNews } from './no-news.ts';
import { notMe } from './not-me.ts';
import { paperLink } from './paper-link.ts';
import { pay } from './pay.ts';
import { paymentPoint } from './payment-point.ts';
import { plainWords } from './plain-words.ts';
import { rateRequest } from './rate-request.ts';
import { readingPhoto } from './reading-photo.ts';
import { readings } from './readings.ts';
import { recovery } from './recovery.ts';
import { registration } from './registration.ts';
import { registrationForm } from './registration-form.ts';
import { registryOrder } from './registry-order.ts';
import { reopenRequest } from './reopen-request.ts';
import { request } from './request.ts';
import { requestPage } from './request-page.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { staffAnnouncement } from './staff-announcement.ts';
import { staffFind } from './staff-find.ts';
import { staffPassword } from './staff-password.ts';
import { staffRegistry } from './staff-registry.ts';
import { staffReopenLinking } from './staff-reopen-linking.ts';
import { staffRequests } from './staff-requests.ts';
import { undoImport } from './undo-import.ts';
import { why } from './why.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const at = (file: string) => new URL(file, import.meta.url);
const CHANGES_MENU = { changesMenu: true };
const CHANGES_ACCOUNTS = { changesAccounts: true };
const UNTOLD = { untold: true };
const FOR_STAFF = { forStaff: true };

/** Every chapter of `domain/doors.ts` by its name, and no other: `name: chapter(dialog, at('./file.ts'))`. */
export const chapters: Readonly<Record<ChapterName, Chapter<Office>>> = {
  registration: chapter(registration, at('./registration.ts')),
  'registration-form': chapter(registrationForm, at('./registration-form.ts'), CHANGES_MENU),
  'sign-in': chapter(signIn, at('./sign-in.ts'), CHANGES_MENU),
  recovery: chapter(recovery, at('./recovery.ts'), CHANGES_MENU),
  settings: chapter(settings, at('./settings.ts')),
  'change-password': chapter(changePassword, at('./change-password.ts')),
  'change-phone': chapter(changePhone, at('./change-phone.ts'), CHANGES_ACCOUNTS),
  sessions: chapter(sessions, at('./sessions.ts')),
  news: chapter(news, at('./news.ts')),
  'no-news': chapter(noNews, at('./no-news.ts')),
  'end-session': chapter(endSession, at('./end-session.ts')),
  'sign-out': chapter(signOut, at('./sign-out.ts'), CHANGES_MENU),
  'withdraw-consent': chapter(withdrawConsent, at('./withdraw-consent.ts'), { ...CHANGES_MENU, ...UNTOLD }),
  linking: chapter(linking, at('./linking.ts'), CHANGES_ACCOUNTS),
  accounts: chapter(accounts, at('./accounts.ts'), CHANGES_ACCOUNTS),
  'not-me': chapter(notMe, at('./not-me.ts')),
  debt: chapter(debt, at('./debt.ts')),
  why: chapter(why, at('./why.ts')),
  bill: chapter(bill, at('./bill.ts')),
  'bill-qr': chapter(billQr, at('./bill-qr.ts')),
  'bill-periods': chapter(billPeriods, at('./bill-periods.ts')),
  history: chapter(history, at('./history.ts')),
  chart: chapter(historyChart, at('./history-chart.ts')),
  details: chapter(details, at('./details.ts')),
  sheet: chapter(detailSheet, at('./detail-sheet.ts')),
  'paper-link': chapter(paperLink, at('./paper-link.ts')),
  pay: chapter(pay, at('./pay.ts')),
  readings: chapter(readings, at('./readings.ts')),
  'my-readings': chapter(myReadings, at('./my-readings.ts')),
  'reading-photo': chapter(readingPhoto, at('./reading-photo.ts')),
  request: chapter(request, at('./request.ts'), UNTOLD),
  'my-requests': chapter(myRequests, at('./my-requests.ts'), UNTOLD),
  'request-page': chapter(requestPage, at('./request-page.ts'), UNTOLD),
  'add-to-request': chapter(addToRequest, at('./add-to-request.ts'), UNTOLD),
  'reopen-request': chapter(reopenRequest, at('./reopen-request.ts'), UNTOLD),
  'rate-request': chapter(rateRequest, at('./rate-request.ts'), UNTOLD),
  'plain-words': chapter(plainWords, at('./plain-words.ts'), UNTOLD),
  'staff-registry': chapter(staffRegistry, at('./staff-registry.ts'), FOR_STAFF),
  'registry-order': chapter(registryOrder, at('./registry-order.ts'), FOR_STAFF),
  'undo-import': chapter(undoImport, at('./undo-import.ts'), FOR_STAFF),
  'staff-announcement': chapter(staffAnnouncement, at('./staff-announcement.ts'), FOR_STAFF),
  'announcement-stop': chapter(announcementStop, at('./announcement-stop.ts'), FOR_STAFF),
  contacts: chapter(contacts, at('./contacts.ts')),
  'payment-point': chapter(paymentPoint, at('./payment-point.ts')),
  'staff-find': chapter(staffFind, at('./staff-find.ts'), FOR_STAFF),
  'staff-requests': chapter(staffRequests, at('./staff-requests.ts'), FOR_STAFF),
  'staff-reopen-linking': chapter(staffReopenLinking, at('./staff-reopen-linking.ts'), FOR_STAFF),
  'staff-password': chapter(staffPassword, at('./staff-password.ts'), FOR_STAFF),
  'account-password-help': chapter(accountPasswordHelp, at('./account-password-help.ts')),
};
