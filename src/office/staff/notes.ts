import type { Trx } from '../../records/database.ts';
import { listAlbum } from '../../records/request-answers.ts';
import type { Request } from '../../records/requests.ts';
import type { MessagePart } from './message-part.ts';
import { takeBack } from './answer-delivery.ts';

/** Kept for colleagues, and never carried over. */
export type Noted = { outcome: 'noted'; number: number };

/** An escalation that concerns no person: what is written about it is among staff. */
export function isAmongStaff({ kind, messengerId }: Request): boolean {
  return kind !== 'request' && messengerId === null;
}

/** The words of an album stand under one of its files, and are those of all. */
export async function isAlbumOfNotes(trx: Trx, { id }: Request, { album }: MessagePart): Promise<boolean> {
  return album !== null && (await listAlbum(trx, id, album)).some(({ side }) => side === 'note');
}

/** Files that came before the words which say that they are not for the resident. */
export async function makeNotes(trx: Trx, request: Request, album: string, now: Date): Promise<void> {
  for (const one of await listAlbum(trx, request.id, album))
    if (one.side === 'staff') await takeBack(trx, request, one, 'note', now);
}
