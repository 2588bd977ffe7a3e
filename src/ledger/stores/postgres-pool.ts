import pg from 'pg'

const INT8 = 20

/** Milliseconds. A frozen server says nothing, so this side keeps time as well. */
const PATIENCE = {
  connectionTimeoutMillis: 3_000,
  statement_timeout: 5_000,
  query_timeout: 6_000,
  // A process that froze in a transaction must not hold the sequencer's lock for ever.
  idle_in_transaction_session_timeout: 5_000,
}

/** A database a ledger can be kept in: a pool whose broken connections are not used again. */
export function postgresPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    keepAlive: true,
    application_name: 'huimin',
    ...PATIENCE,
    types: { getTypeParser: parserOf },
  })
  // A connection that was lost is replaced by the next request for one; whoever was using it has
  // its own rejection. Without a listener the loss would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Counts come as numbers; all the rest as the driver has it. */
function parserOf(type: number, format?: 'text' | 'binary') {
  return type === INT8 ? Number : pg.types.getTypeParser(type, format as 'text')
}

/**
 * A pool for Kysely: a connection on which a query failed otherwise than by the database's own
 * answer (no answer, or half of one) is closed when it is given back.
 */
export function discardBroken(pool: pg.Pool) {
  return {
    connect: async () => {
      const client = await pool.connect()
      let broken: Error | undefined
      const query = async (...args: Parameters<typeof client.query>) => {
        try {
          return await client.query(...args)
        } catch (error) {
          if (!(error instanceof pg.DatabaseError)) broken = error as Error
          throw error
        }
      }
      return { query, release: () => client.release(broken) } as never
    },
    end: () => pool.end(),
  }
}
