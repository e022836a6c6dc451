import type { Request } from '../../records/requests.ts';

/** What the journal says of a request. */
export const about = ({ number, account, residentId }: Pick<Request, 'number' | 'account' | 'residentId'>) => ({
  requestNumber: number,
  ...(account !== null && { account }),
  ...(residentId !== null && { residentId }),
});
