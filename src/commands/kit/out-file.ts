import { stat } from 'node:fs/promises';

/** Why a file must not be written there, in a sentence: one of that name is there, and nobody has said that it may go. What is no file is for the writing to refuse. */
export async function whyTaken(path: string, { isForced }: { isForced: boolean }): Promise<string | undefined> {
  if (isForced || !(await isFile(path))) return undefined;
  return `${path}: файл уже есть. Назовите другое имя или добавьте --force, чтобы заменить его.`;
}

/** Whether there is a file of that name. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
