import type { Message } from 'grammy/types';

const CONTENT = 'content';
const REPORT = 'report';
const CIRCUMSTANCE = 'circumstance';
type FieldKind = typeof CONTENT | typeof REPORT | typeof CIRCUMSTANCE;

/**
 * What each field of a message is: something that its sender typed, took or chose; a report of something that happened in the chat, which is
 * nobody's word to us; or a circumstance of either. The compiler asks for a decision where a newer Bot API has a field more.
 */
export const MESSAGE_FIELDS: { readonly [Field in keyof Required<Message>]: FieldKind } = {
  message_id: CIRCUMSTANCE,
  message_thread_id: CIRCUMSTANCE,
  from: CIRCUMSTANCE,
  sender_chat: CIRCUMSTANCE,
  date: CIRCUMSTANCE,
  guest_query_id: CIRCUMSTANCE,
  business_connection_id: CIRCUMSTANCE,
  chat: CIRCUMSTANCE,
  is_topic_message: CIRCUMSTANCE,
  direct_messages_topic: CIRCUMSTANCE,
  sender_tag: CIRCUMSTANCE,
  receiver_user: CIRCUMSTANCE,
  ephemeral_message_id: CIRCUMSTANCE,
  sender_boost_count: CIRCUMSTANCE,
  sender_business_bot: CIRCUMSTANCE,
  is_automatic_forward: CIRCUMSTANCE,
  reply_to_message: CIRCUMSTANCE,
  reply_to_checklist_task_id: CIRCUMSTANCE,
  reply_to_poll_option_id: CIRCUMSTANCE,
  is_paid_post: CIRCUMSTANCE,
  external_reply: CIRCUMSTANCE,
  quote: CIRCUMSTANCE,
  reply_to_story: CIRCUMSTANCE,
  guest_bot_caller_user: CIRCUMSTANCE,
  guest_bot_caller_chat: CIRCUMSTANCE,
  edit_date: CIRCUMSTANCE,
  has_protected_content: CIRCUMSTANCE,
  is_from_offline: CIRCUMSTANCE,
  author_signature: CIRCUMSTANCE,
  paid_star_count: CIRCUMSTANCE,
  reply_markup: CIRCUMSTANCE,
  suggested_post_info: CIRCUMSTANCE,

  // Only what was written or taken can be forwarded, sent by way of a bot, or stand in an album.
  forward_origin: CONTENT,
  via_bot: CONTENT,
  media_group_id: CONTENT,
  effect_id: CONTENT,
  text: CONTENT,
  entities: CONTENT,
  link_preview_options: CONTENT,
  caption: CONTENT,
  caption_entities: CONTENT,
  show_caption_above_media: CONTENT,
  has_media_spoiler: CONTENT,
  rich_message: CONTENT,
  animation: CONTENT,
  audio: CONTENT,
  document: CONTENT,
  live_photo: CONTENT,
  paid_media: CONTENT,
  photo: CONTENT,
  sticker: CONTENT,
  story: CONTENT,
  video: CONTENT,
  video_note: CONTENT,
  voice: CONTENT,
  contact: CONTENT,
  dice: CONTENT,
  game: CONTENT,
  poll: CONTENT,
  venue: CONTENT,
  location: CONTENT,
  checklist: CONTENT,
  invoice: CONTENT,
  giveaway: CONTENT,
  giveaway_winners: CONTENT,

  checklist_tasks_done: REPORT,
  checklist_tasks_added: REPORT,
  community_chat_added: REPORT,
  community_chat_removed: REPORT,
  community_chat_joined: REPORT,
  suggested_post_approved: REPORT,
  suggested_post_approval_failed: REPORT,
  suggested_post_declined: REPORT,
  suggested_post_paid: REPORT,
  suggested_post_refunded: REPORT,
  chat_owner_left: REPORT,
  chat_owner_changed: REPORT,
  new_chat_members: REPORT,
  left_chat_member: REPORT,
  new_chat_title: REPORT,
  new_chat_photo: REPORT,
  delete_chat_photo: REPORT,
  group_chat_created: REPORT,
  supergroup_chat_created: REPORT,
  channel_chat_created: REPORT,
  managed_bot_created: REPORT,
  poll_option_added: REPORT,
  poll_option_deleted: REPORT,
  message_auto_delete_timer_changed: REPORT,
  migrate_to_chat_id: REPORT,
  migrate_from_chat_id: REPORT,
  pinned_message: REPORT,
  successful_payment: REPORT,
  refunded_payment: REPORT,
  users_shared: REPORT,
  chat_shared: REPORT,
  connected_website: REPORT,
  write_access_allowed: REPORT,
  passport_data: REPORT,
  proximity_alert_triggered: REPORT,
  boost_added: REPORT,
  chat_background_set: REPORT,
  forum_topic_created: REPORT,
  forum_topic_edited: REPORT,
  forum_topic_closed: REPORT,
  forum_topic_reopened: REPORT,
  general_forum_topic_hidden: REPORT,
  general_forum_topic_unhidden: REPORT,
  giveaway_created: REPORT,
  giveaway_completed: REPORT,
  gift: REPORT,
  gift_upgrade_sent: REPORT,
  unique_gift: REPORT,
  paid_message_price_changed: REPORT,
  direct_message_price_changed: REPORT,
  video_chat_scheduled: REPORT,
  video_chat_started: REPORT,
  video_chat_ended: REPORT,
  video_chat_participants_invited: REPORT,
  web_app_data: REPORT,
};

/**
 * Whether somebody says something to us by a message. Not by a report of what happened in the chat, known or new: that is nothing to answer.
 * A message with nothing in it is of a kind that this Bot API cannot tell us, and is answered; so is a new kind of file.
 */
export function hasContent(message: Message): boolean {
  if (message.text !== undefined) return true;
  let kinds = 0;
  for (const [field, value] of Object.entries(message)) {
    const is = Object.hasOwn(MESSAGE_FIELDS, field) ? MESSAGE_FIELDS[field as keyof Message] : undefined;
    if (is === CONTENT || (is === undefined && holdsFile(value))) return true;
    if (is !== CIRCUMSTANCE) kinds += 1;
  }
  return kinds === 0;
}

/** As `hasContent`, where a kind that is newer than we are counts, too: among staff nobody is to believe that it went on. */
export function mayHaveContent(message: Message): boolean {
  return hasContent(message) || Object.keys(message).some((field) => !Object.hasOwn(MESSAGE_FIELDS, field));
}

function holdsFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'file_id' in value || Object.values(value).some(holdsFile);
}
