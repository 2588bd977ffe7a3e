import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import pg from 'pg'
import { test } from 'tap'
import {
  appendLeaves,
  EMPTY_EDGE,
  edgePlaces,
  leafHashOf,
  rootOf,
} from '../../src/ledger/merkle-tree.js'
import { ledgerReads } from '../../src/ledger/stores/ledger-reads.js'
import { kyselyPostgres, openPostgres } from '../../src/ledger/stores/postgres.js'
import { postgresPool } from '../../src/ledger/stores/postgres-pool.js'
import { sequence } from '../../src/ledger/stores/sequence.js'
import { besideSqlite, checkDurable, openSqlite } from '../../src/ledger/stores/sqlite.js'
import type { Delivery, NewEntry, Store } from '../../src/ledger/stores/store.js'
import type { OpenTables } from '../../src/ledger/stores/tables.js'
import { freshSchema, noPostgres, STORES } from '../support/stores.js'
import { tcpProxy } from '../support/tcp-proxy.js'
import { until } from '../support/until.js'

let clock = Date.parse('2026-11-24T00:00:00Z')

/** An entry as the ledger would append it. */
function newEntry(given: Partial<NewEntry> = {}): NewEntry {
  const id = randomUUID()
  const body = JSON.stringify({ id, text: '低保' })
  clock += 1_000
  return {
    id,
    kind: 'decision',
    body,
    leafHash: leafHashOf(body).toString('base64'),
    recordedAt: new Date(clock).toISOString(),
    office: 'north',
    caseReference: 'case-1',
    decision: null,
    signature: 's',
    keyId: 'k',
    idempotency: { key: id, digest: `digest of ${id}` },
    facts: { salt: 'c2FsdA==', text: '{"income":31337}' },
    outcomes: [{ programme: 'town/living', outcome: 'eligible' }],
    ...given,
  }
}

const about = (decision: string, kind: 'review' | 'erasure', given: Partial<NewEntry> = {}) =>
  newEntry({
    kind,
    decision,
    caseReference: null,
    idempotency: null,
    facts: null,
    outcomes: [],
    ...given,
  })

const sequenced = (store: Store, size: number) => until(async () => (await store.size()) === size)

for (const { name, skip, place, open } of STORES) {
  test(`${name}: an entry is stored with its facts, and read as it was written`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const entry = newEntry()
    t.equal(await store.append(entry), 'stored')
    const { idempotency, facts, outcomes: _, ...stored } = entry
    t.strictSame(await store.entry(entry.id), stored)
    t.strictSame(await store.facts(entry.id), facts)
    t.strictSame(await store.byKey('north', entry.id), {
      id: entry.id,
      digest: idempotency?.digest,
    })
    t.equal(await store.byKey('south', entry.id), null, 'keys are an office’s own')
    t.equal(await store.entry('no such'), null)
    t.equal(await store.facts('no such'), null)
  })

  test(`${name}: of concurrent twins one is stored and the others find its key taken`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const twins = Array.from({ length: 8 }, () =>
      newEntry({ idempotency: { key: 'one', digest: 'd' } }),
    )
    const appended = await Promise.all(twins.map((twin) => store.append(twin)))
    t.strictSame(appended.filter((each) => each === 'stored').length, 1)
    const stored = twins[appended.indexOf('stored')] as NewEntry
    t.equal((await store.byKey('north', 'one'))?.id, stored.id)
    const another = { office: 'south', idempotency: { key: 'one', digest: 'd' } }
    t.equal(await store.append(newEntry(another)), 'stored', 'in another office')
    await sequenced(store, 2)
    const facts = await Promise.all(twins.map(({ id }) => store.facts(id)))
    t.equal(facts.filter(Boolean).length, 1)
  })

  test(`${name}: every entry gets one place in the log, and the nodes are those of its tree`, {
    skip,
  }, async (t) => {
    const at = await place(t)
    let store = await open(at)
    const entries = Array.from({ length: 37 }, () => newEntry())
    for (const part of [entries.slice(0, 20), entries.slice(20)]) {
      await Promise.all(part.map((entry) => store.append(entry)))
      await sequenced(
        store,
        part === entries.slice(0, 20) ? 20 : entries.indexOf(part.at(-1) as NewEntry) + 1,
      )
      await store.close()
      store = await open(at)
    }
    t.teardown(() => store.close())
    const logged = await store.logged(0, 100)
    t.strictSame(
      logged.map(({ leafIndex }) => leafIndex),
      [...entries.keys()],
    )
    t.strictSame(new Set(logged.map(({ id }) => id)), new Set(entries.map(({ id }) => id)))
    const outcomesOf = new Map(entries.map(({ id, outcomes }) => [id, outcomes]))
    for (const { id, outcomes } of logged) t.strictSame(outcomes, outcomesOf.get(id))
    t.strictSame(
      (await store.logged(3, 5)).map(({ leafIndex }) => leafIndex),
      [3, 4],
    )
    t.equal(await store.leafIndex(logged[9]?.id as string), 9)
    t.equal(await store.leafIndex('no such'), null)
    const leaves = logged.map(({ leafHash }) => Buffer.from(leafHash, 'base64'))
    const places = edgePlaces(37)
    const nodes = await store.nodes(places)
    t.equal(nodes.length, places.length)
    const ordered = places.map((one) =>
      nodes.find(({ level, index }) => level === one.level && index === one.index),
    )
    t.strictSame(rootOf({ nodes: ordered as never }), rootOf(appendLeaves(EMPTY_EDGE, leaves).edge))
    t.strictSame(await store.nodes([]), [])
  })

  test(`${name}: decisions are found by what they are about, newest or oldest first, page by page`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const [a, b, c] = [
      newEntry({ caseReference: 'x' }),
      newEntry({
        office: 'south',
        outcomes: [{ programme: 'town/living', outcome: 'ineligible' }],
      }),
      newEntry({
        caseReference: 'x',
        facts: null,
        outcomes: [{ programme: 'town/elders', outcome: 'eligible' }],
      }),
    ]
    for (const entry of [a, b, c]) await store.append(entry)
    await store.append(about(a.id, 'review'))
    const ids = async (query: object) =>
      (await store.newest({ limit: 10, ...query }, null)).map(({ id }) => id)
    t.strictSame(await ids({}), [c.id, b.id, a.id])
    t.strictSame(await ids({ office: 'north' }), [c.id, a.id])
    t.strictSame(await ids({ caseReference: 'x', programme: 'town/elders' }), [c.id])
    t.strictSame(await ids({ outcome: 'ineligible' }), [b.id])
    t.strictSame(await ids({ programme: 'town/living', outcome: 'eligible' }), [a.id])
    t.strictSame(await ids({ programmesOf: 'town' }), [c.id, b.id, a.id])
    t.strictSame(await ids({ programmesOf: 'tow' }), [])
    t.strictSame(await ids({ from: b.recordedAt, to: c.recordedAt }), [b.id])
    t.strictSame(await ids({ limit: 1 }), [c.id])
    const older = await store.newest({ limit: 10 }, c)
    t.strictSame(
      older.map(({ id }) => id),
      [b.id, a.id],
    )
    const oldest = await store.oldest({ limit: 10 }, a)
    t.strictSame(
      oldest.map(({ id, facts }) => [id, facts?.text]),
      [
        [b.id, '{"income":31337}'],
        [c.id, undefined],
      ],
    )
    t.strictSame(
      (await store.oldest({ limit: 1 }, null)).map(({ id }) => id),
      [a.id],
    )
  })

  test(`${name}: erasing is an entry, takes the facts of the decision and its reviews, once`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const [decision, other] = [newEntry(), newEntry()]
    const review = about(decision.id, 'review', { facts: { salt: 's', text: '{"reason":"x"}' } })
    for (const entry of [decision, other, review]) t.equal(await store.append(entry), 'stored')
    const erasure = about(decision.id, 'erasure')
    t.equal(await store.append(erasure), 'stored')
    t.equal(await store.append(about(decision.id, 'erasure')), 'taken')
    t.strictSame(
      await Promise.all(
        [decision, review, other].map(async ({ id }) => (await store.facts(id)) !== null),
      ),
      [false, false, true],
    )
    t.strictSame(
      (await store.about(decision.id)).map(({ id }) => id),
      [review.id, erasure.id],
    )
    t.equal((await store.entry(decision.id))?.body, decision.body)
    await sequenced(store, 4)
    const late = about(decision.id, 'review', { facts: { salt: 's', text: '{"reason":"y"}' } })
    await store.append(late)
    t.equal(await store.append(about(decision.id, 'erasure')), 'taken')
    t.equal(await store.facts(late.id), null, 'a reason that was given later can be erased too')
  })

  test(`${name}: checkpoints, keys and deliveries are kept`, { skip }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const origin = await store.origin()
    t.match(origin, /^huimin\.local\/[0-9a-f]{12}$/)
    t.equal(await store.latestCheckpoint(), null)
    for (const size of [2, 5, 5])
      await store.addCheckpoint({ size, note: `note ${size}`, issuedAt: 'now' })
    t.strictSame(await store.latestCheckpoint(), { size: 5, note: 'note 5', issuedAt: 'now' })
    t.strictSame(
      (await store.checkpoints(2, 10)).map(({ size }) => size),
      [5],
    )
    const key = (keyId: string, since: string) => ({
      keyId,
      verifier: `v ${keyId}`,
      since,
      retiredAt: null,
    })
    await store.addKey(key('a', '1'), false)
    await store.addKey(key('a', '2'), false)
    await store.addKey(key('b', '3'), true)
    t.strictSame(await store.keys(), [{ ...key('a', '1'), retiredAt: '3' }, key('b', '3')])
    await store.addKey(key('a', '4'), false)
    t.strictSame(await store.keys(), [key('a', '1'), key('b', '3')], 'it signs again')
    await store.addKey(key('a', '5'), true)
    t.strictSame(await store.keys(), [key('a', '1'), { ...key('b', '3'), retiredAt: '5' }])
    const [first, second] = ['2026-11-24', '2026-11-25'].map((deliveredAt) => ({
      size: 5,
      place: '/mnt/auditor',
      deliveredAt,
    })) as [Delivery, Delivery]
    await store.addDelivery(first)
    await store.addDelivery(second)
    t.strictSame(await store.deliveries(), [second, first], 'the newest first')
  })

  test(`${name}: readings are found by decision, actor and time, newest first, page by page`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const [a, b] = [newEntry(), newEntry()]
    for (const entry of [a, b]) await store.append(entry)
    const reading = (id: string, second: number, decision: string | null, actor = 'w') => ({
      id,
      readAt: `2026-11-24T00:00:0${second}.000Z`,
      actor,
      office: actor === 'w' ? 'north' : null,
      act: decision === null ? ('list' as const) : ('read' as const),
      decision,
    })
    const [one, two, three, four] = [
      reading('r1', 1, a.id),
      reading('r2', 2, b.id, 'auditor'),
      reading('r3', 2, a.id, 'auditor'),
      reading('r4', 3, null),
    ]
    await store.addReadings([three, one])
    await store.addReadings([four, two])
    const found = async (query: object, before: Parameters<Store['readings']>[1] = null) =>
      await store.readings({ limit: 10, ...query }, before)
    t.strictSame(await found({}), [four, three, two, one])
    t.strictSame(await found({ limit: 2 }), [four, three])
    t.strictSame(await found({ decision: a.id }), [three, one])
    t.strictSame(await found({ actor: 'auditor' }), [three, two])
    t.strictSame(await found({ actor: 'auditor', decision: a.id }), [three])
    t.strictSame(await found({ from: two.readAt }), [four, three, two])
    t.strictSame(await found({ to: two.readAt }), [one])
    const at = ({ readAt: recordedAt, id }: typeof one) => ({ recordedAt, id })
    t.strictSame(await found({}, at(three)), [two, one])
    t.strictSame(await found({}, at(one)), [])
  })

  test(`${name}: a store that has been closed is unavailable`, { skip }, async (t) => {
    const store = await open(await place(t))
    await store.append(newEntry())
    await store.close()
    await t.rejects(store.entry('x'), { code: 'store-unavailable' })
    await t.rejects(store.append(newEntry()), { code: 'store-unavailable' })
  })
}

for (const { name, skip, place, open } of STORES) {
  test(`${name}: an erasure of what is not there fails, and nothing of it stays`, {
    skip,
  }, async (t) => {
    const store = await open(await place(t))
    t.teardown(() => store.close())
    const erasure = about('no such', 'erasure')
    await t.rejects(store.append(erasure), { code: 'store-unavailable', cause: {} })
    t.equal(await store.entry(erasure.id), null)
    t.equal(await store.append(newEntry()), 'stored')
  })
}

const TABLES = [
  'identity',
  'entries',
  'outcomes',
  'log',
  'nodes',
  'checkpoints',
  'deliveries',
  'facts',
]

test('SQLite refuses to edit or remove what the ledger keeps', async (t) => {
  const folder = t.testdir()
  await fill(await openSqlite(folder))
  const database = new Database(`${folder}/ledger.db`)
  t.teardown(() => database.close())
  for (const table of TABLES) {
    const column = database.prepare(`select name from pragma_table_info(?)`).pluck().get(table)
    t.throws(
      () => database.exec(`update ${table} set ${column} = ${column}`),
      /append-only/,
      `update ${table}`,
    )
    t.throws(() => database.exec(`delete from ${table}`), /append-only/, `delete from ${table}`)
  }
})

test('PostgreSQL refuses to edit or remove what the ledger keeps', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  await fill(await openPostgres(url))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  for (const table of TABLES) {
    const { fields } = await client.query(`select * from ${table}`)
    const column = fields[0]?.name
    await t.rejects(
      client.query(`update ${table} set ${column} = ${column}`),
      /append-only/,
      `update ${table}`,
    )
    await t.rejects(client.query(`delete from ${table}`), /append-only/, `delete from ${table}`)
    await t.rejects(client.query(`truncate ${table} cascade`), /append-only/, `truncate ${table}`)
  }
})

async function fill(store: Store): Promise<void> {
  await Promise.all([newEntry(), newEntry()].map((entry) => store.append(entry)))
  await sequenced(store, 2)
  await store.addCheckpoint({ size: 2, note: 'n', issuedAt: 'now' })
  await store.addDelivery({ size: 2, place: 'p', deliveredAt: 'now' })
  await store.close()
}

test('a second process on the same folder is refused with one line, until the first has died', async (t) => {
  const folder = t.testdir()
  const held = await openSqlite(folder)
  const script = `import { openSqlite } from '${new URL('../../dist/ledger/stores/sqlite.js', import.meta.url)}'
    openSqlite(process.argv[1]).then(() => { console.log('opened'); process.kill(process.pid, 'SIGKILL') }, (error) => console.log(error.message))`
  const run = () => {
    try {
      return execFileSync(process.execPath, ['--input-type=module', '-e', script, folder], {
        encoding: 'utf8',
      })
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }
  t.equal(run(), `DATA_DIR ${folder} is in use by another Huimin process\n`)
  await t.rejects(openSqlite(folder), /is in use by another Huimin process/)
  await held.close()
  t.equal(run(), 'opened\n', 'killed while it had the folder')
  await (await openSqlite(folder)).close()
})

test('a command reads the folder beside the service, without a lock', async (t) => {
  const folder = t.testdir()
  const store = await openSqlite(folder)
  t.teardown(() => store.close())
  await store.append(newEntry())
  const reader = besideSqlite(folder, 'read')
  const reads = ledgerReads(reader.db)
  t.equal(await reads.size(), 1)
  t.equal(await reads.origin(), await store.origin())
  await reader.close()
})

test('SQLite writes what waits in one turn of the event loop in one transaction', async (t) => {
  const folder = t.testdir()
  const store = await openSqlite(folder)
  const commits = () => {
    const reader = new Database(`${folder}/ledger.db`, { readonly: true })
    const version = reader.pragma('data_version', { simple: true })
    reader.close()
    return version
  }
  commits()
  const watcher = new Database(`${folder}/ledger.db`, { readonly: true })
  const before = watcher.pragma('data_version', { simple: true }) as number
  await Promise.all(Array.from({ length: 50 }, () => store.append(newEntry())))
  t.equal((watcher.pragma('data_version', { simple: true }) as number) - before, 1)
  watcher.close()
  await store.close()
})

test('a folder that cannot be written durably, or is no store, stops the start', async (t) => {
  const folder = t.testdir({
    'ledger.db': 'this is no database, and long enough not to be empty'.repeat(20),
  })
  await t.rejects(openSqlite(folder), /not a database/)
  await t.rejects(openSqlite(folder), /not a database/, 'the lock was let go')
})

test('a database that cannot be reached, or has no schema, stops the start with one line', {
  skip: noPostgres,
}, async (t) => {
  await t.rejects(openPostgres('postgres://postgres@127.0.0.1:1/test'), {
    message: /^DATABASE_URL: [^\n]+$/,
  })
  const url = await freshSchema(t)
  const nowhere = url.replace(/huimin_[0-9a-f]+/, 'nowhere')
  await t.rejects(openPostgres(nowhere), {
    message: 'DATABASE_URL: there is no schema to create tables in',
  })
})

test('several processes start on an empty PostgreSQL schema at once, and share one log', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  const stores = await Promise.all([1, 2, 3].map(() => openPostgres(url)))
  t.teardown(() => Promise.all(stores.map((store) => store.close())))
  t.equal(new Set(await Promise.all(stores.map((store) => store.origin()))).size, 1)
  await Promise.all(
    stores.flatMap((store) => Array.from({ length: 20 }, () => store.append(newEntry()))),
  )
  await sequenced(stores[0] as Store, 60)
})

test('one sequencer works at a time; the lock passes on when its connection ends', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  await (await openPostgres(url)).close()
  const pool = postgresPool(url)
  const db = kyselyPostgres(pool)
  t.teardown(() => db.destroy())
  const holder = new pg.Client({ connectionString: url })
  await holder.connect()
  await holder.query('begin')
  await holder.query("select pg_advisory_xact_lock(hashtext('huimin'), hashtext(current_schema()))")
  await db
    .insertInto('entries')
    .values({ ...row('e'), body: '{}' })
    .execute()
  await db
    .insertInto('pending')
    .values({ entry_id: 'e', leaf_hash: leafHashOf('{}').toString('base64') })
    .execute()
  t.equal(await sequence(db), 0)
  const { rows } = await sql<{
    pid: number
  }>`select pid from pg_locks where locktype = 'advisory' and granted and pid <> pg_backend_pid()
    and objid = hashtext(current_schema())::oid`.execute(db)
  holder.on('error', () => {})
  for (const { pid } of rows) await sql`select pg_terminate_backend(${pid})`.execute(db)
  await until(async () => (await sequence(db)) === 1)
  t.equal(await sequence(db), 0, 'nothing is left')
})

function row(id: string) {
  const { idempotency: _, facts: __, outcomes: ___, ...entry } = newEntry({ id })
  return {
    id,
    kind: entry.kind,
    body: entry.body,
    leaf_hash: entry.leafHash,
    recorded_at: entry.recordedAt,
    office: 'north',
    case_reference: null,
    decision: null,
    signature: 's',
    key_id: 'k',
    idempotency_key: null,
    request_digest: null,
  }
}

test('PostgreSQL’s large integers come as numbers', { skip: noPostgres }, async (t) => {
  const pool = postgresPool(await freshSchema(t))
  const { rows } = await pool.query("select 9007199254740991::bigint as n, 'x'::text as s")
  t.strictSame(rows, [{ n: 9007199254740991, s: 'x' }])
  await pool.end()
})

test('a store starts while other schemas of its database come and go', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  let others = 0
  let over = false
  const comeAndGo = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (let name = `other_${randomUUID().slice(0, 8)}`; !over; others += 1) {
      await client.query(`create schema ${name}; create table ${name}.some (id serial, n int)`)
      await client.query(`drop schema ${name} cascade`)
    }
    await client.end()
  }
  const going = Promise.all([comeAndGo(), comeAndGo(), comeAndGo()])
  try {
    for (let start = 0; start < 40; start++) await (await openPostgres(url)).close()
  } finally {
    over = true
    await going
  }
  t.ok(others > 10, `${others} others`)
})

test('more entries than one round takes get their places round after round', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  await (await openPostgres(url)).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`insert into entries select 'e' || n, 'decision', '{}', 'aGFzaA==', 'now', 'north', null, null, 's', 'k'
    from generate_series(1, 4100) n`)
  await client.query('insert into pending select id, leaf_hash from entries')
  await client.end()
  const store = await openPostgres(url)
  t.teardown(() => store.close())
  await sequenced(store, 4_100)
})

test('a lock that cannot be taken for another reason, or a store without syncs, is said so', async (t) => {
  const folder = t.testdir({
    lock: 'this is no database, and long enough not to be empty'.repeat(20),
  })
  await t.rejects(openSqlite(folder), /not a database/)
  const memory = new Database(':memory:')
  t.throws(() => checkDurable(memory), {
    message: ':memory: cannot be written durably: journal_mode memory, synchronous 2',
  })
  memory.close()
})

test('what is opened beside the process that appends can do no more than was asked for', async (t) => {
  const folder = t.testdir({ empty: {} })
  const store = await openSqlite(folder)
  t.teardown(() => store.close())
  const forget = ({ db }: OpenTables) => db.deleteFrom('keys').execute()
  const reader = besideSqlite(folder, 'read')
  t.strictSame(await reader.db.selectFrom('keys').selectAll().execute(), [])
  await t.rejects(forget(reader), /readonly/)
  const writer = besideSqlite(folder, 'write')
  await forget(writer)
  for (const one of [reader, writer]) {
    await one.close()
    await t.rejects(forget(one), /not open/)
  }
  t.throws(() => besideSqlite(`${folder}/empty`, 'write'), /unable to open/)
  t.strictSame(readdirSync(`${folder}/empty`), [], 'nothing is made where nothing was')
})

test('a folder whose tables are another program’s stops the start', async (t) => {
  const folder = t.testdir()
  const other = new Database(`${folder}/ledger.db`)
  other.exec('create table entries (x)')
  other.close()
  await t.rejects(openSqlite(folder), /"entries" already exists/)
})

test('a connection lost in the middle of a read is 503 once, and not used again', {
  skip: noPostgres,
}, async (t) => {
  const url = await freshSchema(t)
  const proxy = await tcpProxy(t, Number(new URL(url).port))
  const store = await openPostgres(url.replace(/:\d+\//, `:${proxy.port}/`))
  t.teardown(() => store.close())
  proxy.cutAt('no such entry', 'before-the-answer')
  await t.rejects(store.entry('no such entry'), { code: 'store-unavailable' })
  t.equal(await store.entry('no such entry'), null)
})
