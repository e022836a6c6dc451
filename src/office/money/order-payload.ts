/** What a messenger keeps with an invoice and gives back with its checkout and its money: which order, and whether it is of all that was owed. */
export type OrderPayload = { id: string; whole: boolean };

const WHOLE = '.whole';
const Payload = /^([\w-]{22})(\.whole)?$/;

export function writeOrderPayload({ id, whole }: OrderPayload): string {
  return whole ? id + WHOLE : id;
}

/** Undefined for what is none of ours. */
export function readOrderPayload(payload: string): OrderPayload | undefined {
  const [, id, whole] = Payload.exec(payload) ?? [];
  return id === undefined ? undefined : { id, whole: whole !== undefined };
}
