import type { Context } from 'grammy';
import { MOST_PIECES } from '../../domain/request.ts';
import type { Piece } from '../../office/desk/piece.ts';
import { pieceOf } from './piece-of.ts';
import type { Words } from './scene.ts';

/** `quietly`: the first message of its album has been acknowledged. */
type AddedPiece = { outcome: 'taken' | 'quietly' } | { outcome: 'problem'; problem: string; words: Words };

/** Adds the message of an update to what was collected. */
export function addPiece(collected: Piece[], update: Context): AddedPiece {
  const piece = update.message && pieceOf(update.message);
  if (!piece) return { outcome: 'problem', problem: 'problem-not-collected', words: {} };
  const { source, album } = piece;
  if (collected.some((each) => each.source === source)) return { outcome: 'quietly' };
  if (collected.length >= MOST_PIECES)
    return { outcome: 'problem', problem: 'problem-collected-enough', words: { most: MOST_PIECES } };
  const begun = album !== null && collected.some((each) => each.album === album);
  collected.push(piece);
  return { outcome: begun ? 'quietly' : 'taken' };
}

/** An edited message takes the place of what it was; false when it was not collected. */
export function changePiece(collected: Piece[], update: Context): boolean {
  const edited = update.editedMessage && pieceOf(update.editedMessage);
  const at = edited ? collected.findIndex(({ source }) => source === edited.source) : -1;
  if (!edited || at < 0) return false;
  collected[at] = edited;
  return true;
}
