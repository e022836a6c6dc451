import type { Trx } from '../records/database.ts';
import { type Link, listOtherLinks } from '../records/links.ts';
import { tellResident } from './tell-resident.ts';

/** Tells those who have the account already of a new link to it, with «Это не я». */
export async function announceLink(
  trx: Trx,
  { link, account, residentId }: { link: string; account: string; residentId: string },
  now: Date,
): Promise<void> {
  for (const other of await listOtherLinks(trx, residentId, account)) {
    await tellResident(
      trx,
      other.resident_id,
      {
        signedIn: {
          text: 'notice-link-new',
          words: { account },
          doors: [{ label: 'button-not-me', dialog: 'not-me', ref: link }],
        },
        signedOut: { text: 'notice-link-new-signed-out', doors: [{ label: 'button-login', dialog: 'sign-in' }] },
        key: `link-new/${link}`,
      },
      now,
    );
  }
}

/** Tells residents that the owner in billing is another one now and their links have ended. */
export async function announceFormerOwner(trx: Trx, ended: readonly Link[], now: Date): Promise<void> {
  for (const link of ended) {
    await tellResident(
      trx,
      link.resident_id,
      {
        signedIn: {
          text: 'notice-link-owner-changed',
          words: { account: link.account },
          doors: [{ label: 'button-link', dialog: 'linking' }],
        },
        signedOut: { text: 'notice-link-owner-changed-signed-out', doors: [{ label: 'button-login', dialog: 'sign-in' }] },
        key: `link-owner-changed/${link.id}`,
      },
      now,
    );
  }
}

/** Tells a resident that somebody who proved the account by an issued password has ended his link. */
export async function announceEndedLink(trx: Trx, link: Link, now: Date): Promise<void> {
  await tellResident(
    trx,
    link.resident_id,
    {
      signedIn: {
        text: 'notice-link-ended',
        words: { account: link.account },
        doors: [{ label: 'button-contacts', dialog: 'contacts' }],
      },
      signedOut: { text: 'notice-link-ended-signed-out', doors: [{ label: 'button-contacts', dialog: 'contacts' }] },
      key: `link-ended/${link.id}`,
    },
    now,
  );
}
