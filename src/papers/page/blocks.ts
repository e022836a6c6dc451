import { breakLines, leadingOf, naturalWidth, type Style } from './lines.ts';
import type { Pen } from './pen.ts';

/** Something of a known size that can be put anywhere; points. A height of Infinity: it does not fit its width. */
export type Block = { width: number; height: number; draw(pen: Pen, x: number, y: number): void };

export type Align = 'left' | 'right' | 'centre';

/** A text, broken into lines of at most `width`. */
export function paragraph(text: string, width: number, style: Style, align: Align = 'left'): Block {
  const lines = breakLines(text, width, style);
  const leading = leadingOf(style);
  return {
    width,
    height: lines.length * leading,
    draw(pen, x, y) {
      lines.forEach((line, index) => {
        const spare = align === 'left' ? 0 : width - naturalWidth(line, style);
        // The small letters stand in the middle of their line.
        const baseline = y + index * leading + leading / 2 + style.size * 0.34;
        pen.write(line, x + (align === 'centre' ? spare / 2 : spare), baseline, style);
      });
    },
  };
}

/** Blocks one below the other. */
export function stack(blocks: readonly Block[], gap = 0): Block {
  const shown = blocks.filter((block) => block.height > 0);
  return {
    width: Math.max(0, ...shown.map((block) => block.width)),
    height: shown.reduce((sum, block) => sum + block.height, 0) + gap * Math.max(0, shown.length - 1),
    draw(pen, x, y) {
      let top = y;
      for (const block of shown) {
        block.draw(pen, x, top);
        top += block.height + gap;
      }
    },
  };
}

/** Blocks side by side, their upper edges on one line. */
export function beside(blocks: readonly Block[], gap: number): Block {
  return {
    width: blocks.reduce((sum, block) => sum + block.width, 0) + gap * Math.max(0, blocks.length - 1),
    height: Math.max(0, ...blocks.map((block) => block.height)),
    draw(pen, x, y) {
      let left = x;
      for (const block of blocks) {
        block.draw(pen, left, y);
        left += block.width + gap;
      }
    },
  };
}

/** A block with room around it, at least `height` high, on a ground and within a frame where they are wanted. */
export function boxed(
  block: Block,
  { padding, ground, border, height = 0 }: { padding: number; ground?: string; border?: string; height?: number },
): Block {
  const size = { width: block.width + 2 * padding, height: Math.max(height, block.height + 2 * padding) };
  return {
    ...size,
    draw(pen, x, y) {
      if (ground) pen.shape([[x, y, size.width, size.height]], ground);
      if (border) pen.frame(x, y, size.width, size.height, { width: 0.8, color: border });
      block.draw(pen, x + padding, y + padding);
    },
  };
}

/** Nothing, of a height. */
export function space(height: number): Block {
  return { width: 0, height, draw() {} };
}
