import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openPostgres } from '../../src/ledger/stores/postgres.js'
import { openSqlite } from '../../src/ledger/stores/sqlite.js'
import type { Store } from '../../src/ledger/stores/store.js'

type Teardown = { teardown(end: () => unknown): unknown; testdir(): string }

/** PostgreSQL as on the machine the project is tested on. */
export const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

/** Why tests on PostgreSQL are left out; false when it answers. */
export const noPostgres: string | false = await answers()

async function answers(): Promise<string | false> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return false
  } catch {
    return 'no PostgreSQL at 127.0.0.1:5432: apt-get install postgresql, then see test/README.md'
  }
}

/** The address of a new empty schema, dropped when the test ends. */
export async function freshSchema(t: Teardown, server = SERVER): Promise<string> {
  const schema = `huimin_${randomBytes(6).toString('hex')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create schema ${schema}`)
  t.teardown(() => run(`drop schema ${schema} cascade`))
  return `${server}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
}

/** A store and how to open it again. */
export interface Opener {
  readonly name: string
  readonly skip: string | false
  /** Where a new one is: a folder, or the address of a schema. */
  readonly place: (t: Teardown) => Promise<string>
  readonly open: (place: string) => Promise<Store>
}

/** Both stores, to run the same tests on. */
export const STORES: readonly Opener[] = [
  {
    name: 'SQLite',
    skip: false,
    place: async (t) => t.testdir(),
    open: (place) => openSqlite(place),
  },
  { name: 'PostgreSQL', skip: noPostgres, place: (t) => freshSchema(t), open: openPostgres },
]

/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>, patience = 10_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it never came to be')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
