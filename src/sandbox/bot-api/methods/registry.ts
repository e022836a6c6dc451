/** All methods by theme: the table of contents of the sandbox's Bot API. */
import type { Handlers } from '../call.ts';
import { botSettings } from './bot-settings.ts';
import { callbacks } from './callbacks.ts';
import { copying } from './copying.ts';
import { editing } from './editing.ts';
import { refusing } from './elsewhere.ts';
import { media } from './media.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { payments } from './payments.ts';
import { topics } from './topics.ts';
import { updates } from './updates.ts';

const handled: Handlers = {
  ...updates,
  ...botSettings,
  ...messages,
  ...media,
  ...editing,
  ...copying,
  ...callbacks,
  ...topics,
  ...members,
  ...payments,
};

export const registry: Handlers = { ...refusing(handled), ...handled };
