/** How many characters a messenger takes, as they are read (tags do not count): in a message, and under a picture or a file. */
export type TextLimits = { text: number; caption: number };

/** What each of these messengers takes. */
export function leastOf(limits: readonly [TextLimits, ...TextLimits[]]): TextLimits {
  return { text: Math.min(...limits.map(({ text }) => text)), caption: Math.min(...limits.map(({ caption }) => caption)) };
}
