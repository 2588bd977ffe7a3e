import { type Kysely, Migrator } from 'kysely'
import { type Dialect, migrations } from './migrations.js'
import type { Tables } from './tables.js'

/** Brings a store up to this release. Throws when a step fails. */
export async function migrate(
  db: Kysely<Tables>,
  dialect: Dialect,
  schema?: string,
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(dialect) },
    ...(schema !== undefined && { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
