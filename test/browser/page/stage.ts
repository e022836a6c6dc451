import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { SandboxPerson } from '../../../src/sandbox/protocol.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { openScreen, PATIENCE_MS } from '../browser.ts';
import { type Hands, handsOn } from '../hands.ts';
import type { Step } from '../report.ts';
import type { ScriptedBot } from '../scripted-bot.ts';

/** Where a story of the page plays. */
export type Stage = { step: Step; page: Page; hands: Hands; sandbox: Sandbox; bot: ScriptedBot; resident: SandboxPerson };

/** The person that a new sandbox begins with. */
export function residentOf(sandbox: Sandbox): SandboxPerson {
  const resident = sandbox.people().find((person) => person.role === 'resident');
  assert(resident, 'the sandbox begins with a resident');
  return resident;
}

/** Plays stories one after another on one page, whose scripts must not complain. */
export async function onStage(
  {
    step,
    browser,
    device,
    sandbox,
    bot,
  }: { step: Step; browser: Browser; device: 'laptop' | 'phone'; sandbox: Sandbox; bot: ScriptedBot },
  stories: ((stage: Stage) => Promise<void>)[],
): Promise<void> {
  // A phone begins with the list.
  const address = device === 'phone' ? sandbox.url : `${sandbox.url}/#/chat/${residentOf(sandbox).id}`;
  const screen = await openScreen(browser, address, device);
  try {
    const stage = { step, page: screen.page, hands: handsOn(screen.page), sandbox, bot, resident: residentOf(sandbox) };
    for (const story of stories) await story(stage);
    await step('the scripts complain of nothing', async () => assert.deepEqual(screen.complaints, []));
  } finally {
    await screen.close();
  }
}

/** Waits for what the bot heard to hold this. */
export async function heard(
  bot: ScriptedBot,
  fits: (one: ScriptedBot['heard'][number]) => boolean,
): Promise<ScriptedBot['heard'][number]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = bot.heard.findLast(fits);
    if (found) return found;
    if (Date.now() > until)
      throw new Error(`The bot heard only ${JSON.stringify(bot.heard.map(({ kind, text }) => `${kind}: ${text}`))}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
