/** How an update is called wherever it is kept. */
export const idOf = (update: { update_id: number }): string => `telegram:${update.update_id}`;
