import { z } from 'zod';

/** With its title it must fit a message (4096 characters). */
export const LONGEST_ANNOUNCEMENT = 3500;

/** The words of an announcement: plain text in as many lines as it takes. */
export const AnnouncementWords = z.string().trim().min(3, 'announcement-short').max(LONGEST_ANNOUNCEMENT, 'announcement-long');

/** A street or a house as it is typed to be found. */
export const PlaceTyped = z
  .string()
  .trim()
  .max(100, 'place-typed')
  .regex(/\p{L}{2}/u, 'place-typed');
