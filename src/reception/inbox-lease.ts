import type { InboxEdge } from './inbox-writer.ts';

export type InboxLease = {
  /** Whether what is ours in the inbox surely still is. */
  isValid: () => boolean;
  /** Something that was begun then was written in our name: that was a beat. */
  renewed: (asked: number) => void;
  /** Where it had run out: beats, and answers which of our updates others have taken over meanwhile. */
  check: () => Promise<readonly string[]>;
  stop: () => void;
};

/** A lease ends for us a little earlier than for others. */
const SURELY = 0.9;

/** Says again and again that we are alive while something in the inbox is ours. A process that was paused for too long counts as dead until `check`. */
export function openLease(
  inbox: Pick<InboxEdge, 'leaseMs' | 'beat' | 'stillOurs'>,
  ours: () => string[],
  onError: (error: unknown) => void,
): InboxLease {
  let validUntil = 0;
  let beating = false;
  const now = () => performance.now();
  const isValid = () => now() < validUntil;
  const renewed = (at: number) => {
    validUntil = Math.max(validUntil, at + inbox.leaseMs * SURELY);
  };

  const timer = setInterval(() => void beat(), inbox.leaseMs / 4).unref();

  async function beat(): Promise<void> {
    // Where it has run out somebody may have taken over: `check` finds out.
    if (beating || !isValid() || ours().length === 0) return;
    beating = true;
    const asked = now();
    try {
      await inbox.beat();
      if (isValid()) renewed(asked);
    } catch (error) {
      onError(error);
    } finally {
      beating = false;
    }
  }

  return {
    isValid,
    renewed: (asked) => {
      if (isValid() || ours().length === 0) renewed(asked);
    },
    async check() {
      if (isValid()) return [];
      const ids = ours();
      if (ids.length === 0) return [];
      const asked = now();
      await inbox.beat();
      const still = new Set(await inbox.stillOurs(ids));
      renewed(asked);
      return ids.filter((id) => !still.has(id));
    },
    stop: () => clearInterval(timer),
  };
}
