import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import pg from 'pg'
import tap, { type Test, test } from 'tap'
import { type DatabaseScreening, screenPostgres } from '../../src/screening/screen-postgres.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'
import { freshSchema, noPostgres } from '../support/stores.js'
import { tcpProxy } from '../support/tcp-proxy.js'
import { until } from '../support/until.js'

tap.setTimeout(300_000)

const skip = noPostgres
const HOUSEHOLDS = 4_000
const QUESTION = {
  rulebook: shippedRulebook(),
  asOf: '2020-06-01',
  knownAt: NOW.toISOString(),
  programmes: ['dongguan/minimum-living', 'dongguan/orphan-basic-living'],
}

/** A register of three members a household, every second household below the line. */
const REGISTER = `
  CREATE TABLE homes AS SELECT 'h' || n AS "householdId", (3179 + n % 2)::numeric AS "monthlyIncomeTotal",
    '441900' AS "hukouCode", TRUE AS "meetsDibaoPropertyRule" FROM generate_series(1, ${HOUSEHOLDS}) AS n;
  CREATE TABLE people AS SELECT 'h' || n AS "householdId", 'm' || m AS "memberId", '441900' AS "hukouCode",
    DATE '1950-01-01' + 7000 * m AS "dateOfBirth", m = 3 AS "isOrphan" FROM generate_series(1, ${HOUSEHOLDS}) AS n, generate_series(1, 3) AS m;
  ANALYZE homes; ANALYZE people`

interface Register {
  readonly run: (sql: string) => Promise<readonly Record<string, unknown>[]>
  /** The names of all tables there are. */
  readonly tables: () => Promise<readonly string[]>
  readonly screening: DatabaseScreening
}

/** A schema of its own with a register in it. */
async function register(t: Test): Promise<Register> {
  const database = await freshSchema(t)
  const client = new pg.Client(database)
  await client.connect()
  t.teardown(() => client.end())
  await client.query(REGISTER)
  const run = async (sql: string) => (await client.query(sql)).rows
  const screening = { ...QUESTION, database, households: 'homes', members: 'people', into: 'found' }
  const tables = async () => {
    const rows = await run(
      'SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1',
    )
    return rows.map(({ tablename }) => String(tablename))
  }
  return { run, tables, screening }
}

interface Line {
  readonly database: string
  /** What the database said so far. */
  readonly heard: () => string
}

/** A line to the database that is listened to; the first connection only, if so. */
async function listenedTo(
  t: Test,
  database: string,
  { onSent, once: single }: { onSent?: (text: string) => void; once?: true } = {},
): Promise<Line> {
  const url = new URL(database)
  const { hostname, port } = url
  const sockets: Socket[] = []
  let heard = ''
  const server = createServer((client) => {
    if (single && sockets.length > 0) return void client.destroy()
    const target = connect(Number(port || 5432), hostname)
    sockets.push(client, target)
    client.on('data', (piece) => onSent?.(piece.toString('latin1')))
    target.on('data', (piece) => {
      heard += piece.toString('latin1')
    })
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const)
      from.on('error', () => to.destroy()).pipe(to)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as { port: number }).port)
  return { database: url.toString(), heard: () => heard }
}

/** The same address with more settings for its session. */
function withSettings(database: string, settings: readonly string[]): string {
  const url = new URL(database)
  const all = [url.searchParams.get('options'), ...settings.map((setting) => `-c ${setting}`)]
  url.searchParams.set('options', all.join(' '))
  return url.toString()
}

/** Tables of a test are too small to be worth workers: nothing is asked for them. */
const EAGER = ['min_parallel_table_scan_size=0', 'parallel_setup_cost=0', 'parallel_tuple_cost=0']
const PLANS = [
  'session_preload_libraries=auto_explain',
  'auto_explain.log_min_duration=0',
  'auto_explain.log_analyze=on',
  'auto_explain.log_timing=off',
  'client_min_messages=log',
]

test('bounds and rows are worked out by the parallel plan of the database', {
  skip,
}, async (t) => {
  const { run, screening } = await register(t)
  const answers = []
  for (const workers of [2, 0]) {
    const line = await listenedTo(t, screening.database)
    const settings = [`max_parallel_workers_per_gather=${workers}`, ...EAGER, ...PLANS]
    const database = withSettings(line.database, settings)
    const into = `found_${workers}`
    answers.push(await screenPostgres({ ...screening, database, into }))
    const plans = line.heard().split('Query Text: ').slice(1)
    const plan = (begin: RegExp) => plans.find((one) => begin.test(one)) ?? 'no such statement'
    for (const statement of [
      /^CREATE UNLOGGED TABLE "huimin \d+ 0 members 0"/,
      /^CREATE UNLOGGED TABLE "huimin \d+ 0 households 0"/,
      /^CREATE TABLE "found_\d" AS/,
    ])
      t.equal(/^Gather /m.test(plan(statement)), workers === 2, `${workers}: ${statement}`)
  }
  t.match(answers[0], {
    households: HOUSEHOLDS,
    programmes: [{ eligible: HOUSEHOLDS / 2 }, { eligible: HOUSEHOLDS }],
  })
  t.strictSame(answers[0], answers[1])
  const differing = await run('(TABLE found_0 EXCEPT TABLE found_2) LIMIT 1')
  t.strictSame(differing, [], 'with workers and without, the same rows')
})

test('a screening that is stopped leaves no table behind, wherever it is', { skip }, async (t) => {
  const { screening, tables } = await register(t)
  for (const at of [
    'CREATE TABLE "found_rejects"',
    'CREATE UNLOGGED TABLE "huimin',
    'ANALYZE "huimin',
    'CREATE TABLE "found" AS',
    'DROP TABLE "huimin',
    'count("amount")',
  ]) {
    const controller = new AbortController()
    const onSent = (text: string) => {
      if (text.includes(at)) controller.abort()
    }
    const { database } = await listenedTo(t, screening.database, { onSent })
    const stopped = screenPostgres({ ...screening, database, signal: controller.signal })
    await t.rejects(stopped, { name: 'AbortError' }, at)
    t.strictSame(await tables(), ['homes', 'people'], at)
  }
  await screenPostgres(screening)
  t.strictSame(await tables(), ['found', 'found_rejects', 'homes', 'people'])
})

test('a screening that cannot be cancelled stops after the statement it is at', {
  skip,
}, async (t) => {
  const { screening, tables } = await register(t)
  const controller = new AbortController()
  const onSent = (text: string) => {
    if (text.includes('CREATE UNLOGGED TABLE')) controller.abort()
  }
  const { database } = await listenedTo(t, screening.database, { onSent, once: true })
  const stopped = screenPostgres({ ...screening, database, signal: controller.signal })
  await t.rejects(stopped, { name: 'AbortError' })
  t.strictSame(await tables(), ['homes', 'people'])
})

test('a connection that is lost ends a screening in one line, and leaves no table', {
  skip,
}, async (t) => {
  const { screening, run, tables } = await register(t)
  const loses = async (database: string) => {
    const lost = screenPostgres({ ...screening, database })
    await t.rejects(lost, { message: /^the connection to the database was lost: .+$/ })
    await until(async () => (await tables()).length === 2)
  }
  const url = new URL(screening.database)
  const proxy = await tcpProxy(t, Number(url.port || 5432))
  url.port = String(proxy.port)
  proxy.cutAt('ANALYZE "huimin', 'before-the-answer')
  await loses(url.toString())
  const onSent = (text: string) => {
    if (text.includes('ANALYZE "huimin')) void run(END_OTHERS)
  }
  await loses((await listenedTo(t, screening.database, { onSent })).database)
})

/** Ends every other connection that works in this schema. */
const END_OTHERS = `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
  WHERE relnamespace = current_schema()::regnamespace AND pid <> pg_backend_pid()`

test('where nothing is in force, a table without rows is made', { skip }, async (t) => {
  const { screening, run } = await register(t)
  const programmes = ['dongguan/minimum-living']
  const summary = await screenPostgres({ ...screening, programmes, asOf: '2010-01-01' })
  t.match(summary, { households: HOUSEHOLDS, programmes: [], notInForce: [{}] })
  t.strictSame(await run('SELECT count(*)::int AS n FROM found'), [{ n: 0 }])
})

test('names are read as SQL reads them, keywords too, and none is cut', { skip }, async (t) => {
  const { screening, run, tables } = await register(t)
  await run('ALTER TABLE homes RENAME TO "user"; ALTER TABLE people RENAME TO "table"')
  const views = { households: 'USER', members: 'table' }
  await screenPostgres({ ...screening, ...views, into: 'Select' })
  const longest = 'f'.repeat(55)
  await screenPostgres({ ...screening, ...views, into: longest })
  await t.rejects(screenPostgres({ ...screening, ...views, into: `${longest}f` }), {
    message: `"${longest}f" is too long for the name of a table: 55 letters at most`,
  })
  const made = [longest, `${longest}_rejects`, 'select', 'select_rejects']
  t.strictSame(await tables(), [...made, 'table', 'user'])
})

test('where the tables cannot be made, it is said, and nothing is changed', { skip }, async (t) => {
  const { screening, run, tables } = await register(t)
  const refused = (changes: Partial<DatabaseScreening>, message: string | RegExp) =>
    t.rejects(screenPostgres({ ...screening, ...changes }), { faults: [], message })
  await run('CREATE TABLE found_rejects AS SELECT 1 AS kept; CREATE VIEW seen AS SELECT 2 AS kept')
  await refused({}, 'there is a table "found_rejects" already')
  await refused({ into: 'seen' }, 'there is a table "seen" already')
  await refused(
    { into: 'nowhere.found' },
    /^the database refuses: schema "nowhere" does not exist$/,
  )
  const settings = ['default_transaction_read_only=on']
  const database = withSettings(screening.database, settings)
  await refused({ into: 'other', database }, /^the database refuses: cannot execute CREATE TABLE/)
  t.strictSame(await tables(), ['found_rejects', 'homes', 'people'])
  t.strictSame(await run('SELECT kept FROM found_rejects'), [{ kept: 1 }])
})
