/** All methods by theme: the table of contents of the sandbox's Bot API. It has what this house calls; any other is «method not found». */
import type { Handlers } from '../call.ts';
import { botSettings } from './bot-settings.ts';
import { callbacks } from './callbacks.ts';
import { copying } from './copying.ts';
import { editing } from './editing.ts';
import { media } from './media.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { paymentMethods } from './payments.ts';
import { topics } from './topics.ts';
import { updates } from './updates.ts';

export const registry: Handlers = {
  ...updates,
  ...botSettings,
  ...messages,
  ...media,
  ...editing,
  ...copying,
  ...callbacks,
  ...topics,
  ...members,
  ...paymentMethods,
};
