import type pg from 'pg'
import { rowOf } from './row-of.js'
import type { Appended, NewEntry } from './store.js'

/** One statement, one round trip, one transaction: an entry and all that belongs to it. */
const APPEND = {
  name: 'append',
  text: `with entry as (
      insert into entries values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      on conflict do nothing returning id
    ), kept as (
      insert into facts select id, $13, $14 from entry where $13::text is not null
    ), found as (
      insert into outcomes select programme, outcome, id
      from entry, unnest($15::text[], $16::text[]) as o(programme, outcome)
    )
    insert into pending select id, $4 from entry returning entry_id`,
}

const ERASE = `delete from facts where entry_id = $1
  or entry_id in (select id from entries where decision = $1)`

/** Appends to PostgreSQL; entries of different callers do not wait for each other. */
export function appendTo(pool: pg.Pool): (entry: NewEntry) => Promise<Appended> {
  return (entry) => (entry.kind === 'erasure' ? erase(pool, entry) : insert(pool, entry))
}

async function insert(on: pg.Pool | pg.PoolClient, entry: NewEntry): Promise<Appended> {
  const { rowCount } = await on.query({ ...APPEND, values: valuesOf(entry) })
  return rowCount === 1 ? 'stored' : 'taken'
}

function valuesOf(entry: NewEntry): unknown[] {
  return [
    ...Object.values(rowOf(entry)),
    entry.facts?.salt ?? null,
    entry.facts?.text ?? null,
    entry.outcomes.map(({ programme }) => programme),
    entry.outcomes.map(({ outcome }) => outcome),
  ]
}

/** The erasure must be an entry before the facts may go, so here it takes a transaction. */
async function erase(pool: pg.Pool, entry: NewEntry): Promise<Appended> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const appended = await insert(client, entry)
    await client.query(ERASE, [entry.decision])
    await client.query('commit')
    client.release()
    return appended
  } catch (error) {
    client.release(true)
    throw error
  }
}
