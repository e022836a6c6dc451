import type { Request } from '../../records/requests.ts';

/** What the journal says of a request. */
export const about = ({ number, account, resident_id }: Pick<Request, 'number' | 'account' | 'resident_id'>) => ({
  requestNumber: number,
  ...(account !== null && { account }),
  ...(resident_id !== null && { residentId: resident_id }),
});
