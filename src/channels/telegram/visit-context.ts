import { type Api, Context } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Visit } from '../../reception/visit.ts';

/** grammY's context of an update, with the visit that the update is. */
export class VisitContext extends Context {
  readonly visit: Visit;

  constructor(update: Update, api: Api, me: UserFromGetMe, visit: Visit) {
    super(update, api, me);
    this.visit = visit;
  }
}
