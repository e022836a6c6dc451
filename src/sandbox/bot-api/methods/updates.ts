/** How the bot gets its updates: getUpdates, setWebhook, deleteWebhook, getWebhookInfo. */
import { isIP } from 'node:net';
import { type ApiCall, described, type Handlers } from '../call.ts';
import { badRequest, conflict } from '../refusal.ts';
import type { WebhookSettings } from '../state.ts';

const KINDS = new Set([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
]);

export const updates: Handlers = {
  getUpdates(call) {
    const { parameters, world, couriers, signal } = call;
    if (world.state.webhook)
      throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    rememberKinds(call);
    couriers.noteAsked();
    const limit = parameters.integer('limit') ?? 100;
    return couriers.polling.poll({
      offset: parameters.integer('offset') ?? 0,
      limit: limit >= 1 && limit <= 100 ? limit : 100,
      timeoutSeconds: Math.min(50, Math.max(0, parameters.integer('timeout') ?? 0)),
      signal,
    });
  },

  setWebhook(call) {
    const { parameters, world, couriers } = call;
    const url = parameters.text('url');
    if (url === undefined) return deleteWebhook(call);
    requireAddress(url);
    const secretToken = parameters.text('secret_token');
    if (secretToken !== undefined && secretToken.length > 256) throw badRequest('secret token is too long');
    if (secretToken !== undefined && !/^[\w-]+$/.test(secretToken))
      throw badRequest('secret token contains unallowed characters');
    const ipAddress = parameters.text('ip_address');
    if (ipAddress !== undefined && isIP(ipAddress) === 0) throw badRequest('bad webhook: Invalid IP address specified');
    const connections = parameters.integer('max_connections') ?? 40;
    const webhook: WebhookSettings = {
      url,
      maxConnections: connections >= 1 && connections <= 100 ? connections : 40,
      ...(secretToken === undefined ? {} : { secretToken }),
      ...(ipAddress === undefined ? {} : { ipAddress }),
    };
    rememberKinds(call);
    dropPending(call);
    const isSame = JSON.stringify(world.state.webhook) === JSON.stringify(webhook);
    if (!isSame) {
      couriers.polling.terminate('terminated by setWebhook request');
      world.put({ fact: 'webhook', webhook });
    }
    return described(true, isSame ? 'Webhook is already set' : 'Webhook was set');
  },

  deleteWebhook,

  getWebhookInfo: ({ couriers }) => couriers.webhook.info(),
};

function deleteWebhook(call: ApiCall): unknown {
  dropPending(call);
  const wasSet = call.world.state.webhook !== undefined;
  if (wasSet) call.world.put({ fact: 'webhook', webhook: undefined });
  return described(true, wasSet ? 'Webhook was deleted' : 'Webhook is already deleted');
}

/** Telegram wants https; a Bot API server of one's own takes http as well, and so does this one. */
function requireAddress(url: string): void {
  if (!URL.canParse(url)) throw badRequest('invalid webhook URL specified');
  if (!/^https?:/i.test(url)) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
}

function dropPending({ parameters, world }: ApiCall): void {
  if (!parameters.flag('drop_pending_updates')) return;
  world.put({ fact: 'updates-gone', updateIds: [...world.state.updates.keys()] });
}

/** Remembered until the next call that names kinds; an empty list is back to the usual ones. Unknown names are passed over. */
function rememberKinds({ parameters, world }: ApiCall): void {
  const given = parameters.json('allowed_updates');
  if (given === undefined) return;
  if (!Array.isArray(given)) throw badRequest("can't parse allowed_updates JSON object: Expected an Array of String");
  const kinds = given.filter((kind: unknown): kind is string => typeof kind === 'string' && KINDS.has(kind));
  if (JSON.stringify(kinds) !== JSON.stringify(world.state.allowedUpdates)) world.put({ fact: 'allowed-updates', kinds });
}
