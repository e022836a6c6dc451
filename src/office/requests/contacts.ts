import type { Caller } from '../caller.ts';
import type { Centre, PaymentPoint } from '../centre.ts';
import type { OfficeEdges } from '../edges.ts';

export type Contacts = ReturnType<typeof createContacts>;

/** What the centre says about itself. */
export function createContacts({ centre }: Pick<OfficeEdges, 'centre'>) {
  return {
    async show(
      _caller: Caller,
    ): Promise<Pick<Centre, 'name' | 'phones' | 'paymentPoints'> & { email: string | null; site: string | null }> {
      const { name, phones, paymentPoints, email = null, site = null } = centre;
      return { name, phones, paymentPoints, email, site };
    },

    /** The payment points, each with the key by which it is chosen. */
    async points(_caller: Caller): Promise<(PaymentPoint & { key: string })[]> {
      return centre.paymentPoints.map((point, i) => ({ ...point, key: String(i) }));
    },
  };
}
