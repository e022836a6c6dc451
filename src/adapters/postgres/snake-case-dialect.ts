import { type KyselyPlugin, PostgresDialect, PostgresQueryCompiler, type UnknownRow } from 'kysely';
import { camelCase, snakeCase } from '../../records/column-names.ts';

/**
 * Kysely's own `CamelCasePlugin` copies each statement to turn its names, which is a third of what it costs to write it; here they are turned
 * while it is written.
 */
export class SnakeCaseDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new SnakeCaseCompiler();
  }
}

class SnakeCaseCompiler extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return super.sanitizeIdentifier(snakeCase(identifier));
  }
}

/** Rows come with names as code has them. What is inside of a value (jsonb) stays as it is. */
export const camelCaseRows: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    const columns = Object.keys(result.rows[0] ?? {}).map((column) => [column, camelCase(column)] as const);
    if (columns.every(([column, name]) => column === name)) return result;
    const turned = (row: UnknownRow) => {
      const named: UnknownRow = {};
      for (const [column, name] of columns) named[name] = row[column];
      return named;
    };
    return { ...result, rows: result.rows.map(turned) };
  },
};
