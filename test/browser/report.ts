/** What the browser tests have shown: a line per step, printed with its story when that ends, and the counts at the end. */
export type Report = {
  /** Runs a story of steps that build on each other: after the first that fails, the rest of the story is left out. */
  story(name: string, tell: (step: Step) => Promise<void>): Promise<void>;
  /** Prints `N passed, N failed` and returns the exit status. */
  finish(): 0 | 1;
};

export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A step failed and is counted; what follows it in its story cannot be told. */
class StoryEnded extends Error {}

export function startReport(): Report {
  let passed = 0;
  let failed = 0;

  const stepIn =
    (lines: string[]): Step =>
    async (name, work) => {
      const startedAt = performance.now();
      try {
        const result = await work();
        passed += 1;
        lines.push(`  ✓ ${name} (${Math.round(performance.now() - startedAt)} ms)`);
        return result;
      } catch (error) {
        failed += 1;
        lines.push(`  ✗ ${name}\n${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
        throw new StoryEnded(name, { cause: error });
      }
    };

  return {
    async story(name, tell) {
      // Stories may be told at the same time.
      const lines = [name];
      try {
        await tell(stepIn(lines));
      } catch (error) {
        if (error instanceof StoryEnded) return;
        failed += 1;
        lines.push(`  ✗ outside of a step\n${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
      } finally {
        console.log(lines.join('\n'));
      }
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 && passed > 0 ? 0 : 1;
    },
  };
}

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');
