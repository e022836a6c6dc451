import { openWords } from '../../domain/open-page.ts';
import { printOf, readOpenPage } from '../../office/staff/open-requests.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Trx } from '../../records/database.ts';
import { type Delivery, insertBoardDelivery } from '../../records/deliveries.ts';
import { findRequestBoard, updateRequestBoard } from '../../records/request-board.ts';
import type { MessengerAction } from './actions.ts';
import type { DeliveryRoom, Step } from './step.ts';

/** The group's list of requests that wait is sent, or changed where it stands; the former one is taken away first. */
export async function boardStep(room: DeliveryRoom, delivery: Delivery): Promise<Step> {
  const { db, texts, clock, messenger } = room;
  const board = await findRequestBoard(db);
  const group = messenger.group();
  if (!board || group === undefined) return undefined;
  const goesOn = { progress: () => delivery.progress };
  if (board.former !== null) {
    const former = board.former as MessageRef;
    const write = () => updateRequestBoard(db, { former: null });
    const moved = texts.text('desk-open-moved');
    // What is too old to be deleted can still be changed.
    return delivery.progress.alone
      ? { action: { does: 'change-words', message: former, marked: moved, buttons: [] }, write, instead: 'done', ...goesOn }
      : { action: { does: 'delete', message: former }, write, instead: { ...delivery.progress, alone: true }, ...goesOn };
  }
  const page = await readOpenPage({ db, clock, centre: room.centre, settings: room, staff: messenger }, board.page);
  const shows = printOf(page);
  const marked = texts.text('desk-open', openWords(page, 'all'), { marked: true });
  const door = (label: string, to: number) => ({ label: texts.text(label), means: { verb: 'open-page' as const, number: to } });
  const doors = [
    ...(page.page > 1 ? [door('button-previous-page', page.page - 1)] : []),
    ...(page.page < page.pages ? [door('button-next-page', page.page + 1)] : []),
  ];
  const buttons = doors.length > 0 ? [doors] : [];
  const ends = [delivery.id];
  const message = board.message?.startsWith(`${group}/`) ? (board.message as MessageRef) : undefined;
  if (message !== undefined) {
    if (board.shows === shows) return undefined;
    const sendAnew = async (trx: Trx) => {
      await updateRequestBoard(trx, { message: null, pinned: false });
      await insertBoardDelivery(trx, { asked: true }, clock());
    };
    return {
      action: { does: 'change-words', message, marked, buttons },
      write: (trx: Trx) => updateRequestBoard(trx, { shows }),
      ends,
      unchangeable: sendAnew,
    };
  }
  const action: MessengerAction = {
    does: 'say',
    to: { group: true, thread: undefined },
    marked,
    buttons,
    replyTo: undefined,
    silent: true,
  };
  return {
    action,
    write: (trx: Trx, [sent]: readonly MessageRef[]) => updateRequestBoard(trx, { message: sent ?? null, shows, pinned: false }),
    ends,
  };
}
