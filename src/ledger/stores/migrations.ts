import { type Kysely, type Migration, sql } from 'kysely'
import { appendOnlyTriggers } from './append-only-triggers.js'

export type Dialect = 'sqlite' | 'postgres'
type Db = Kysely<unknown>

/** Every step from an empty store to this release, by name; a step that was released never changes. */
export function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '2026-11-24-1-ledger': { up: async (db: Db) => createLedger(db, dialect) },
    '2026-11-24-2-deliveries': { up: async (db: Db) => createDeliveries(db, dialect) },
    '2026-11-24-3-readings': { up: async (db: Db) => createReadings(db, dialect) },
  }
}

async function createLedger(db: Db, dialect: Dialect): Promise<void> {
  await createEntries(db)
  await createLog(db)
  for (const statement of appendOnlyTriggers(dialect)) await sql.raw(statement).execute(db)
}

async function createEntries(db: Db): Promise<void> {
  const { schema } = db
  await schema
    .createTable('entries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('leaf_hash', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .addColumn('office', 'text')
    .addColumn('case_reference', 'text')
    .addColumn('decision', 'text', (column) => column.references('entries.id'))
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('request_digest', 'text')
    .addUniqueConstraint('one_entry_a_key', ['office', 'idempotency_key'])
    .execute()
  await sql`create unique index one_erasure_a_decision on entries (decision) where kind = 'erasure'`.execute(
    db,
  )
  const index = (name: string, columns: string[]) =>
    schema.createIndex(name).on('entries').columns(columns).execute()
  await index('entries_by_time', ['recorded_at', 'id'])
  await index('entries_by_case', ['case_reference', 'recorded_at', 'id'])
  await index('entries_by_decision', ['decision'])
  await schema
    .createTable('facts')
    .addColumn('entry_id', 'text', (column) => column.primaryKey().references('entries.id'))
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('outcomes')
    .addColumn('programme', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('entry_id', 'text', (column) => column.notNull().references('entries.id'))
    .addPrimaryKeyConstraint('outcomes_by_entry', ['entry_id', 'programme', 'outcome'])
    .execute()
  await schema
    .createIndex('outcomes_by_programme')
    .on('outcomes')
    .columns(['programme', 'outcome', 'entry_id'])
    .execute()
}

async function createLog({ schema }: Db): Promise<void> {
  await schema
    .createTable('identity')
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .addColumn('origin', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('pending')
    .addColumn('entry_id', 'text', (column) => column.primaryKey().references('entries.id'))
    .addColumn('leaf_hash', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('log')
    .addColumn('leaf_index', 'integer', (column) => column.primaryKey())
    .addColumn('entry_id', 'text', (column) => column.notNull().unique().references('entries.id'))
    .addColumn('leaf_hash', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('nodes')
    .addColumn('level', 'integer', (column) => column.notNull())
    .addColumn('node_index', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('nodes_by_place', ['level', 'node_index'])
    .execute()
  await schema
    .createTable('checkpoints')
    .addColumn('size', 'integer', (column) => column.primaryKey())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('keys')
    .addColumn('key_id', 'text', (column) => column.primaryKey())
    .addColumn('verifier', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('retired_at', 'text')
    .execute()
}

async function createDeliveries(db: Db, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('delivered_at', 'text', (column) => column.notNull())
    .execute()
  for (const statement of appendOnlyTriggers(dialect, ['deliveries']))
    await sql.raw(statement).execute(db)
}

async function createReadings(db: Db, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('readings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('office', 'text')
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('decision', 'text', (column) => column.references('entries.id'))
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('readings').columns(columns).execute()
  await index('readings_by_time', ['read_at', 'id'])
  await index('readings_by_decision', ['decision', 'read_at', 'id'])
  for (const statement of appendOnlyTriggers(dialect, ['readings']))
    await sql.raw(statement).execute(db)
}
