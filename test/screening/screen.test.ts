import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import tap, { test } from 'tap'
import { unreadable } from '../../src/screening/input/describe-file.js'
import { type FileScreening, screen } from '../../src/screening/screen.js'
import { screenPostgres } from '../../src/screening/screen-postgres.js'
import { type OwnSchema, ownSchema, postgresWith } from '../support/screen-with.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

tap.setTimeout(300_000)

const QUESTION = {
  rulebook: shippedRulebook(),
  asOf: '2020-06-01',
  knownAt: NOW.toISOString(),
  programmes: ['dongguan/minimum-living', 'dongguan/orphan-basic-living'],
}

/** Three persons on 3,179.99 yuan a month, one yuan below the line in all; and what else is asked. */
const FAMILY = {
  monthlyIncomeTotal: 3179.99,
  hukouCode: '441900',
  meetsDibaoPropertyRule: true,
  members: [
    { id: 'm1', dateOfBirth: '1980-02-29', hukouCode: '441900', isOrphan: false },
    { id: 'm2', dateOfBirth: '2010-01-01', hukouCode: '441900', isOrphan: true },
    { id: 'm3', hukouCode: '441900', isOrphan: true },
  ],
}

const EXPECTED = [
  ['fam', null, 'dongguan/minimum-living', '2020-03-06', 'eligible', '0.01', []],
  ['fam', 'm1', 'dongguan/orphan-basic-living', '2020-03-06', 'ineligible', null, []],
  ['fam', 'm2', 'dongguan/orphan-basic-living', '2020-03-06', 'eligible', '1820.00', []],
  [
    'fam',
    'm3',
    'dongguan/orphan-basic-living',
    '2020-03-06',
    'unknown',
    null,
    ['members/m3/dateOfBirth'],
  ],
]

const expectedRows = EXPECTED.map(([household, member, programme, version, ...rest]) => [
  household,
  member,
  programme,
  `${programme}@${version}`,
  ...rest,
])

async function rowsOf(path: string): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const found = await connection.runAndReadAll(
    `SELECT * REPLACE (CAST("amount" AS DECIMAL(18, 2)) AS "amount", CAST("missing" AS VARCHAR[]) AS "missing") FROM '${path}' ORDER BY ALL NULLS FIRST`,
  )
  return found.getRowsJson()
}

const CSV_HOUSEHOLDS = `householdId,monthlyIncomeTotal,hukouCode,meetsDibaoPropertyRule,monthlyIncomePerCapita
fam,3179.99,441900,true,
`
const CSV_MEMBERS = `householdId,memberId,dateOfBirth,hukouCode,isOrphan,disabilityCategory,sex
fam,m1,1980-02-29,441900,false,,1
fam,m2,2010-01-01,441900,true,"[visual, hearing]",9
fam,m3,,441900,true,[],
`

function csvPair(folder: string, households = CSV_HOUSEHOLDS, members = CSV_MEMBERS) {
  writeFileSync(join(folder, 'h.csv'), households)
  writeFileSync(join(folder, 'm.csv'), members)
  return { households: join(folder, 'h.csv'), members: join(folder, 'm.csv') }
}

test('one family as CSV, as Parquet and as a line of JSON gives the same rows in every format', async (t) => {
  const folder = t.testdir()
  const csv = csvPair(folder)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const name of ['h', 'm'])
    await connection.run(
      `COPY (SELECT * FROM read_csv('${join(folder, name)}.csv', types = {'hukouCode': 'VARCHAR'})) TO '${join(folder, name)}.parquet'`,
    )
  writeFileSync(
    join(folder, 'h.ndjson'),
    `${JSON.stringify({ householdId: 'fam', household: FAMILY })}\n`,
  )
  const sources = [
    csv,
    { households: join(folder, 'h.parquet'), members: join(folder, 'm.parquet') },
    { households: join(folder, 'h.ndjson') },
  ]
  for (const source of sources) {
    for (const format of ['parquet', 'csv', 'ndjson']) {
      const out = join(folder, `out.${format}`)
      const summary = await screen({ ...QUESTION, ...source, out })
      t.match(summary, { households: 1, members: 3, rejected: 0, faults: 0 }, source.households)
      t.strictSame(await rowsOf(out), expectedRows, `${source.households} to ${format}`)
    }
  }
  const head = readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[0]
  t.equal(head, 'householdId,memberId,programme,ruleVersion,outcome,amount,missing')
})

test('the summary counts outcomes and adds amounts exactly, programme by programme', async (t) => {
  const summary = await screen({ ...QUESTION, ...csvPair(t.testdir()) })
  t.match(summary.programmes, [
    { programme: 'dongguan/minimum-living', eligible: 1, amount: '0.01', unit: 'CNY/month' },
    { eligible: 1, ineligible: 1, unknown: 1, paid: 1, amount: '1820.00', subject: 'member' },
  ])
  const before = await screen({
    ...QUESTION,
    ...csvPair(t.testdir()),
    asOf: '2010-01-01',
    sample: 1,
  })
  t.match(before.notInForce, [{ programme: 'dongguan/minimum-living' }])
})

test('a ceiling is an amount of each row and paid to nobody; a floor is summed as at least', async (t) => {
  const folder = t.testdir()
  const out = join(folder, 'out.csv')
  const source = csvPair(
    folder,
    'householdId,localRuralNetIncomePerHeadLastYear\nh,10000\n',
    'householdId,memberId,isStartingBusiness,meetsStartupLoanTerms,wubaoStatus\nh,m1,true,true,true\nh,m2,true,true,true\n',
  )
  const programmes = [
    'dongguan/startup-loan-interest-subsidy',
    'guangzhou/community-health-within-walk',
  ]
  const loan = await screen({ ...QUESTION, ...source, programmes, out })
  const [said, without] = loan.programmes
  t.match(said, { eligible: 2, paid: 0, amount: '0.00', unit: 'CNY', bound: 'cap' })
  t.match(without, { paid: 0, bound: 'cap' })
  const amounts = (await rowsOf(out)).map((row) => row[5])
  t.strictSame(amounts.filter(Boolean), ['300000.00', '300000.00'])
  const asOf = '2016-06-01'
  const floor = ['yuancheng/rural-five-guarantees']
  const five = await screen({ ...QUESTION, ...source, asOf, programmes: floor })
  t.match(five.programmes, [{ eligible: 2, paid: 2, amount: '12000.00', bound: 'floor' }])
})

test('every fault of the input is a reject with its line, and its household is left out whole', async (t) => {
  const folder = t.testdir()
  const households = `householdId,monthlyIncomeTotal,hukouCode,size,settlementType,meetsDibaoPropertyRule
ok,1000,441900,1,urban,true
money,1000.005,441900,,,
text,much,441900,,,
large,10000000000,441900,,,
code,1,4419,,,
value,1,441900,,town,
truth,1,441900,,,yes
small,1,441900,1,,
twice,1,441900,,,
twice,1,441900,,,
alone,1,441900,,,
member,1,441900,,,
`
  const members = `householdId,memberId,dateOfBirth,disabilityCategory
ok,m1,2020-06-01,[visual]
money,m1,,
text,m1,,
large,m1,,
code,m1,,
value,m1,,
truth,m1,,
small,m1,,
small,m2,,
twice,m1,,
member,m1,2019-02-30,
member,m1,2020-06-02,"[visual, visual]"
member,m 3,01.02.2019,[deaf]
nobody,m1,,
`
  const rejects = join(folder, 'rejects.ndjson')
  const pair = csvPair(folder, households, members)
  const summary = await screen({ ...QUESTION, ...pair, rejects, out: join(folder, 'out.csv') })
  t.match(summary, { households: 1, members: 1, rejected: 11 })
  const found = readFileSync(rejects, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const faults = found.map(
    ({ file, line, pointer, code }) => `${file.slice(-5)} ${line} ${pointer} ${code}`,
  )
  t.strictSame(
    faults.sort(),
    [
      'h.csv 10 /householdId repeated-id',
      'h.csv 11 /householdId repeated-id',
      'h.csv 12 /members too-few',
      'h.csv 3 /monthlyIncomeTotal too-many-decimals',
      'h.csv 4 /monthlyIncomeTotal wrong-type',
      'h.csv 5 /monthlyIncomeTotal out-of-range',
      'h.csv 6 /hukouCode wrong-form',
      'h.csv 7 /settlementType unknown-code',
      'h.csv 8 /meetsDibaoPropertyRule wrong-type',
      'h.csv 9 /size fewer-than-listed',
      'm.csv 12 /dateOfBirth impossible-date',
      'm.csv 12 /memberId repeated-id',
      'm.csv 13 /dateOfBirth after-as-of',
      'm.csv 13 /disabilityCategory repeated-code',
      'm.csv 13 /memberId repeated-id',
      'm.csv 14 /dateOfBirth wrong-form',
      'm.csv 14 /disabilityCategory unknown-code',
      'm.csv 14 /memberId wrong-form',
      'm.csv 15 /householdId unknown-household',
    ].sort(),
  )
  t.ok(found.every(({ reason, reasonZh }) => reason.length > 3 && reasonZh.length > 1))
  t.notMatch(readFileSync(rejects, 'utf8'), /much|1000\.005|deaf/)
})

test('a CSV file with a row of another length is refused, never read in part', async (t) => {
  const folder = t.testdir({ 'h.csv': 'householdId\nh1\nh2\n' })
  const pair = { households: join(folder, 'h.csv'), members: join(folder, 'm.csv') }
  const head = 'householdId,memberId\n'
  const many = 'h1,m1\n'.repeat(30_000)
  const files: readonly (readonly [string, number | undefined])[] = [
    [`${head}h1\nh2,m1\n`, 2],
    [`${head}h1,m1\nh2,m1,more\n`, 3],
    [`\r\n"householdId","memberId"\r\nh1\r\n`, 1],
    [`${head}h1,"m1\nh2,m1\n`, 2],
    [`${head}${many}h2\n`, 30_002],
    // Nothing fits together from the first line on, or the ends of lines differ.
    ['"householdId"x,memberId\nh1,m1\n', undefined],
    [`${head}h1,m1\r\nh2,m1\n`, undefined],
  ]
  for (const [members, line] of files) {
    writeFileSync(pair.members, members)
    const run = screen({ ...QUESTION, ...pair })
    const fault = { file: pair.members, column: null, code: 'unreadable' }
    await t.rejects(run, { faults: [{ ...fault, line }], message: /^[^\n]*m\.csv: [^\n]*$/ })
  }
  const other = new Error('Out of Memory Error: no more')
  t.throws(() => unreadable('m.csv')(other), other, 'what is no fault of the file stays as it is')
})

test('lines of JSON are checked as requests to the API are', async (t) => {
  const folder = t.testdir()
  const lines = [
    JSON.stringify({ householdId: 'fam', household: FAMILY }),
    '{"householdId": "a", "household": {"members": [{"id": "m1"}], "members": []}}',
    'no json',
    '[]',
    JSON.stringify({ householdId: 7, household: FAMILY }),
    JSON.stringify({ householdId: 'twice', household: FAMILY }),
    JSON.stringify({
      householdId: 'b',
      household: { members: [{ id: 'm1', sex: '3' }], income: 1 },
    }),
    JSON.stringify({ householdId: 'twice', household: { ...FAMILY, monthlyIncomeTotal: 9000 } }),
    JSON.stringify({ householdId: 'twice', household: { members: [] } }),
  ]
  writeFileSync(join(folder, 'h.ndjson'), lines.join('\n'))
  const rejects = join(folder, 'rejects.ndjson')
  const summary = await screen({ ...QUESTION, households: join(folder, 'h.ndjson'), rejects })
  t.match(summary, { households: 1, members: 3, rejected: 8, faults: 10 })
  const found = readFileSync(rejects, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  t.strictSame(
    found.map(({ line, pointer, code }) => `${line} ${pointer} ${code}`),
    [
      '2 /household/members duplicate-key',
      '3  malformed-json',
      '4  wrong-type',
      '5 /householdId wrong-form',
      '6 /householdId repeated-id',
      '7 /household/income unknown-fact',
      '7 /household/members/0/sex unknown-code',
      '8 /householdId repeated-id',
      '9 /household/members too-few',
      '9 /householdId repeated-id',
    ],
  )
  const sampled = await screen({ ...QUESTION, households: join(folder, 'h.ndjson'), sample: 1 })
  t.match(sampled, { households: 1, rejected: 0 })
})

test('a source that cannot be screened is refused with one line', async (t) => {
  const folder = t.testdir()
  const pair = csvPair(folder)
  const refusals: readonly (readonly [Partial<FileScreening>, RegExp])[] = [
    [{ households: join(folder, 'none.csv') }, /none\.csv/],
    [{ households: join(folder, 'none.ndjson'), members: undefined }, /none\.ndjson/],
    [{ households: join(folder, 'h.ndjson') }, /m\.csv: lines of \.ndjson hold their members/],
    [{ households: join(folder, 'h.xlsx') }, /\.parquet, \.csv or \.ndjson/],
    [{ members: undefined }, /its members are needed/],
    [{ members: join(folder, 'm.ndjson') }, /\.parquet or \.csv/],
    [{ out: join(folder, 'out.xlsx') }, /\.parquet, \.csv, \.ndjson/],
    [{ programmes: ['dongguan/none'] }, /no programme/],
    [{ jurisdiction: '999999' }, /no jurisdiction/],
  ]
  for (const [change, message] of refusals)
    await t.rejects(screen({ ...QUESTION, ...pair, ...change } as FileScreening), { message })
  for (const [households, message] of [
    ['householdId,wages\nfam,1\n', /"wages" is no fact/],
    ['monthlyIncomeTotal\n1\n', /no column "householdId"/],
    ['\nhouseholdId,monthlyIncomeTotal\nfam,1\n', /line 1 is empty; it must hold the names/],
    ['\r\nhouseholdId,monthlyIncomeTotal\r\nfam,1\r\n', /line 1 is empty/],
    ['', /line 1 is empty/],
  ] as const) {
    const wrong = csvPair(folder, households)
    await t.rejects(screen({ ...QUESTION, ...wrong }), { message })
  }
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `COPY (SELECT 'f' AS "householdId", ['a'] AS "hukouCode") TO '${join(folder, 'list.parquet')}'`,
  )
  const listed = { ...pair, households: join(folder, 'list.parquet') }
  await t.rejects(screen({ ...QUESTION, ...listed }), {
    message: /cannot be read from VARCHAR\[\]/,
  })
})

test('a run that is stopped leaves neither half a file nor its folder', async (t) => {
  const folder = t.testdir()
  mkdirSync(join(folder, 'work'))
  const lines = Array.from({ length: 3000 }, (_, index) =>
    JSON.stringify({ householdId: `h${index}`, household: FAMILY }),
  )
  writeFileSync(join(folder, 'h.ndjson'), lines.join('\n'))
  for (const phase of ['loading', 'screening', 'writing']) {
    const controller = new AbortController()
    const stopped = screen({
      ...QUESTION,
      households: join(folder, 'h.ndjson'),
      out: join(folder, 'out.parquet'),
      folder: join(folder, 'work'),
      signal: controller.signal,
      progress: (progress) => {
        if (progress.phase === phase) controller.abort()
      },
    })
    await t.rejects(stopped, { name: 'AbortError' }, phase)
    t.notOk(existsSync(join(folder, 'out.parquet')), phase)
    t.strictSame(readdirSync(join(folder, 'work')), [], phase)
    t.strictSame(readdirSync(folder).sort(), ['h.ndjson', 'work'], phase)
  }
})

test('batches together say what one batch says', async (t) => {
  const folder = t.testdir()
  const lines = Array.from({ length: 50 }, (_, index) =>
    JSON.stringify({
      householdId: `h${index}`,
      household: { ...FAMILY, monthlyIncomeTotal: 3170 + index },
    }),
  )
  writeFileSync(join(folder, 'h.ndjson'), lines.join('\n'))
  const source = { ...QUESTION, households: join(folder, 'h.ndjson') }
  const one = await screen({ ...source, out: join(folder, 'one.parquet') })
  const seen: number[] = []
  const many = await screen({
    ...source,
    out: join(folder, 'many.parquet'),
    batch: 15,
    progress: ({ done, phase }) => phase === 'screening' && seen.push(done),
  })
  t.strictSame(many, one)
  t.strictSame(seen, [15, 30, 45, 50])
  t.strictSame(
    await rowsOf(join(folder, 'many.parquet')),
    await rowsOf(join(folder, 'one.parquet')),
  )
  t.match(many.programmes[0], { eligible: 10, ineligible: 40 })
})

test('a file without households gives a file without rows', async (t) => {
  const folder = t.testdir()
  writeFileSync(join(folder, 'h.ndjson'), '')
  const out = join(folder, 'out.csv')
  const summary = await screen({ ...QUESTION, households: join(folder, 'h.ndjson'), out })
  t.match(summary, { households: 0, programmes: [{ eligible: 0, amount: '0.00' }, {}] })
  t.equal(readFileSync(out, 'utf8').trim().split('\n').length, 1)
})

const database = await ownSchema()
const skip = typeof database === 'string' ? database : false
if (typeof database !== 'string') tap.teardown(database.drop)

test('a register in PostgreSQL is screened where it lies', { skip }, async (t) => {
  const { client, url, schema } = database as OwnSchema
  await postgresWith(client, QUESTION.rulebook.dictionary, [FAMILY])
  const inDatabase = {
    ...QUESTION,
    database: url,
    households: `${schema}.household`,
    members: `${schema}.member`,
    into: `${schema}.results`,
  }
  const summary = await screenPostgres(inDatabase)
  t.match(summary, { households: 1, members: 3, rejected: 0, faults: 0 })
  t.match(summary.programmes, [
    { programme: 'dongguan/minimum-living', eligible: 1, amount: '0.01' },
    { eligible: 1, ineligible: 1, unknown: 1, amount: '1820.00' },
  ])
  const { rows } = await client.query(
    `SELECT "memberId", "outcome", "amount", "missing" FROM ${schema}.results ORDER BY 1 NULLS FIRST`,
  )
  const withoutIds = expectedRows.map(([, memberId, , , outcome, amount, missing]) => ({
    memberId,
    outcome,
    amount,
    missing,
  }))
  t.strictSame(rows, withoutIds)
  const left = await client.query(
    'SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = $1',
    [schema],
  )
  t.strictSame(left.rows, [{ n: 4 }], 'the two views, the results and the rejects')
  await t.rejects(screenPostgres(inDatabase), /^there is a table ".*results" already$/)
})

test('faults in PostgreSQL go to a table of rejects', { skip }, async (t) => {
  const { client, url, schema } = database as OwnSchema
  await client.query(
    `CREATE TABLE homes ("householdId" text, "monthlyIncomeTotal" numeric, "hukouCode" text, "size" integer, "settlementType" text)`,
  )
  await client.query(
    `INSERT INTO homes VALUES ('ok', 1000, '441900', NULL, 'urban'), ('money', 1.005, '4419', 9, 'town'), ('large', 1e12, NULL, 0, NULL), ('alone', 1, NULL, NULL, NULL), ('small', 1, NULL, 1, NULL), ('twice', 1, NULL, NULL, NULL), ('twice', 1, NULL, NULL, NULL)`,
  )
  await client.query(
    `CREATE TABLE people ("householdId" text, "memberId" text, "dateOfBirth" date, "disabilityCategory" text[])`,
  )
  await client.query(
    `INSERT INTO people VALUES ('ok', 'm1', '2020-06-01', '{visual}'), ('money', 'm1', '2020-06-02', '{deaf}'), ('large', 'm1', '1700-01-01', '{visual,visual}'), ('large', 'm1', NULL, '{NULL}'), ('small', 'm1', NULL, NULL), ('small', 'm2', NULL, NULL), ('twice', 'm1', NULL, NULL), ('nobody', 'm1', NULL, NULL)`,
  )
  const summary = await screenPostgres({
    ...QUESTION,
    database: url,
    households: `${schema}.homes`,
    members: `${schema}.people`,
    into: `${schema}.found`,
  })
  t.match(summary, { households: 1, members: 1, rejected: 5 })
  const { rows } = await client.query(
    `SELECT concat_ws(' ', "householdId", "memberId", "pointer", "code") AS fault FROM ${schema}.found_rejects`,
  )
  t.strictSame(rows.map(({ fault }) => fault).sort(), [
    'alone /members too-few',
    'large /monthlyIncomeTotal out-of-range',
    'large /size fewer-than-listed',
    'large /size out-of-range',
    'large m1 /dateOfBirth out-of-range',
    'large m1 /disabilityCategory repeated-code',
    'large m1 /disabilityCategory wrong-type',
    'large m1 /memberId repeated-id',
    'money /hukouCode wrong-form',
    'money /monthlyIncomeTotal too-many-decimals',
    'money /settlementType unknown-code',
    'money m1 /dateOfBirth after-as-of',
    'money m1 /disabilityCategory unknown-code',
    'nobody m1 /householdId unknown-household',
    'small /size fewer-than-listed',
    'twice /householdId repeated-id',
  ])
})

test('a database, view or column that does not fit is refused', { skip }, async (t) => {
  const { client, url, schema } = database as OwnSchema
  await client.query('CREATE TABLE odd ("householdId" text, "wages" numeric)')
  await client.query('CREATE TABLE odder ("householdId" text, "hukouCode" integer)')
  const screening = {
    ...QUESTION,
    database: url,
    households: `${schema}.household`,
    members: `${schema}.member`,
    into: `${schema}.never`,
  }
  const refusals: readonly (readonly [object, RegExp])[] = [
    [{ households: 'x; DROP TABLE household' }, /no name of a table/],
    [{ households: `${schema}.none` }, /does not exist/],
    [{ households: `${schema}.odd` }, /"wages" is no fact/],
    [{ households: `${schema}.odder` }, /"hukouCode" is integer/],
    [{ members: `${schema}.odder` }, /"memberId" is missing/],
    [{ database: 'postgres://postgres@127.0.0.1:1/none' }, /cannot be reached/],
  ]
  for (const [change, message] of refusals)
    await t.rejects(screenPostgres({ ...screening, ...change }), { message })
  const controller = new AbortController()
  const stopped = screenPostgres({ ...screening, signal: controller.signal })
  setTimeout(() => controller.abort(), 10)
  await t.rejects(stopped, { name: 'AbortError' })
  const left = await client.query('SELECT to_regclass($1) AS name', [`${schema}.never`])
  t.strictSame(left.rows, [{ name: null }])
})
