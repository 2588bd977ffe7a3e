import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { DuckDBInstance } from '@duckdb/node-api'
import tap, { test } from 'tap'
import { openScreenings, type Screenings } from '../../src/http/screenings/open-screenings.js'
import { paceOf } from '../../src/http/screenings/pace.js'
import { receiveLines } from '../../src/http/screenings/receive-lines.js'
import { chooseFormat, resultsStream } from '../../src/http/screenings/results-file.js'
import { checkRoom, problemOf } from '../../src/http/screenings/room.js'
import { screeningEvents } from '../../src/http/screenings/screening-events.js'
import type { ScreeningRun } from '../../src/http/screenings/screening-run.js'
import { screeningsIn } from '../../src/http/screenings/screenings-in.js'
import { Problem } from '../../src/model/errors.js'
import { InputError } from '../../src/screening/input/input-error.js'
import { KEYS, ledgerService } from '../support/ledger-service.js'
import { madeRegister, screeningService } from '../support/screening-service.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { noSmallDisk, smallDisk } from '../support/small-disk.js'
import { freshSchema, noPostgres } from '../support/stores.js'
import { until } from '../support/until.js'

tap.setTimeout(600_000)

const rulebook = shippedRulebook()
const folder = tap.testdir()

/** Lines of a made register, as the service takes them. */
async function registerLines(households: number): Promise<readonly string[]> {
  const out = await madeRegister(join(folder, `made-${households}`), households, 'ndjson')
  return readFileSync(join(out, 'households.ndjson'), 'utf8').trim().split('\n')
}

const small = await registerLines(40)
const large = await registerLines(4_000)
const ONE = `${JSON.stringify({ householdId: 'f', household: { members: [{ id: 'm1' }] } })}\n`
const QUICK = '?asOf=2020-06-01&jurisdiction=441900&programmes=dongguan/minimum-living'

/** What is left in the folder of a screening that has finished. */
const KEPT = ['register.duckdb', 'rejects.ndjson', 'results.parquet', 'screening.json']

const byName = (a: string, b: string) => (a < b ? -1 : 1)

test('each household comes out as POST /v1/determinations says: outcome, amount, missing', async (t) => {
  const { upload, ended, fetch, ask } = await screeningService(t)
  const query = '?asOf=2020-06-01&jurisdiction=441900'
  const id = await upload(query, small.join('\n'))
  t.match(await ended(id), {
    status: 'finished',
    lines: 40,
    counts: { households: 40, rejected: 0 },
  })
  const rows = (await (await fetch(`/${id}/results`)).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const found = rows.map((row) => [
    ...[row.householdId, row.programme, row.memberId, row.ruleVersion, row.outcome, row.amount],
    row.missing,
  ])
  const expected: unknown[] = []
  for (const line of small) {
    const { householdId, household } = JSON.parse(line)
    const answer = await ask(null, 'POST', '/v1/determinations', {
      ...{ asOf: '2020-06-01', knownAt: '2026-11-24T02:00:00Z', jurisdiction: '441900' },
      household,
    })
    for (const one of answer.json().determinations)
      expected.push([
        ...[householdId, one.programme, one.subject.id ?? null, one.ruleVersion, one.outcome],
        ...[one.entitlement?.amount ?? null, one.missing],
      ])
  }
  const inOrder = (list: unknown[]) => list.map((row) => JSON.stringify(row)).sort(byName)
  t.ok(expected.length > 2_000, `${expected.length} determinations`)
  t.strictSame(inOrder(found), inOrder(expected))
})

test('results come as NDJSON, CSV or Parquet, by Accept or by name, and are not kept twice', async (t) => {
  const { upload, ended, fetch, screenings } = await screeningService(t)
  const id = await upload(QUICK, small.join('\n'))
  const { counts, summary, notInForce, problem } = await ended(id)
  t.match(
    [counts, summary, notInForce, problem],
    [
      { households: 40 },
      [{ programme: 'dongguan/minimum-living', subject: 'household', unit: 'CNY/month' }],
      [],
      null,
    ],
  )
  const read = async (format: string, init?: RequestInit) => {
    const answer = await fetch(`/${id}/results${format}`, init)
    t.equal(answer.headers.get('cache-control'), 'no-store')
    t.match(answer.headers.get('content-disposition'), new RegExp(`screening-${id}\\.`))
    return Buffer.from(await answer.arrayBuffer())
  }
  const csv = (await read('?format=csv')).toString()
  t.equal(csv.split('\n')[0], 'householdId,memberId,programme,ruleVersion,outcome,amount,missing')
  t.equal(csv.trim().split('\n').length, 41)
  t.same(await read('', { headers: { accept: 'text/csv' } }), Buffer.from(csv))
  const parquet = join(t.testdir(), 'results.parquet')
  writeFileSync(parquet, await read('?format=parquet'))
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const count = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM '${parquet}'`)
  t.strictSame(count.getRowsJson(), [[40]])
  t.equal((await read('')).toString().trim().split('\n').length, 40)
  t.equal((await fetch(`/${id}/results?format=xlsx`)).status, 400)
  const own = String(screenings.find(id)?.folder)
  t.strictSame(readdirSync(own).sort(), KEPT)
  t.equal(statSync(own).mode & 0o777, 0o700)
  t.equal(statSync(join(own, 'register.duckdb')).mode & 0o777, 0o600)
  for (const format of ['csv', 'ndjson'] as const) {
    const [whole, sliced] = await Promise.all(
      [1_000, 7].map(async (slice) => (await resultsStream(own, format, slice).toArray()).join('')),
    )
    t.equal(sliced, whole, `${format} in slices is the same`)
  }
})

test('a line with a fault is a reject with its line, pointer and reason, and never its value', async (t) => {
  const { upload, ended, fetch, logged } = await screeningService(t)
  const wrong = {
    householdId: 'w',
    household: { monthlyIncomeTotal: 'sevenhundred', members: [{ id: 'm1' }] },
  }
  const id = await upload(QUICK, `${ONE}no json\n${JSON.stringify(wrong)}`)
  t.match(await ended(id), { lines: 3, counts: { households: 1, rejected: 2, faults: 2 } })
  const text = await (await fetch(`/${id}/rejects`)).text()
  const [first, second] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  t.match(first, { file: 'households.ndjson', line: 2, pointer: '', code: 'malformed-json' })
  t.match(second, {
    line: 3,
    pointer: '/household/monthlyIncomeTotal',
    reason: /wrong type/,
    reasonZh: /类型/,
  })
  t.notMatch(`${text}${logged()}`, /sevenhundred/)
})

test('events tell the whole state as it changes, and the outcome at the end, also to who comes back', async (t) => {
  const { upload, ended, fetch } = await screeningService(t)
  const ahead = await upload('?asOf=2020-06-01', large.join('\n'))
  const id = await upload(QUICK, ONE)
  const watch = async (of: string, init?: RequestInit) => {
    const answer = await fetch(`/${of}/events`, init)
    t.equal(answer.headers.get('content-type'), 'text/event-stream')
    const events = (await answer.text()).split('\n\n').filter(Boolean)
    return events.map((event) => {
      const [first = '', name, data] = event.split('\n')
      if (first.startsWith(':')) return null
      return { id: first.slice(4), name: name?.slice(7), data: JSON.parse(String(data?.slice(6))) }
    })
  }
  const [long, short] = await Promise.all([watch(ahead), watch(id)])
  const told = long.filter((event) => event !== null)
  t.ok(told.length > 2, `${told.length} events`)
  t.match(told.at(-2), {
    name: 'progress',
    data: { status: 'running', progress: { total: 4_000 } },
  })
  t.match(told.at(-1), { id: 'end', name: 'outcome', data: { status: 'finished', progress: null } })
  t.match(
    short[0],
    { name: 'progress', data: { status: 'queued', progress: null } },
    'it waits its turn',
  )
  t.match(await watch(ahead, { headers: { 'last-event-id': '2' } }), [
    { id: 'end', name: 'outcome' },
  ])
  const again = await fetch(`/${ahead}/events`, { headers: { 'last-event-id': 'end' } })
  t.equal(again.status, 204)
  t.match(await ended(id), { status: 'finished' })
  const list = (await (await fetch('')).json()) as { items: { id: string }[] }
  t.strictSame(
    list.items.map((one) => one.id),
    [id, ahead],
    'newest first',
  )
})

test('only so many wait: one more is 503, and a cancelled one makes room and leaves no register', async (t) => {
  const { upload, fetch, stateOf, screenings } = await screeningService(t)
  const running = await upload('?asOf=2020-06-01', large.join('\n'))
  const waiting: string[] = []
  for (let count = 0; count < 4; count++) waiting.push(await upload(QUICK, ONE))
  const type = { 'content-type': 'application/x-ndjson' }
  const refused = await fetch(QUICK, { method: 'POST', body: ONE, headers: type })
  t.match([refused.status, await refused.json()], [503, { code: 'overloaded' }])
  await until(async () => (await stateOf(running)).progress !== null, 60_000)
  const early = await fetch(`/${running}/results`)
  t.match([early.status, await early.json()], [409, { code: 'screening-not-finished' }])
  t.equal((await fetch(`/${running}/rejects`)).status, 409)

  const from = Date.now()
  // While another one runs: it would soon be at its turn.
  rmSync(String(screenings.find(String(waiting[1]))?.folder), { recursive: true, force: true })
  t.equal((await fetch(`/${waiting[1]}`, { method: 'DELETE' })).status, 204)
  t.match(
    await stateOf(String(waiting[1])),
    { status: 'cancelled' },
    'also when its folder is gone',
  )
  for (const id of [waiting[0], running] as string[]) {
    t.equal((await fetch(`/${id}`, { method: 'DELETE' })).status, 204)
    t.match(await stateOf(id), { status: 'cancelled', problem: null })
    const own = String(screenings.find(id)?.folder)
    t.strictSame(readdirSync(own), ['screening.json'], 'nothing of the register is left')
    t.equal((await fetch(`/${id}`, { method: 'DELETE' })).status, 204)
    t.equal((await fetch(`/${id}`)).status, 404)
    t.notOk(existsSync(own))
  }
  t.ok(Date.now() - from < 10_000, `${Date.now() - from} ms`)
  await upload(QUICK, ONE)
})

test('what is no register is refused, and nothing of it is kept', async (t) => {
  const bounds = { bytes: 5_000, lines: 4, line: 2_000 }
  const own = mkdtempSync(join(tmpdir(), 'huimin-bounded-'))
  t.teardown(() => rmSync(own, { recursive: true, force: true }))
  const { fetch, screenings, base } = await screeningService(t, { bounds, folder: own })
  const post = async (body: string, query = QUICK, headers: Record<string, string> = {}) => {
    const type = { 'content-type': 'application/x-ndjson', ...headers }
    const answer = await fetch(query, { method: 'POST', body, headers: type })
    return { status: answer.status, ...((await answer.json()) as { code: string; detail: string }) }
  }
  t.match(await post('x'.repeat(2_001)), { status: 413, code: 'body-too-large', detail: /Line 1 / })
  t.match(await post(`\n${'x'.repeat(2_001)}\n`), { status: 413, detail: /Line 2 / })
  t.match(await post(`${'x'.repeat(1_900)}\n`.repeat(3)), { status: 413 })
  t.match(await post('\n'.repeat(5)), { status: 413 })
  t.match(await post(''), { status: 400, code: 'invalid-request' })
  const others: Record<string, string>[] = [
    { 'content-type': 'text/csv' },
    { 'content-encoding': 'gzip' },
    { 'content-type': 'application/json' },
  ]
  for (const headers of others)
    t.match(await post(ONE, QUICK, headers), { status: 415, detail: /application\/x-ndjson/ })
  const bare = await fetch(QUICK, { method: 'POST' })
  t.equal(bare.status, 415)
  for (const [query, code, pointer] of [
    ['?asOf=2021-02-30', 'invalid-request', '/asOf'],
    ['?asOf=1700-01-01', 'invalid-request', '/asOf'],
    ['?knownAt=2027-01-01T00:00:00Z', 'invalid-request', '/knownAt'],
    ['?jurisdiction=110000', 'unknown-jurisdiction', '/jurisdiction'],
    ['?programmes=dongguan/none', 'unknown-programme', '/programmes'],
    ['?jurisdiction=440100&programmes=dongguan/minimum-living', 'unknown-programme', '/programmes'],
    ['?colour=red', 'invalid-request', '/colour'],
  ] as const)
    t.match(await post(ONE, query), { status: 400, code, errors: [{ pointer }] }, query)
  const gone = connect(Number(new URL(base).port), '127.0.0.1')
  gone.write(
    `POST /v1/screenings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${KEYS.auditor}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 900\r\n\r\n{"ho`,
  )
  const folders = () =>
    readdirSync(own, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length
  await until(async () => folders() === 1)
  gone.resetAndDestroy()
  await until(async () => folders() === 0)
  t.strictSame(screenings.list(), [])
})

test('a slow upload may take longer than other requests', async (t) => {
  const { base, stateOf } = await screeningService(t)
  const socket = connect(Number(new URL(base).port), '127.0.0.1').setEncoding('utf8')
  let answer = ''
  socket.on('data', (text) => {
    answer += text
  })
  socket.write(
    `POST /v1/screenings${QUICK} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${KEYS.auditor}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${ONE.length}\r\n\r\n${ONE.slice(0, 9)}`,
  )
  await new Promise((resolve) => setTimeout(resolve, 7_000))
  socket.write(ONE.slice(9))
  await until(async () => answer.includes('"id"'))
  t.match(answer, /^HTTP\/1\.1 202 /)
  t.match(await stateOf(String(/"id":"([^"]+)/.exec(answer)?.[1])), { lines: 1 })
  socket.destroy()
})

test('who started one and who fetched its results is noted before anything is shown', async (t) => {
  const { upload, ended, fetch, ask, logged, ledger } = await screeningService(t)
  const id = await upload(QUICK, ONE)
  await ended(id)
  for (const path of ['results', 'rejects']) await (await fetch(`/${id}/${path}`)).text()
  const { items } = (await ask('auditor', 'GET', '/v1/readings')).json()
  t.strictSame(
    items.map(({ act, actor }: { act: string; actor: string }) => `${actor} ${act}`).sort(),
    ['screen', 'screening-rejects', 'screening-results'].map((act) => `local-auditor ${act}`),
  )
  t.match(logged(), new RegExp(`"actor":"local-auditor","screening":"${id}","format":"ndjson"`))
  t.match(logged(), new RegExp(`"screening":"${id}","status":"finished"`))
  await ledger.close()
  for (const path of ['results', 'rejects']) {
    const refused = await fetch(`/${id}/${path}`)
    t.match([refused.status, await refused.json()], [503, { code: 'store-unavailable' }])
  }
})

test('it works beside a ledger in PostgreSQL', { skip: noPostgres }, async (t) => {
  const { upload, ended, fetch } = await screeningService(t, { url: await freshSchema(t) })
  const id = await upload(QUICK, ONE)
  t.match(await ended(id), { status: 'finished' })
  t.match(await (await fetch(`/${id}/results`)).text(), /"householdId":"f"/)
})

test('results are kept for a day', async (t) => {
  const { upload, ended, fetch, clock, screenings } = await screeningService(t, { sweepEvery: 20 })
  const id = await upload('?asOf=2020-06-01&programmes=dongguan/minimum-living', ONE)
  await ended(id)
  const own = String(screenings.find(id)?.folder)
  clock.now = new Date('2026-11-25T01:59:59Z')
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.equal((await fetch(`/${id}/results`)).status, 200)
  clock.now = new Date('2026-11-25T02:00:00Z')
  await until(async () => (await fetch(`/${id}`)).status === 404)
  t.notOk(existsSync(own))
})

test('a service that ends stops what runs within 3 seconds, and tells who watches', async (t) => {
  const { upload, fetch, stateOf, app, screenings } = await screeningService(t)
  const running = await upload('?asOf=2020-06-01', large.join('\n'))
  const waiting = await upload(QUICK, ONE)
  await until(async () => (await stateOf(running)).progress !== null, 60_000)
  const receiving = new PassThrough()
  const lines = (body: Readable) => ({ kind: 'lines', body, headers: {} }) as const
  const question = { asOf: '2020-06-01', knownAt: '' }
  const half = screenings.start({ question, startedBy: '' }, lines(receiving))
  half.catch(() => {})
  const watching = fetch(`/${running}/events`).then((answer) => answer.text())
  const own = [running, waiting].map((id) => String(screenings.find(id)?.folder))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const from = Date.now()
  await app.close()
  await screenings.close()
  t.ok(Date.now() - from < 3_000, `${Date.now() - from} ms`)
  t.match(await watching, /event: outcome\ndata: .*"status":"failed".*screening-interrupted/)
  for (const one of own) t.strictSame(readdirSync(one), ['screening.json'])
  const order = { question, startedBy: '' }
  await t.rejects(screenings.start(order, lines(Readable.from([]))), { code: 'overloaded' })
  receiving.end(ONE)
  await t.rejects(half, { code: 'overloaded' }, 'what was still being received')
})

test('after a crash what had not ended has failed, and its register is gone', async (t) => {
  const own = mkdtempSync(join(tmpdir(), 'huimin-crashed-'))
  t.teardown(() => rmSync(own, { recursive: true, force: true }))
  const record = {
    ...{
      id: 'a',
      createdAt: '2026-11-24T01:00:00Z',
      startedAt: null,
      endedAt: null,
      startedBy: 'x',
    },
    ...{ question: { asOf: '2020-06-01', knownAt: '2026-11-24T01:00:00Z' }, rulebook: 'sha256:' },
    ...{ lines: 1, register: { households: 'households.ndjson' }, columns: null },
    ...{ summary: null, problem: null, status: 'running' },
  }
  const good = {
    ...record,
    id: 'b',
    createdAt: '2026-11-24T01:30:00Z',
    endedAt: '2026-11-24T01:30:00Z',
    status: 'finished',
  }
  const oldest = { ...good, id: 'c', createdAt: '2026-11-24T00:30:00Z' }
  for (const one of [record, good, oldest]) {
    mkdirSync(join(own, one.id))
    writeFileSync(join(own, one.id, 'screening.json'), JSON.stringify(one))
    for (const name of [
      'households.ndjson',
      'results.parquet',
      'rejects.ndjson',
      'register.duckdb',
      '.1-unfinished-x',
    ])
      writeFileSync(join(own, one.id, name), ONE)
    mkdirSync(join(own, one.id, 'huimin-screening-x'))
  }
  mkdirSync(join(own, 'half'))
  writeFileSync(join(own, 'half', 'households.ndjson'), ONE)
  const { stateOf, fetch } = await screeningService(t, { folder: own })
  t.match(await stateOf('a'), {
    status: 'failed',
    endedAt: /./,
    problem: { code: 'screening-interrupted', status: 503 },
  })
  t.match(await stateOf('b'), { status: 'finished' })
  t.strictSame(readdirSync(join(own, 'a')), ['screening.json'])
  t.strictSame(readdirSync(join(own, 'b')).sort(), KEPT)
  t.notOk(existsSync(join(own, 'half')))
  const list = (await (await fetch('')).json()) as { items: { id: string }[] }
  t.strictSame(
    list.items.map(({ id }) => id),
    ['b', 'a', 'c'],
  )
  t.throws(() => openScreenings({ rulebook, clock: () => new Date(), folder: own }), /in use/)
  const taken = t.testdir()
  const parts = { rulebook, clock: () => new Date() }
  const held = screeningsIn({ DATA_DIR: taken }, parts) as Screenings
  t.throws(() => screeningsIn({ DATA_DIR: taken }, parts), /in use/)
  const shared = { DATA_DIR: taken, DATABASE_URL: 'postgres://127.0.0.1/shared' }
  t.equal(screeningsIn(shared, parts), undefined, 'the other process on the database has them')
  await held.close()
})

test('a full disk fails the screening with 503, and the service lives', {
  skip: noSmallDisk(),
}, async (t) => {
  const disk = smallDisk(t, '14m')
  const { upload, ended, fetch, screenings, logged } = await screeningService(t, {
    folder: join(disk, 'screenings'),
    reserve: 0,
  })
  const id = await upload('?asOf=2020-06-01', large.join('\n'))
  t.match(await ended(id), { status: 'failed', problem: { code: 'storage-full', status: 503 } })
  t.strictSame(readdirSync(String(screenings.find(id)?.folder)), ['screening.json'])
  t.match(logged(), /"problem":"storage-full"/)
  const type = { 'content-type': 'application/x-ndjson' }
  const refused = await fetch(QUICK, {
    method: 'POST',
    body: [...large, ...large].join('\n'),
    headers: type,
  })
  t.match([refused.status, await refused.json()], [503, { code: 'storage-full' }])
  t.equal(screenings.list().length, 1)
  t.equal((await fetch('')).status, 200)
  await t.rejects(checkRoom(disk), { code: 'storage-full' }, 'room is left to decisions')
})

test('without a folder for screenings they are unavailable', async (t) => {
  const { ask } = await ledgerService(t)
  for (const path of ['', '/x'])
    t.match((await ask('auditor', 'GET', `/v1/screenings${path}`)).json(), {
      code: 'store-unavailable',
    })
})

test('a silent line is kept open while a screening waits', async (t) => {
  const { screenings, upload } = await screeningService(t)
  await upload('?asOf=2020-06-01', large.join('\n'))
  const run = screenings.find(await upload(QUICK, ONE))
  const events = screeningEvents(run as ScreeningRun, 'zh', 500)
  t.match(await events.next(), { value: /^id: 1\nevent: progress\n/ })
  for (let count = 0; count < 2; count++)
    t.strictSame(await events.next(), { value: ':\n\n', done: false })
  await events.return(undefined)
})

test('pace is that of the present phase', async (t) => {
  const pace = paceOf(100)
  t.match(pace({ phase: 'loading', done: 0, total: 0 }, 5_000), {
    total: 100,
    rate: null,
    remainingSeconds: null,
  })
  t.match(pace({ phase: 'loading', done: 50, total: 0 }, 7_000), {
    done: 50,
    total: 100,
    rate: 25,
    remainingSeconds: 2,
  })
  t.match(pace({ phase: 'screening', done: 10, total: 90 }, 8_000), {
    total: 90,
    rate: 10,
    remainingSeconds: 8,
  })
})

test('the format is the one named, else the first that is accepted', async (t) => {
  t.equal(chooseFormat('parquet', 'text/csv'), 'parquet')
  t.equal(
    chooseFormat(undefined, 'text/html, application/vnd.apache.parquet;q=0.9, text/csv'),
    'parquet',
  )
  t.equal(chooseFormat(undefined, '*/*'), 'ndjson')
  t.equal(chooseFormat(undefined), 'ndjson')
})

test('faults have the code of their kind', async (t) => {
  t.equal(problemOf(new InputError('x')), 'invalid-request')
  t.equal(problemOf(new Problem('body-too-large')), 'body-too-large')
  t.equal(problemOf(Object.assign(new Error('x'), { code: 'ENOSPC' })), 'storage-full')
  t.equal(problemOf(new Error('Out of Memory Error')), 'internal-error')
  const path = join(t.testdir(), 'lines')
  const chunks = Readable.from([Buffer.from('a\nb'), Buffer.from('c\nd')])
  t.equal(await receiveLines(chunks, path, { bytes: 9, lines: 9, line: 9 }), 3)
  t.equal(readFileSync(path, 'utf8'), 'a\nbc\nd')
})
