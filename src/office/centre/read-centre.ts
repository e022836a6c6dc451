import type { z } from 'zod';
import { type JsonPlaces, placesInJson } from '../../domain/json-places.ts';
import { Centre } from '../centre.ts';

/** The settings file is not what it has to be: a line for each fault, with the file, the line in it, the field and what is expected, never a value. */
export class CentreFileError extends Error {
  override name = 'CentreFileError';
  readonly problems: readonly string[];
  constructor(file: string | undefined, faults: readonly CentreFault[]) {
    const problems = faults.map(({ line, says }) => {
      const place = [...(file === undefined ? [] : [file]), ...(line === undefined ? [] : [`строка ${line}`])].join(', ');
      return `CENTRE_FILE: ${place === '' ? '' : `${place}: `}${says}`;
    });
    super(`Файл центра не годится:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

export type CentreFault = { line?: number; says: string };

/** Reads the text of the settings file (JSON), which lies in `file`. @throws {CentreFileError} naming all its faults at once. */
export function readCentre(text: string, file?: string): Centre {
  const json = text.replace(/^\ufeff/, '');
  const lost = json.split('\n').flatMap((line, i) => (/\ufffd|\\ufffd/i.test(line) ? [{ line: i + 1, says: LOST }] : []));
  if (lost.length > 0) throw new CentreFileError(file, lost);
  const places = placesInJson(json);
  if (!places.isJson) throw new CentreFileError(file, [noJson(places)]);
  const read = Centre.safeParse(JSON.parse(json), { error: expectation });
  if (read.success) return read.data;
  throw new CentreFileError(
    file,
    read.error.issues
      .flatMap(faultsOf)
      .map(({ path, says }) => ({ line: places.lineOf(path), says: `${fieldPath(path)}${says}` })),
  );
}

const LOST = 'буквы потерялись в другой кодировке: напишите их заново, в UTF-8';

function noJson({ line, column, atEnd }: Extract<JsonPlaces, { isJson: false }>): CentreFault {
  if (atEnd) return { line, says: 'это не JSON: файл обрывается; закройте все кавычки и скобки' };
  const slips = 'нет запятой или кавычки, лишняя запятая в конце списка, комментарий';
  return { line, says: `столбец ${column}: здесь перестаёт быть JSON (${slips}): исправьте` };
}

type FieldFault = { path: readonly PropertyKey[]; says: string };

/** A field that is unknown has a line of its own. */
function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, says: message }];
  return issue.keys.map((key) => ({ path: [...path, key], says: 'такого поля нет: проверьте, как оно пишется, или уберите' }));
}

/** For fields whose schema has no sentence of its own. */
const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  array: 'нужен список […]',
  object: 'нужен объект {…}',
  int: 'нужно целое число',
  number: 'нужно число',
};

/** What zod would say in English. */
function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return EXPECTED_TYPES[issue.expected] ?? 'нужно значение другого вида';
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? `нужно хотя бы ${issue.minimum} в списке` : `нужно число от ${issue.minimum}`;
  if (issue.code === 'too_big')
    return issue.origin === 'array' ? `нужно не больше ${issue.maximum} в списке` : `нужно число до ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `нужно одно из: ${issue.values.map(String).join(', ')}`;
  return 'нужно другое значение';
}

function fieldPath(path: readonly PropertyKey[]): string {
  const named = path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${String(key)}`)).join('');
  return named === '' ? '' : `${named}: `;
}
