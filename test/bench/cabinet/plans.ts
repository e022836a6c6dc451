import type { Pool } from 'pg';

export type Query = { sql: string; parameters: readonly unknown[] };

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: Node[];
};

/** What one query reads, by its real plan: rows of tables that were looked at, pages, and tables that were read from end to end. */
export type Touched = { sql: string; rows: number; pages: number; wholeTables: string[] };

/**
 * Carries the query out and tells what it touched. A small table may well be read as a whole; `forced` forbids that where any index would do,
 * so what is still read from end to end has no index for this query.
 */
export async function touchedBy(pool: Pool, query: Query, { forced }: { forced: boolean }): Promise<Touched> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    if (forced) await client.query('set local enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
      `explain (analyze, buffers, format json) ${query.sql}`,
      query.parameters as unknown[],
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (!plan) throw new Error('Postgres gave no plan');
    const scans = nodesOf(plan).filter((node) => node['Relation Name'] !== undefined);
    return {
      sql: query.sql,
      rows: scans.reduce((sum, node) => sum + rowsOf(node), 0),
      pages: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
      wholeTables: scans.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''),
    };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

function rowsOf(node: Node): number {
  return ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1);
}
