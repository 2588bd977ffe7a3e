import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import tap, { type Test, test } from 'tap'
import { KEYS } from '../support/ledger-service.js'
import {
  madeRegister,
  type ScreeningService,
  screeningService,
} from '../support/screening-service.js'
import { until } from '../support/until.js'
import { withoutRandom } from '../support/without-random.js'

tap.setTimeout(600_000)

const folder = tap.testdir()
const QUERY = '?asOf=2020-06-01&jurisdiction=441900'
const LIVING = `${QUERY}&programmes=dongguan/minimum-living`

type Content = string | Buffer
interface Sent {
  readonly part: string
  readonly name: string
  readonly content: Content
}

/** Sends files as a form, as a browser does. */
async function send({ fetch }: ScreeningService, files: readonly Sent[], query = LIVING) {
  const form = new FormData()
  for (const { part, name, content } of files)
    form.append(part, new Blob([content as string]), name)
  const answer = await fetch(query, { method: 'POST', body: form })
  return { ...((await answer.json()) as { id: string; code: string }), http: answer.status }
}

function pair(households: Content, members: Content, extensions = ['csv', 'csv']) {
  return [
    { part: 'households', name: `家庭.${extensions[0]}`, content: households },
    { part: 'members', name: `成员.${extensions[1]}`, content: members },
  ]
}

const HOUSEHOLDS = 'householdId,monthlyIncomeTotal\nh1,2100\nh2,900\n'
const MEMBERS = 'householdId,memberId\nh1,m1\nh1,m2\nh2,m1\n'

async function rowsOf({ fetch }: ScreeningService, id: string, what = 'results') {
  const text = await (await fetch(`/${id}/${what}`)).text()
  return text.trim().split('\n').sort()
}

test('a pair of files gives the same answers as lines, in CSV, in Parquet and mixed', async (t) => {
  const service = await screeningService(t)
  const made = async (format: 'csv' | 'parquet' | 'ndjson') => {
    const out = await madeRegister(join(folder, format), 60, format)
    return (name: string) => readFileSync(join(out, `${name}.${format}`))
  }
  const [csv, parquet, ndjson] = [await made('csv'), await made('parquet'), await made('ndjson')]
  const lines = await service.upload(QUERY, ndjson('households').toString())
  await service.ended(lines)
  const expected = await rowsOf(service, lines)
  t.ok(expected.length > 2_000, `${expected.length} rows`)
  for (const [households, members, extensions] of [
    [csv('households'), csv('members'), ['csv', 'csv']],
    [parquet('households'), parquet('members'), ['parquet', 'PARQUET']],
    [csv('households'), parquet('members'), ['csv', 'parquet']],
  ] as const) {
    const { id, http } = await send(service, pair(households, members, [...extensions]), QUERY)
    t.equal(http, 202)
    t.match(await service.ended(id), { status: 'finished', lines: 60, counts: { rejected: 0 } })
    t.strictSame(await rowsOf(service, id), expected, extensions.join())
  }
})

test('faults of rows are rejects by part, line and pointer, and their households are left out', async (t) => {
  const service = await screeningService(t)
  const { id } = await send(
    service,
    pair(
      'householdId,monthlyIncomeTotal\nh1,2100\nh2,sevenhundred\nh3,5\n',
      'householdId,memberId,dateOfBirth\nh1,m1,2030-01-01\nh2,m1,\nh3,m1,\nh9,m1,\n',
    ),
  )
  t.match(await service.ended(id), {
    files: ['households.csv', 'members.csv'],
    counts: { households: 1, rejected: 2, faults: 3 },
  })
  const rejects = (await rowsOf(service, id, 'rejects')).map((line) => JSON.parse(line))
  t.match(rejects, [
    { file: 'households.csv', line: 3, pointer: '/monthlyIncomeTotal', code: 'wrong-type' },
    { file: 'members.csv', line: 2, pointer: '/dateOfBirth', code: 'after-as-of' },
    { file: 'members.csv', line: 5, pointer: '/householdId', code: 'unknown-household' },
  ])
  t.notMatch(`${JSON.stringify(rejects)}${service.logged()}`, /sevenhundred|2030-01-01/)
})

test('columns are compared with the rules at once, and counted when they are read', async (t) => {
  const service = await screeningService(t)
  const { id } = await send(
    service,
    pair(
      'householdId,monthlyIncomeTotal,settlementType\nh1,2100,urban\nh2,,\n',
      `householdId,memberId,idNumber\nh1,m1,${'0'.repeat(18)}\nh2,m1,${'0'.repeat(17)}X\n`,
    ),
  )
  const { columns, keptUntil } = (await service.ended(id)) as {
    columns: { given: { fact: string }[]; lacking: { fact: string; programmes: string[] }[] }
    keptUntil: string
  }
  t.equal(keptUntil, '2026-11-25T02:00:00.000Z')
  const given = Object.fromEntries(columns.given.map(({ fact, ...rest }) => [fact, rest]))
  t.strictSame(given['household.monthlyIncomeTotal'], { read: true, rows: 2, known: 1 })
  t.strictSame(given['household.settlementType'], { read: false, rows: 2, known: 1 })
  const lacking = columns.lacking.map(({ fact }) => fact)
  t.strictSame(lacking, ['household.hukouCode', 'household.meetsDibaoPropertyRule'])
  t.strictSame(columns.lacking[0]?.programmes, ['dongguan/minimum-living'])
  const perHead = await send(
    service,
    pair('householdId,monthlyIncomePerCapita\nh1,900\n', 'householdId,memberId\nh1,m1\n'),
  )
  const { columns: others } = (await service.ended(perHead.id)) as { columns: typeof columns }
  t.notMatch(
    others.lacking.map(({ fact }) => fact),
    ['household.monthlyIncomeTotal'],
    'what a stated figure would be derived from is not lacking',
  )
  const lines = await service.upload(
    LIVING,
    `${JSON.stringify({ householdId: 'a', household: { hukouCode: '441900', members: [{ id: 'm' }] } })}\n`,
  )
  t.match(await service.ended(lines), {
    columns: {
      given: [{ fact: 'household.hukouCode', read: true, rows: 1, known: 1 }],
      lacking: [
        { fact: 'household.meetsDibaoPropertyRule' },
        { fact: 'household.monthlyIncomeTotal' },
      ],
    },
  })
})

/** A service whose uploads are small, and how many folders of registers it has. */
async function bounded(t: Test) {
  const own = mkdtempSync(join(tmpdir(), 'huimin-pairs-'))
  t.teardown(() => rmSync(own, { recursive: true, force: true }))
  const bounds = { bytes: 200_000, lines: 100, line: 2_000 }
  const service = await screeningService(t, { bounds, folder: own })
  const folders = () =>
    readdirSync(own, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length
  return { service, folders }
}

test('each fault of a form names its part, and nothing of it is kept', async (t) => {
  const { service, folders } = await bounded(t)
  const out = await madeRegister(join(folder, 'whole'), 90, 'parquet')
  const [whole, members] = ['households', 'members'].map((name) =>
    readFileSync(join(out, `${name}.parquet`)),
  ) as [Buffer, Buffer]
  const broken = Buffer.from(whole)
  broken.fill(0x55, 100, 400)
  const parquet = ['parquet', 'parquet']
  const gbk = Buffer.concat([
    Buffer.from('householdId,memberId\nh1,'),
    Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
  ])
  const cases: readonly (readonly [string, readonly Sent[], object])[] = [
    ['truncated', pair(whole.subarray(0, -900), members, parquet), broke('/households')],
    ['a page of it broken', pair(broken, members, parquet), broke('/households')],
    ['no Parquet', pair(whole, HOUSEHOLDS, parquet), broke('/members')],
    ['a missing part', pair(HOUSEHOLDS, MEMBERS).slice(0, 1), one('/members', 'required')],
    ['no part', [], { status: 400, code: 'invalid-request' }],
    [
      'a wrong extension',
      pair(HOUSEHOLDS, MEMBERS, ['csv', 'xlsx']),
      one('/members', 'wrong-form'),
    ],
    ['no extension', pair(HOUSEHOLDS, MEMBERS, ['', 'csv']), one('/households', 'wrong-form')],
    [
      'another part',
      [{ part: 'people', name: 'a.csv', content: MEMBERS }],
      one('/people', 'unknown-key'),
    ],
    [
      'a part twice',
      [...pair(HOUSEHOLDS, MEMBERS).slice(0, 1), ...pair(HOUSEHOLDS, MEMBERS).slice(0, 1)],
      one('/households', 'repeated'),
    ],
    [
      'a third part',
      [...pair(HOUSEHOLDS, MEMBERS), { part: 'more', name: 'a.csv', content: MEMBERS }],
      one('', 'unknown-key'),
    ],
    ['an empty part', pair(HOUSEHOLDS, ''), one('/members', 'required')],
    ['too many bytes', pair('x'.repeat(200_001), MEMBERS), { status: 413, detail: /households/ }],
    [
      'too many bytes together',
      pair(HOUSEHOLDS, `householdId,memberId\n${'h,m\n'.repeat(50_000)}`),
      { status: 413, detail: /members/ },
    ],
    [
      'too many rows',
      pair(`householdId\n${'h\n'.repeat(101)}`, MEMBERS),
      { status: 413, detail: /households/ },
    ],
    [
      'unknown columns',
      pair('householdId,colour,monthlyIncomTotal\nh,1,2\n', MEMBERS),
      {
        ...{ status: 400, code: 'unknown-fact' },
        errors: [
          { pointer: '/households/colour' },
          { pointer: '/households/monthlyIncomTotal', message: /nearest is monthlyIncomeTotal/ },
        ],
      },
    ],
    ['no id', pair('monthlyIncomeTotal\n5\n', MEMBERS), one('/households/householdId', 'required')],
    ['no names', pair('h1,2100\nh2,900\n', MEMBERS), one('/households/householdId', 'required')],
    [
      'a ragged row',
      pair(HOUSEHOLDS, `${MEMBERS}h2,secretname,3\n`),
      one('/members', 'unreadable', /^line 5: /),
    ],
    [
      'a ragged row far below',
      pair(HOUSEHOLDS, `${MEMBERS}${'h,m\n'.repeat(25_000)}h2,secretname,3\n`),
      one('/members', 'unreadable', /^line 25005: /),
    ],
    ['another encoding', pair(HOUSEHOLDS, gbk), one('/members', 'not-utf8')],
  ]
  for (const [what, files, expected] of cases) t.match(await send(service, files), expected, what)
  t.equal(folders(), 0)
  t.strictSame(service.screenings.list(), [])
  t.notMatch(withoutRandom(service.logged()), /secretname|2100/)
  const listed = await send(service, pair(await parquetWithList(), members, parquet))
  t.match(listed, one('/households/monthlyIncomeTotal', 'wrong-type'))

  function broke(pointer: string) {
    return one(pointer, 'unreadable')
  }
  function one(pointer: string, code: string, message = /./) {
    return { status: 400, code: 'invalid-request', errors: [{ pointer, code, message }] }
  }
})

/** A Parquet file in which money is a list. */
async function parquetWithList(): Promise<Buffer> {
  const path = join(folder, 'list.parquet')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `COPY (SELECT 'h1' AS "householdId", ['5'] AS "monthlyIncomeTotal") TO '${path}' (FORMAT parquet)`,
  )
  return readFileSync(path)
}

const BOUNDARY = 'x-boundary'
const head = (length: number) =>
  `POST /v1/screenings${LIVING} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${KEYS.auditor}\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${length}\r\n\r\n`
const file = (part: string, text: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part}"; filename="${part}.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`

test('a form that is no form, or ends early, is refused; a client that hangs up leaves nothing', async (t) => {
  const { service, folders } = await bounded(t)
  const post = async (body: string, type = `multipart/form-data; boundary=${BOUNDARY}`) => {
    const headers = { 'content-type': type }
    const answer = await service.fetch(LIVING, { method: 'POST', body, headers })
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  t.match(await post('no form'), { status: 400, code: 'invalid-request' })
  t.match(await post(file('households', HOUSEHOLDS)), { status: 400, code: 'invalid-request' })
  const nameless = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="members"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--${BOUNDARY}--\r\n`
  t.match(await post(nameless), {
    status: 400,
    errors: [{ pointer: '/members', code: 'wrong-form' }],
  })
  t.match(await post('x', `multipart/form-data; boundary=${'x'.repeat(300)}`), {
    code: 'invalid-request',
  })
  t.match(await post('x', 'multipart/form-data'), { status: 415, detail: /multipart\/form-data/ })
  const field = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="households"\r\n\r\n5\r\n--${BOUNDARY}--\r\n`
  t.match(await post(field), {
    status: 400,
    errors: [{ pointer: '/households', code: 'wrong-type' }],
  })
  const zipped = await service.fetch(LIVING, {
    method: 'POST',
    body: field,
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-encoding': 'gzip',
    },
  })
  t.equal(zipped.status, 415)
  t.equal(folders(), 0)
  for (const sent of [
    file('households', HOUSEHOLDS),
    file('households', HOUSEHOLDS).slice(0, -20),
  ]) {
    const gone = connect(Number(new URL(service.base).port), '127.0.0.1')
    gone.write(head(5_000) + sent)
    await until(async () => folders() === 1)
    gone.resetAndDestroy()
    await until(async () => folders() === 0)
  }
  t.strictSame(service.screenings.list(), [])
})

test('a refused form is answered before all of it has come', async (t) => {
  const { service } = await bounded(t)
  const socket = connect(Number(new URL(service.base).port), '127.0.0.1').setEncoding('utf8')
  t.teardown(() => socket.destroy())
  let answer = ''
  socket.on('data', (text) => {
    answer += text
  })
  socket.write(head(100_000_000) + file('people', 'a'.repeat(10_000)))
  await until(async () => answer.includes('unknown-key'))
  t.match(answer, /^HTTP\/1\.1 400 [\s\S]*connection: close/i)
})
