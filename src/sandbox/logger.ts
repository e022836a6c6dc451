/** What the sandbox needs of a log; pino fits. No words and names of people go there. */
export type Logger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
