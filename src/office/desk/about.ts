import type { Request } from '../../records/requests.ts';

/** What the journal says of a request. */
export const about = ({ number, account, resident_id }: Request) => ({
  requestNumber: number,
  ...(account !== null && { account }),
  ...(resident_id !== null && { residentId: resident_id }),
});
