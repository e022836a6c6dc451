import { MEMBER, type Mistake } from '../stage.ts';

export const MISTAKES_OF_GROUP: readonly Mistake[] = [
  [
    'a group of somebody else',
    () => ({ telegram: { getChat: { refuse: { error_code: 400, description: 'Bad Request: chat not found' } } } }),
    /^fault STAFF_CHAT_ID: бот не видит этой группы/m,
  ],
  [
    'a group that became a supergroup',
    () => ({
      telegram: {
        getChat: {
          refuse: {
            error_code: 400,
            description: 'Bad Request: group chat was upgraded to a supergroup chat',
            parameters: { migrate_to_chat_id: -1005 },
          },
        },
      },
    }),
    /^warning STAFF_CHAT_ID: группа стала супергруппой: замените число на -1005/m,
  ],
  [
    'no administrator',
    () => ({ telegram: { getChatMember: { result: { status: 'member' } } } }),
    /^fault STAFF_CHAT_ID: .*сделайте его администратором/m,
  ],
  [
    'no right to topics',
    () => ({ telegram: { getChatMember: { result: { ...MEMBER, can_manage_topics: false } } } }),
    /^fault STAFF_CHAT_ID: у бота нет права управлять темами/m,
  ],
  [
    'no right to delete',
    () => ({ telegram: { getChatMember: { result: { ...MEMBER, can_delete_messages: false } } } }),
    /^warning STAFF_CHAT_ID: у бота нет права удалять/m,
  ],
];
