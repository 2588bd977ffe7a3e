import { type DatabaseIntrospector, PostgresDialect, sql } from 'kysely'

type AnyDatabase = Parameters<PostgresDialect['createIntrospector']>[0]

/**
 * PostgreSQL, of which only the schema in use is looked at. Before it migrates, Kysely looks at the
 * columns of every schema of the database, and fails when one of them is dropped meanwhile.
 */
export class OwnSchemaDialect extends PostgresDialect {
  override createIntrospector(db: AnyDatabase): DatabaseIntrospector {
    const getTables = async () => {
      const { rows } = await sql<{ name: string; schema: string }>`
        select tablename as name, schemaname as schema from pg_catalog.pg_tables
        where schemaname = current_schema()`.execute(db)
      return rows.map((row) => ({ ...row, isView: false, columns: [] }))
    }
    return Object.assign(super.createIntrospector(db), { getTables })
  }
}
