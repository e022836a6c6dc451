import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose tests start processes, or wait for limits of time. */
const WAITING = /\/test\/(?:adapters|app|channels|commands|desk|reception)\//;

/** Files that mostly wait are spread evenly among those that compute: side by side they would leave the machine idle. The longest of each come first. */
export class WaitingBesideComputing extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const spread = (some: TestSpecification[]) => some.map((file, i) => ({ file, place: i / some.length }));
    const waiting = spread(sorted.filter(({ moduleId }) => WAITING.test(moduleId)));
    const computing = spread(sorted.filter(({ moduleId }) => !WAITING.test(moduleId)));
    return [...waiting, ...computing].toSorted((a, b) => a.place - b.place).map(({ file }) => file);
  }
}
