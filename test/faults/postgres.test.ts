import pg from 'pg'
import t, { type Test } from 'tap'
import { startWriting, verifyAfter } from '../support/fault-writer.js'
import {
  decisionRequest,
  type LedgerService,
  ledgerService,
  record,
} from '../support/ledger-service.js'
import { noCluster, ownCluster } from '../support/own-cluster.js'
import { freshSchema } from '../support/stores.js'
import { tcpProxy } from '../support/tcp-proxy.js'
import { until } from '../support/until.js'

t.setTimeout(900_000)

const KILLS = 50
const skip = noCluster
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

t.test(
  `killed ${KILLS} times while 8 writers record, it loses nothing that was acknowledged`,
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const place = { DATA_DIR: t.testdir(), DATABASE_URL: await freshSchema(t, cluster.url) }
    let acknowledged = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const writing = await startWriting(t, place, `run-${kill}`)
      await writing.until(kill % 6)
      await pause(Math.random() * 130)
      await writing.kill()
      const receipts = writing.acknowledged()
      const { findings } = await verifyAfter(place, receipts)
      acknowledged += receipts.length
      if (findings.length > 0) t.strictSame(findings.slice(0, 3), [], `kill ${kill}`)
    }
    t.ok(acknowledged > 100, `${acknowledged} acknowledged`)
    t.comment(`PostgreSQL: ${KILLS} kills, ${acknowledged} acknowledged, 0 lost`)
  },
)

t.test(
  'every server process killed while 8 writers record: nothing acknowledged is lost',
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const place = { DATA_DIR: t.testdir(), DATABASE_URL: await freshSchema(t, cluster.url) }
    for (let round = 0; round < 5; round++) {
      const writing = await startWriting(t, place, `round-${round}`)
      await writing.until(round)
      await pause(Math.random() * 200)
      await cluster.stop()
      await writing.kill()
      await cluster.start()
      t.match(await verifyAfter(place, writing.acknowledged()), { good: true }, `round ${round}`)
    }
  },
)

t.test(
  'two services on one database, one killed while it is the sequencer: the other takes over',
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const url = await freshSchema(t, cluster.url)
    const named = (name: string) => ({
      DATA_DIR: t.testdirName,
      DATABASE_URL: `${url}&application_name=${name}`,
    })
    t.testdir()
    const a = await startWriting(t, named('service-a'), 'a')
    const b = await startWriting(t, named('service-b'), 'b')
    const watcher = new pg.Client({ connectionString: url })
    await watcher.connect()
    await until(async () => (await sequencerOf(watcher)) === 'service-a', 60_000)
    await a.until(1)
    await a.kill()
    await b.until(b.acknowledged().length + 1)
    await pause(2_000)
    await b.kill()
    await watcher.end()
    const receipts = [...a.acknowledged(), ...b.acknowledged()]
    t.ok(
      a.acknowledged().length > 0 && b.acknowledged().length > 0,
      `${receipts.length} acknowledged`,
    )
    t.match(await verifyAfter(named('after'), receipts), { good: true })
  },
)

/** The name of the service that gives places at this moment. */
async function sequencerOf(watcher: pg.Client): Promise<string | undefined> {
  const { rows } = await watcher.query(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and application_name like 'service-%'`,
  )
  return rows[0]?.name
}

/** Sends a decision; its status and what the same key gives once the fault is over. */
const send = ({ ask }: LedgerService, key: string) =>
  ask('caseworker', 'POST', '/v1/decisions', decisionRequest, { 'idempotency-key': key })

/** A service on a database of the test's own. */
async function service(t: Test, url: string): Promise<LedgerService> {
  return ledgerService(t, { url })
}

t.test(
  'stopped and started again: 503 meanwhile, then as before, without a restart of the service',
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const own = await service(t, await freshSchema(t, cluster.url))
    t.equal((await send(own, 'before')).statusCode, 201)
    await cluster.stop()
    for (const key of ['during-1', 'during-2']) {
      const answer = await send(own, key)
      t.strictSame([answer.statusCode, answer.json().code], [503, 'store-unavailable'])
    }
    t.equal((await own.ask(null, 'GET', '/readyz')).statusCode, 503)
    t.equal((await own.ask(null, 'GET', '/healthz')).statusCode, 200)
    await cluster.start()
    t.equal((await send(own, 'before')).statusCode, 200)
    t.equal((await send(own, 'during-1')).statusCode, 201, 'what was denied had not been stored')
    t.equal((await own.ask(null, 'GET', '/readyz')).statusCode, 200)
    await until(async () => (await own.ledger.store.size()) === 2)
  },
)

t.test(
  'frozen: 503 in a few seconds; thawed, the key finds what became of it',
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const own = await service(t, await freshSchema(t, cluster.url))
    await record(own, decisionRequest, 'before')
    cluster.freeze()
    const from = Date.now()
    const answers = await Promise.all(['a', 'b', 'c'].map((key) => send(own, key)))
    t.strictSame(
      answers.map(({ statusCode }) => statusCode),
      [503, 503, 503],
    )
    t.ok(Date.now() - from < 15_000, `${Date.now() - from} ms`)
    cluster.thaw()
    await until(async () => (await own.ask(null, 'GET', '/readyz')).statusCode === 200, 30_000)
    for (const key of ['a', 'b', 'c']) {
      const [first, second] = [await send(own, key), await send(own, key)]
      t.ok([200, 201].includes(first.statusCode), `${key}: ${first.statusCode}`)
      t.strictSame([second.statusCode, second.json().id], [200, first.json().id])
    }
    await until(async () => (await own.ledger.store.size()) === 4)
  },
)

t.test(
  'the line cut half-way through a commit: denied, and the key says whether it was stored',
  { skip },
  async (t) => {
    const cluster = await ownCluster(t)
    const proxy = await tcpProxy(t, cluster.port)
    const url = (await freshSchema(t, cluster.url)).replace(`:${cluster.port}/`, `:${proxy.port}/`)
    const own = await service(t, url)
    await record(own, decisionRequest, 'before')
    for (const [cut, after] of [
      ['before-the-answer', 200],
      ['half-way', 201],
    ] as const) {
      for (let round = 0; round < 5; round++) {
        const key = `${cut}-${round}`
        // The name of the statement that appends; nothing else that is sent holds it.
        proxy.cutAt('append\0', cut)
        t.equal((await send(own, key)).statusCode, 503, `${key}: denied`)
        t.equal((await send(own, key)).statusCode, after, `${key}: the key finds it, or stores it`)
        t.equal((await send(own, key)).statusCode, 200, `${key}: once`)
      }
    }
    t.equal(proxy.cuts(), 10)
    await until(async () => (await own.ledger.store.size()) === 11)
  },
)
