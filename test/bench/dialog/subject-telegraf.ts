/** The peer: Telegraf's WizardScene with its session in Redis, as its documentation has it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { Scenes, session, Telegraf } from 'telegraf';
import { API_ROOT, doneWith, isAnswer, PROBLEM, questionOf, REDIS_URL, reportTo, SECRET, STEPS, TOKEN } from './steps.ts';
import { BOT } from '../../kit/bot-info.ts';

const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const bot = new Telegraf<Scenes.WizardContext>(TOKEN, { telegram: { apiRoot: API_ROOT, webhookReply: false } });

const ask = async (ctx: Scenes.WizardContext, step: number) => {
  await ctx.reply(questionOf(step));
  ctx.wizard.next();
};
const answersOf = (ctx: Scenes.WizardContext) => ctx.wizard.state as { answers?: string[] };

const wizard = new Scenes.WizardScene<Scenes.WizardContext>(
  'bench',
  (ctx) => ask(ctx, 1),
  ...Array.from({ length: STEPS }, (_, index) => async (ctx: Scenes.WizardContext) => {
    const text = ctx.message && 'text' in ctx.message ? ctx.message.text : '';
    if (!isAnswer(text)) return void (await ctx.reply(PROBLEM));
    const state = answersOf(ctx);
    state.answers = [...(state.answers ?? []), text];
    if (index + 1 < STEPS) return ask(ctx, index + 2);
    await ctx.reply(doneWith(state.answers));
    return ctx.scene.leave();
  }),
);

bot.use(
  session({
    store: {
      get: async (key: string) => JSON.parse((await redis.get(`telegraf:${key}`)) ?? 'null') as never,
      set: async (key: string, value: unknown) =>
        void (await redis.set(`telegraf:${key}`, JSON.stringify(value), 'PX', 1_800_000)),
      delete: async (key: string) => void (await redis.del(`telegraf:${key}`)),
    },
  }) as never,
);
const stage = new Scenes.Stage<Scenes.WizardContext>([wizard]);
bot.use(stage.middleware());
bot.command('go', (ctx) => ctx.scene.enter('bench'));
bot.botInfo = BOT;

const hook = bot.webhookCallback('/hook', { secretToken: SECRET });
const server = createServer((request, response) => void hook(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => reportTo((server.address() as AddressInfo).port));
