import type { Message } from 'grammy/types';

/**
 * What each field of a message is: something that its sender typed, took or chose; a report of something that happened in the chat, which is
 * nobody's word to us; or a circumstance of either. The compiler asks for a decision where a newer Bot API has a field more.
 */
export const MESSAGE_FIELDS: { readonly [Field in keyof Required<Message>]: 'content' | 'report' | 'circumstance' } = {
  message_id: 'circumstance',
  message_thread_id: 'circumstance',
  from: 'circumstance',
  sender_chat: 'circumstance',
  date: 'circumstance',
  guest_query_id: 'circumstance',
  business_connection_id: 'circumstance',
  chat: 'circumstance',
  is_topic_message: 'circumstance',
  direct_messages_topic: 'circumstance',
  sender_tag: 'circumstance',
  receiver_user: 'circumstance',
  ephemeral_message_id: 'circumstance',
  sender_boost_count: 'circumstance',
  sender_business_bot: 'circumstance',
  is_automatic_forward: 'circumstance',
  reply_to_message: 'circumstance',
  reply_to_checklist_task_id: 'circumstance',
  reply_to_poll_option_id: 'circumstance',
  is_paid_post: 'circumstance',
  external_reply: 'circumstance',
  quote: 'circumstance',
  reply_to_story: 'circumstance',
  guest_bot_caller_user: 'circumstance',
  guest_bot_caller_chat: 'circumstance',
  edit_date: 'circumstance',
  has_protected_content: 'circumstance',
  is_from_offline: 'circumstance',
  author_signature: 'circumstance',
  paid_star_count: 'circumstance',
  reply_markup: 'circumstance',
  suggested_post_info: 'circumstance',

  // Only what was written or taken can be forwarded, sent by way of a bot, or stand in an album.
  forward_origin: 'content',
  via_bot: 'content',
  media_group_id: 'content',
  effect_id: 'content',
  text: 'content',
  entities: 'content',
  link_preview_options: 'content',
  caption: 'content',
  caption_entities: 'content',
  show_caption_above_media: 'content',
  has_media_spoiler: 'content',
  rich_message: 'content',
  animation: 'content',
  audio: 'content',
  document: 'content',
  live_photo: 'content',
  paid_media: 'content',
  photo: 'content',
  sticker: 'content',
  story: 'content',
  video: 'content',
  video_note: 'content',
  voice: 'content',
  contact: 'content',
  dice: 'content',
  game: 'content',
  poll: 'content',
  venue: 'content',
  location: 'content',
  checklist: 'content',
  invoice: 'content',
  giveaway: 'content',
  giveaway_winners: 'content',

  checklist_tasks_done: 'report',
  checklist_tasks_added: 'report',
  community_chat_added: 'report',
  community_chat_removed: 'report',
  community_chat_joined: 'report',
  suggested_post_approved: 'report',
  suggested_post_approval_failed: 'report',
  suggested_post_declined: 'report',
  suggested_post_paid: 'report',
  suggested_post_refunded: 'report',
  chat_owner_left: 'report',
  chat_owner_changed: 'report',
  new_chat_members: 'report',
  left_chat_member: 'report',
  new_chat_title: 'report',
  new_chat_photo: 'report',
  delete_chat_photo: 'report',
  group_chat_created: 'report',
  supergroup_chat_created: 'report',
  channel_chat_created: 'report',
  managed_bot_created: 'report',
  poll_option_added: 'report',
  poll_option_deleted: 'report',
  message_auto_delete_timer_changed: 'report',
  migrate_to_chat_id: 'report',
  migrate_from_chat_id: 'report',
  pinned_message: 'report',
  successful_payment: 'report',
  refunded_payment: 'report',
  users_shared: 'report',
  chat_shared: 'report',
  connected_website: 'report',
  write_access_allowed: 'report',
  passport_data: 'report',
  proximity_alert_triggered: 'report',
  boost_added: 'report',
  chat_background_set: 'report',
  forum_topic_created: 'report',
  forum_topic_edited: 'report',
  forum_topic_closed: 'report',
  forum_topic_reopened: 'report',
  general_forum_topic_hidden: 'report',
  general_forum_topic_unhidden: 'report',
  giveaway_created: 'report',
  giveaway_completed: 'report',
  gift: 'report',
  gift_upgrade_sent: 'report',
  unique_gift: 'report',
  paid_message_price_changed: 'report',
  direct_message_price_changed: 'report',
  video_chat_scheduled: 'report',
  video_chat_started: 'report',
  video_chat_ended: 'report',
  video_chat_participants_invited: 'report',
  web_app_data: 'report',
};

/**
 * Whether somebody says something to us by a message. Not by a report of what happened in the chat, known or new: that is nothing to answer.
 * A message with nothing in it is of a kind that this Bot API cannot tell us, and is answered; so is a new kind of file.
 */
export function hasContent(message: Message): boolean {
  let kinds = 0;
  for (const [field, value] of Object.entries(message)) {
    const is = Object.hasOwn(MESSAGE_FIELDS, field) ? MESSAGE_FIELDS[field as keyof Message] : undefined;
    if (is === 'content' || (is === undefined && holdsFile(value))) return true;
    if (is !== 'circumstance') kinds += 1;
  }
  return kinds === 0;
}

function holdsFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'file_id' in value || Object.values(value).some(holdsFile);
}
