import { chmodSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Dictionary } from '../engine/fact-definition.js'
import { type Loaded, TABLE_OF } from './input/fact-tables.js'
import { literal, quoted } from './to-sql/dialect.js'
import { openWorkspace, type Resources, type Workspace } from './workspace.js'

/** What a kept register holds: the checked facts, and the keys of what was left out. */
const TABLES = [...Object.values(TABLE_OF), 'refused']

/** Copies the loaded facts into a database of their own, which only its owner may read. */
export async function keepRegister(connection: DuckDBConnection, path: string): Promise<void> {
  await connection.run(`ATTACH ${literal(path)} AS "kept"`)
  chmodSync(path, 0o600)
  for (const table of TABLES)
    await connection.run(`CREATE TABLE "kept".${quoted(table)} AS FROM ${quoted(table)}`)
  // What stands in its log of writes only would be lost: the workspace ends without a checkpoint.
  await connection.run('CHECKPOINT "kept"')
  await connection.run('DETACH "kept"')
}

/** A register that was kept, in a workspace in which its fact tables can be read. */
export interface OpenedRegister extends Workspace {
  readonly loaded: Loaded
}

/** Opens a kept register for reading. The dictionary is the one it was loaded with. */
export async function openRegister(
  path: string,
  dictionary: Dictionary,
  resources: Resources,
): Promise<OpenedRegister> {
  const workspace = await openWorkspace(resources)
  const { connection } = workspace
  try {
    await connection.run(`ATTACH ${literal(path)} AS "kept" (READ_ONLY)`)
    for (const table of TABLES)
      await connection.run(`CREATE VIEW ${quoted(table)} AS FROM "kept".${quoted(table)}`)
    const facts = await Promise.all(
      Object.values(TABLE_OF).map(async (table) => {
        const found = await connection.runAndReadAll(`FROM ${quoted(table)} LIMIT 0`)
        return found.columnNames().flatMap((name) => dictionary.get(name) ?? [])
      }),
    )
    return { ...workspace, loaded: { facts: new Set(facts.flat()) } }
  } catch (error) {
    workspace.close()
    throw error
  }
}
