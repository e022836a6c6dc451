import { loadCentre } from '../../src/adapters/centre-file.ts';

/** The example of the centre's settings file, read once a worker: nobody may change it. */
export const CENTRE = frozen(await loadCentre(new URL('../../centre.example.json', import.meta.url)));

function frozen<A>(value: A): A {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
