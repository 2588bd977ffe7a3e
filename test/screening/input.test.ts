import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import tap, { type Test, test } from 'tap'
import { dayOf } from '../../src/model/civil-date.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'
import { checkViews, unlessRefused } from '../../src/screening/input/check-views.js'
import { csvLines } from '../../src/screening/input/csv-lines.js'
import { loadFiles } from '../../src/screening/input/load-files.js'
import { loadNdjson } from '../../src/screening/input/load-ndjson.js'
import {
  comparableOf,
  describeView,
  type FactView,
  viewRelation,
} from '../../src/screening/input/postgres-views.js'
import { openWorkspace } from '../../src/screening/workspace.js'
import { type OwnSchema, ownSchema } from '../support/screen-with.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { BASE_FACTS, testDictionary, testFact } from '../support/test-dictionary.js'

/** With a code of which the dictionary says nothing, and a date that may lie ahead. */
const DICTIONARY = testDictionary([...BASE_FACTS, testFact('household.street', 'code')])
const AS_OF = '2020-06-01'
const LONGEST = 'a'.repeat(64)

/** Households with a street and the day they moved or will move in. */
const HOMES = [
  ['ahead', LONGEST, '2030-01-01'],
  ['long', `${LONGEST}a`, '2020-01-01'],
  ['far', '', '2201-01-01'],
] as const

test('a code without form is any text of 64 characters, a date may lie ahead', async (t) => {
  const folder = t.testdir()
  const paths = { households: join(folder, 'h.csv'), members: join(folder, 'm.csv') }
  const rows = HOMES.map((home) => home.join(','))
  writeFileSync(paths.households, ['householdId,street,movedIn', ...rows, ''].join('\n'))
  const members = HOMES.map(([id]) => `${id},m1`)
  writeFileSync(paths.members, ['householdId,memberId', ...members, ''].join('\n'))
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const pair = { ...paths, dictionary: DICTIONARY, asOf: dayOf(AS_OF) }
  const { facts } = await loadFiles(connection, pair)
  const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()
  t.strictSame([...facts].map(({ id }) => id).sort(), ['household.movedIn', 'household.street'])
  t.strictSame(await read('SELECT * EXCLUDE ("key") FROM "households"'), [
    ['ahead', LONGEST, dayOf('2030-01-01')],
  ])
  t.strictSame(await read('SELECT "householdId", "memberId" FROM "members"'), [['ahead', 'm1']])
  t.strictSame(await read('SELECT "line", "pointer", "code" FROM "rejects" ORDER BY 1'), [
    ['3', '/street', 'wrong-form'],
    ['4', '/movedIn', 'out-of-range'],
  ])
})

test('a code that means unknown is none, and an amount is never rounded, whatever its type', async (t) => {
  const folder = t.testdir()
  const paths = { households: join(folder, 'h.parquet'), members: join(folder, 'm.parquet') }
  const writer = await (await DuckDBInstance.create(':memory:')).connect()
  await writer.run(
    `COPY (SELECT * FROM (VALUES ('a', '1'), ('b', '9'), ('c', NULL)) AS one("householdId", "sex")
       CROSS JOIN (SELECT 'm1' AS "memberId")) TO '${paths.members}'`,
  )
  for (const type of ['DECIMAL(12, 3)', 'DOUBLE']) {
    await writer.run(
      `COPY (SELECT "householdId", "income"::${type} AS "income"
         FROM (VALUES ('a', 1000.010), ('b', 1000), ('c', 1000.005)) AS one("householdId", "income"))
       TO '${paths.households}'`,
    )
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()
    await loadFiles(connection, { ...paths, dictionary: DICTIONARY, asOf: dayOf(AS_OF) })
    t.strictSame(
      await read('SELECT "householdId", "household.income" FROM "households" ORDER BY 1'),
      [
        ['a', '100001'],
        ['b', '100000'],
      ],
      type,
    )
    t.strictSame(await read('SELECT "householdId", "member.sex" FROM "members" ORDER BY 1'), [
      ['a', '1'],
      ['b', null],
    ])
    t.strictSame(await read('SELECT "pointer", "code" FROM "rejects"'), [
      ['/income', 'too-many-decimals'],
    ])
  }
})

test('a reject names the line where its row begins, whatever lines are empty or belong together', async (t) => {
  const folder = t.testdir()
  const paths = { households: join(folder, 'h.csv'), members: join(folder, 'm.csv') }
  const bad = '1899-13-01'
  writeFileSync(
    paths.households,
    `householdId,street,movedIn\r\n\r\n"a","Lane ""1""\r\n2",\r\nb,,${bad}\r\n\r\n\r\nc,,${bad}`,
  )
  writeFileSync(paths.members, 'householdId,memberId\n\na,m1\n\nb,m1\nc,m1\nd,m1\n')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const pair = { ...paths, dictionary: DICTIONARY, asOf: dayOf(AS_OF) }
  await loadFiles(connection, pair)
  const read = await connection.runAndReadAll(
    'SELECT parse_filename("file"), "line", "pointer" FROM "rejects" ORDER BY ALL',
  )
  t.strictSame(read.getRowsJson(), [
    ['h.csv', '3', '/street'],
    ['h.csv', '5', '/movedIn'],
    ['h.csv', '8', '/movedIn'],
    ['m.csv', '7', '/householdId'],
  ])
})

test('an empty line is a record where a file has one column', async (t) => {
  const path = join(t.testdir(), 'h.csv')
  writeFileSync(path, 'householdId\r\ra\n')
  t.strictSame(
    [...(await csvLines(path, new Set([2, 3]), 1))],
    [
      [2, 2],
      [3, 3],
    ],
  )
  t.strictSame([...(await csvLines(path, new Set([2, 3]), 2))], [[2, 3]])
})

const database = await ownSchema()
const skip = typeof database === 'string' ? database : false
if (typeof database !== 'string') tap.teardown(database.drop)

test('a view is read as a file is', { skip }, async (t) => {
  const { client } = database as OwnSchema
  const rows = HOMES.map(
    ([id, street, day]) => `('${id}', nullif('${street}', ''), '${day}'::date)`,
  )
  await client.query(
    `CREATE TABLE homes AS SELECT * FROM (VALUES ${rows.join(', ')}) AS h("householdId", "street", "movedIn");
     CREATE TABLE people AS SELECT "householdId", 'm1' AS "memberId" FROM homes`,
  )
  const views = {
    household: await describeView(client, 'homes', 'household', DICTIONARY),
    member: await describeView(client, 'people', 'member', DICTIONARY),
  }
  const checks = { dictionary: DICTIONARY, asOf: dayOf(AS_OF), into: 'faults', refused: 'refused' }
  const checked = await checkViews(client, views, checks)
  t.strictSame(checked, { households: 1, members: 1, rejected: 2, faults: 2 })
  const found = await client.query('SELECT "householdId", "pointer", "code" FROM faults ORDER BY 1')
  t.strictSame(found.rows, [
    { householdId: 'far', pointer: '/movedIn', code: 'out-of-range' },
    { householdId: 'long', pointer: '/street', code: 'wrong-form' },
  ])
})

/** Checks two tables as views; their faults as text, and what they hold in steps. */
async function readViews(
  client: OwnSchema['client'],
  homes: string,
  people: string,
  dictionary = DICTIONARY,
) {
  await client.query(
    `DROP TABLE IF EXISTS homes, people, faults, refused; CREATE TABLE homes AS ${homes}; CREATE TABLE people AS ${people}`,
  )
  const views = {
    household: await describeView(client, 'homes', 'household', dictionary),
    member: await describeView(client, 'people', 'member', dictionary),
  }
  const checks = { dictionary, asOf: dayOf(AS_OF), into: 'faults', refused: 'refused' }
  await checkViews(client, views, checks)
  const { rows } = await client.query(
    'SELECT concat_ws(\' \', "householdId", "memberId", "pointer", "code") AS fault FROM faults ORDER BY 1',
  )
  const tested = unlessRefused('refused')
  const inSteps = async (view: FactView) => {
    const relation = viewRelation(view, comparableOf(view), tested)
    return (await client.query(`SELECT * FROM ${relation} AS one ORDER BY "key"`)).rows
  }
  return {
    faults: rows.map(({ fault }) => fault),
    households: await inSteps(views.household),
    members: await inSteps(views.member),
  }
}

test('a figure fits whatever whole type its column has, or is out of range', {
  skip,
}, async (t) => {
  const { client } = database as OwnSchema
  const values: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
    smallint: [['32767', '3276700']],
    integer: [
      ['21474837', '2147483700'],
      ['2147483647', '214748364700'],
      ['-1', null],
    ],
    bigint: [
      ['9999999999', '999999999900'],
      ['10000000000', null],
      ['9223372036854775807', null],
    ],
    numeric: [
      ['9999999999.99', '999999999999'],
      ["'NaN'", null],
      ["'Infinity'", null],
      ['1e131071', null],
    ],
  }
  for (const [type, rows] of Object.entries(values)) {
    const given = rows.map(([value], row) => `('h${row}', ${value}::${type}, 3::${type})`)
    const rooms = type === 'numeric' ? 'integer' : type
    const { faults, households } = await readViews(
      client,
      `SELECT "householdId", "income", "rooms"::${rooms} FROM (VALUES ${given.join(', ')}) AS h("householdId", "income", "rooms")`,
      `SELECT "householdId", 'm1' AS "memberId" FROM homes`,
    )
    const out = rows.flatMap(([, steps], row) => (steps === null ? [row] : []))
    t.strictSame(
      faults,
      out.map((row) => `h${row} /income out-of-range`),
      type,
    )
    t.strictSame(
      households.map((row) => [row['household.income'], row['household.rooms']]),
      rows.flatMap(([, steps]) => (steps === null ? [] : [[steps, 3]])),
      type,
    )
  }
})

test('a list of lists in a view is no set of codes', { skip }, async (t) => {
  const { faults, members } = await readViews(
    (database as OwnSchema).client,
    `SELECT 'h' AS "householdId"`,
    `SELECT 'h' AS "householdId", 'm' || row_number() OVER () AS "memberId", codes::text[] AS "needs"
       FROM (VALUES ('{{sight,hearing}}'), ('{{sight},{NULL}}'), ('{NULL}'), ('[0:1]={sight,mind}'), ('{}'), (NULL)) AS one(codes)`,
  )
  t.strictSame(
    faults,
    ['m1', 'm2', 'm3'].map((id) => `h ${id} /needs wrong-type`),
  )
  t.strictSame(members, [], 'the household is left out whole')
})

/** Four persons with a number that is right, short, long, or not stated; and what is wrong of them. */
const NUMBERS = [`${'0'.repeat(17)}X`, 'x', `${'0'.repeat(18)}x`, null]
const NUMBER_FAULTS = ['m1', 'm2'].map((id) => `${id} /idNumber wrong-form`)

test('text that is never kept is checked in a file as in a request', async (t) => {
  const folder = t.testdir({ 'h.csv': 'householdId\nh\n' })
  const rows = NUMBERS.map((number, index) => `h,m${index},${number ?? ''}\n`)
  writeFileSync(join(folder, 'm.csv'), ['householdId,memberId,idNumber\n', ...rows].join(''))
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `COPY (FROM read_csv('${folder}/m.csv', all_varchar = TRUE)) TO '${folder}/m.parquet'`,
  )
  const { dictionary } = shippedRulebook()
  for (const [file, first] of [
    ['m.csv', 2],
    ['m.parquet', 1],
  ] as const) {
    const members = join(folder, file)
    const fresh = await (await DuckDBInstance.create(':memory:')).connect()
    const pair = { households: join(folder, 'h.csv'), members, dictionary, asOf: dayOf(AS_OF) }
    const { facts } = await loadFiles(fresh, pair)
    t.equal(facts.size, 0, file)
    const found = await fresh.runAndReadAll(
      `SELECT concat('m', "line" - ${first}, ' ', "pointer", ' ', "code") FROM "rejects" ORDER BY 1`,
    )
    t.strictSame(found.getRowsJson().flat(), NUMBER_FAULTS, file)
    const kept = await fresh.runAndReadAll('FROM "members"')
    t.strictSame(kept.columnNames(), ['key', 'line', 'householdId', 'memberId', 'faulty'], file)
  }
})

test('text that is never kept is checked in a view as in a request', { skip }, async (t) => {
  const rows = NUMBERS.map((number, index) => `('m${index}', ${number && `'${number}'`})`)
  const { faults, members } = await readViews(
    (database as OwnSchema).client,
    `SELECT 'h' AS "householdId" UNION ALL SELECT 'good'`,
    `SELECT 'h' AS "householdId", "memberId", "idNumber"::text FROM (VALUES ${rows.join(', ')}) AS m("memberId", "idNumber") UNION ALL SELECT 'good', 'm', '${NUMBERS[0]}'`,
    shippedRulebook().dictionary,
  )
  t.strictSame(
    faults,
    NUMBER_FAULTS.map((fault) => `h ${fault}`),
  )
  t.strictSame(members, [{ key: 'good', householdId: 'good', memberId: 'm' }])
})

async function loadLines(t: Test, text: string | Uint8Array, change: Partial<Rulebook> = {}) {
  const path = join(t.testdir(), 'h.ndjson')
  writeFileSync(path, text)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const rulebook = { ...shippedRulebook(), ...change }
  await loadNdjson(connection, { households: path, rulebook, asOf: AS_OF })
  const found = await connection.runAndReadAll('SELECT "line", "pointer", "code" FROM "rejects"')
  return found.getRowsJson()
}

const LINE = JSON.stringify({ householdId: 'a', household: { members: [{ id: 'm1' }] } })

test('a file that begins with a byte-order mark loses its first line, and says why', async (t) => {
  t.strictSame(await loadLines(t, `\uFEFF${LINE}\n${LINE}\n`), [['1', '', 'not-utf8']])
})

test('a line that is no household, or holds more, is one that is left out', async (t) => {
  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['{"householdId": "k"}', ['/household required']],
    ['{"householdId": "k", "household": null}', ['/household wrong-type']],
    ['{"householdId": "k", "household": []}', ['/household wrong-type']],
    ['{"householdId": "k", "household": 7}', ['/household wrong-type']],
    ['{"householdId": "k", "household": {}}', ['/household/members required']],
    ['{"householdId": "k", "household": {"members": null}}', ['/household/members wrong-type']],
    ['{"householdId": "k", "household": {"members": [null]}}', ['/household/members/0 wrong-type']],
    ['{}', ['/household required', '/householdId wrong-form']],
    ['null', [' wrong-type']],
    [
      LINE.replace('"a"', '"k", "note": "", "asOf": ""'),
      ['/note unknown-key', '/asOf unknown-key'],
    ],
  ]
  const lines = wrong.map(([line], index) => line.replace('"k"', `"k${index}"`))
  const text = [...lines, LINE].join('\n')
  const expected = wrong.flatMap(([, faults], line) =>
    faults.map((fault) => `${line + 1} ${fault}`),
  )
  const found = await loadLines(t, text)
  t.strictSame(
    found.map((row) => row.join(' ')),
    expected,
  )
})

test('a line in another encoding is left out', async (t) => {
  const gbk = Buffer.from(LINE.replace('"a"', '"\xbb\xa7"'), 'latin1')
  t.strictSame(await loadLines(t, gbk), [['1', '', 'not-utf8']])
})

test('a fault of our own is not taken for a fault of the line', async (t) => {
  const broken = { dictionary: DICTIONARY, programmes: undefined as never }
  await t.rejects(loadLines(t, LINE, broken), TypeError)
})

test('a workspace that is stopped while it opens leaves no folder', async (t) => {
  const folder = t.testdir({})
  const controller = new AbortController()
  const opened = openWorkspace({ folder, signal: controller.signal })
  controller.abort(new Error('stopped'))
  await t.rejects(opened, { message: 'stopped' })
  t.strictSame(readdirSync(folder), [])
})
