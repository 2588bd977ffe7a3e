import { type Kysely, Migrator } from 'kysely'
import { type Dialect, migrations } from './migrations.js'
import type { Tables } from './tables.js'

/** Brings a store up to this release; `upTo` stops at a step. Throws when a step fails. */
export async function migrate(
  db: Kysely<Tables>,
  dialect: Dialect,
  options: { readonly schema?: string; readonly upTo?: string } = {},
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(dialect) },
    ...(options.schema !== undefined && { migrationTableSchema: options.schema }),
  })
  const { error } =
    options.upTo === undefined
      ? await migrator.migrateToLatest()
      : await migrator.migrateTo(options.upTo)
  if (error !== undefined) throw error
}
