import type { OfficeEdges } from './edges.ts';
import { createResidents, type Residents } from './residents.ts';

/** All that the billing centre can do, a desk a line. */
export type Office = {
  residents: Residents;
};

export function createOffice(edges: OfficeEdges): Office {
  return {
    residents: createResidents(edges),
  };
}
