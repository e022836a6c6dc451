import { z } from 'zod';

/** Kinds of fields that the centre's file has many of; each says in Russian what it wants. */
export const FieldText = z.string({ error: 'нужен текст' }).trim().min(1, 'нужен текст, а здесь пусто');
export const FieldDate = z.iso.date({ error: 'нужна дата ГГГГ-ММ-ДД' });
export const FieldTime = z.string({ error: 'нужно время ЧЧ:ММ' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'нужно время ЧЧ:ММ');
/** `24:00` is the day's end. */
export const FieldEndTime = z
  .string({ error: 'нужно время ЧЧ:ММ' })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'нужно время ЧЧ:ММ');
export const DayOfMonth = z.int({ error: 'нужен день месяца от 1 до 28' }).min(1).max(28);
export const WholeRoubles = z.int({ error: 'нужны целые рубли' }).min(1, 'нужен рубль или больше');

/** Whether each key is there once. */
export function noneTwice(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}
