import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { readMonthRef } from '../../domain/door-refs.ts';
import { spanWords } from '../steps/span-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Скачать XLSX»: all rows of the months that the button carries, as a spreadsheet. */
export const detailSheet: Dialog<Office> = async (scene, ref) => {
  const { say, hand, office } = scene;
  const { link, months } = readMonthRef(ref);
  const [from, to = from] = months;
  if (from === undefined || to === undefined) return turnAway(scene, 'gone');
  const other: Door = { label: 'button-other-period', dialog: 'details', ref: link };

  const seen = await office.details.sheet(link, from, to);
  if (seen.outcome === 'no-detail') return say('details-none-any-more', {}, [other]);
  if (seen.outcome !== 'read') return turnAway(scene, seen.outcome);
  const { account, detail } = seen;
  const words = { ...accountWords(account), ...spanWords(from, to) };
  return hand({ kind: 'detail-sheet', data: detail }, 'details-sheet', words, [other]);
};
