const STATUSES: Readonly<Record<string, string | undefined>> = {
  creator: 'создатель группы',
  administrator: 'администратор',
  member: 'простой участник',
  restricted: 'участник с ограничениями',
  left: 'не состоит в ней',
  kicked: 'исключён из неё',
};

/** What somebody is in a group, in a word for the operator. */
export function wordOfStatus(status: string): string {
  return STATUSES[status] ?? status;
}
