/** What a button in the staff group carries: `s.<verb>.<request number>`, and what the verb needs besides after a `-`. */
export type StaffPress = { verb: string; number: number; rest: string };

export function staffButton({ verb, number, rest = '' }: Omit<StaffPress, 'rest'> & { rest?: string }): string {
  return `s.${verb}.${number}${rest === '' ? '' : `-${rest}`}`;
}

/** The client's word: the office checks who presses, and where. Undefined: no button of the group's. */
export function readStaffButton(data: string): StaffPress | undefined {
  const [, verb, number, rest = ''] = /^s\.([a-z-]{1,20})\.(\d{1,15})(?:-(.*))?$/s.exec(data) ?? [];
  return verb === undefined ? undefined : { verb, number: Number(number), rest };
}
