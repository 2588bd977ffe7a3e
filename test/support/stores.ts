import { randomBytes } from 'node:crypto'
import pg from 'pg'
import tap from 'tap'
import { openPostgres } from '../../src/ledger/stores/postgres.js'
import { openSqlite } from '../../src/ledger/stores/sqlite.js'
import type { Store } from '../../src/ledger/stores/store.js'
import { answers, type Cluster, noCluster, ownCluster } from './own-cluster.js'

type Teardown = { teardown(end: () => unknown): unknown; testdir(): string }

/** PostgreSQL as on the machine the project is tested on. */
const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

const running = await answers(SERVER)

/** Why tests on PostgreSQL are left out; false when one answers, or one can be started. */
export const noPostgres: string | false = running ? false : noCluster

let own: Promise<Cluster> | undefined

/** The server that answers, else one of this test file's own. */
async function serverUrl(): Promise<string> {
  if (running) return SERVER
  own ??= ownCluster(tap)
  return (await own).url
}

/** The address of a new empty schema, dropped when the test ends. */
export async function freshSchema(t: Teardown, given?: string): Promise<string> {
  const server = given ?? (await serverUrl())
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
