/** The dialog that all subjects hold: so many questions, each answer a word and a number; at the end all answers are said. */
export const STEPS = Number(process.env.BENCH_STEPS ?? 7);

export const questionOf = (step: number) => `Вопрос ${step} из ${STEPS}: напишите слово и число.`;
export const isAnswer = (text: string) => /^[a-zа-я]{3,12} \d{1,4}$/i.test(text);
export const PROBLEM = 'Нужны слово и число, например: улица 5.';
export const doneWith = (answers: readonly string[]) =>
  `Готово, принято ответов: ${answers.length}. Последний: ${answers.at(-1)}`;

/** What the resident types at a step. */
export const answerOf = (chat: number, step: number) => `ответ ${(chat * 31 + step) % 9973}`;
export const START = '/go';

/** Where the subject finds its peers. */
export const REDIS_URL = process.env.BENCH_REDIS_URL ?? '';
export const API_ROOT = process.env.BENCH_API_ROOT ?? '';
export const TOKEN = '1:bench';
export const SECRET = 'bench-secret';

/** Tells the driver that the subject listens, and answers its questions on what was spent. */
export function reportTo(port: number): void {
  process.on('message', (message) => {
    if (message === 'spent') process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() });
    if (message === 'stop') process.exit(0);
  });
  process.send?.({ port });
}
