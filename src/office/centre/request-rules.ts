import { z } from 'zod';
import { PLACES, STAFF_COMMANDS, unknownPlaces } from '../../domain/staff-words.ts';
import { FieldText, noneTwice } from './fields.ts';

const OWN_COMMANDS: ReadonlySet<string> = new Set(STAFF_COMMANDS);

/** What residents may ask about, and how staff answer. */
export const RequestRules = z.strictObject({
  topics: z
    .array(
      z.strictObject({
        key: FieldText.regex(/^[a-z-]{1,30}$/, 'нужен ключ из a–z и -'),
        label: FieldText.max(40, 'нужно не больше 40 знаков'),
        /** Beginnings of words by which a question is known to be about it. */
        words: z.array(FieldText.max(30, 'нужно не больше 30 знаков')).max(50, 'нужно не больше 50 слов').optional(),
        /** Colleagues who are mentioned when such a request comes: their Telegram names, without the @. */
        mention: z
          .array(FieldText.regex(/^[A-Za-z]\w{3,31}$/, 'нужно имя в Telegram без @'))
          .max(5, 'нужно не больше 5 имён')
          .default([]),
      }),
    )
    .min(1, 'нужна хотя бы одна тема')
    .max(20, 'нужно не больше 20 тем')
    .refine((topics) => noneTwice(topics.map(({ key }) => key)), 'нужны темы с разными key'),
  /** What staff send by a command of this name; its places (`PLACES`) are filled in. */
  cannedAnswers: z
    .array(
      z.strictObject({
        command: FieldText.regex(/^[a-z][a-z0-9_]{1,31}$/, 'нужна команда из a–z, 0–9 и _').refine(
          (command) => !OWN_COMMANDS.has(command),
          'нужна команда, которой у самого бота нет',
        ),
        label: FieldText.max(60, 'нужно не больше 60 знаков'),
        text: FieldText.max(3000, 'нужно не больше 3000 знаков').superRefine((words, check) => {
          for (const place of unknownPlaces(words))
            check.addIssue({ code: 'custom', message: `${place} бот не заполняет: он знает ${PLACES.join(', ')}` });
        }),
      }),
    )
    .refine((answers) => noneTwice(answers.map(({ command }) => command)), 'нужны ответы с разными command')
    .default([]),
  /** Working hours within which a resident's word is to be answered; later it is raised in the group. */
  answerWithinHours: z.number({ error: 'нужно число часов' }).min(0.25).max(200).default(8),
  /** After so many days without another word an answered request closes by itself. */
  closeAfterDays: z.int({ error: 'нужно число дней' }).min(1).max(60).default(5),
});
