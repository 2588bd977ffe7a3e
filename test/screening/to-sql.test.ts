import { DuckDBInstance } from '@duckdb/node-api'
import tap, { test } from 'tap'
import { parseRule } from '../../src/engine/rule.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { duckdb } from '../../src/screening/dialects/duckdb.js'
import { postgres } from '../../src/screening/dialects/postgres.js'
import { type Dialect, quoted } from '../../src/screening/to-sql/dialect.js'
import type { Statement } from '../../src/screening/to-sql/render.js'
import { compileScreening } from '../../src/screening/to-sql/screening-sql.js'
import {
  countSelects,
  type Place,
  rowsSelect,
  stageStatements,
} from '../../src/screening/to-sql/statements.js'
import { type OwnSchema, ownSchema } from '../support/screen-with.js'
import { DICTIONARY } from '../support/test-dictionary.js'

tap.setTimeout(300_000)

const SOURCES = {
  duckdb: {
    household: `(SELECT 1::BIGINT AS "key", 'h' AS "householdId", 99999::BIGINT AS "household.income", NULL::TINYINT AS "household.size", '441901' AS "household.hukou")`,
    member: `(SELECT 1::BIGINT AS "key", 'h' AS "householdId", 'm1' AS "memberId", 3000::INTEGER AS "member.dateOfBirth", '2' AS "member.sex", ['sight'] AS "member.needs", TRUE AS "member.insured")`,
  },
  postgres: {
    household: `(SELECT 1::bigint AS "key", 'h'::text AS "householdId", 99999::bigint AS "household.income", NULL::smallint AS "household.size", '441901'::text AS "household.hukou")`,
    member: `(SELECT 1::bigint AS "key", 'h'::text AS "householdId", 'm1'::text AS "memberId", 3000::integer AS "member.dateOfBirth", '2'::text AS "member.sex", '{sight}'::text[] AS "member.needs", TRUE AS "member.insured")`,
  },
} as const

const GIVEN = [
  'household.income',
  'household.size',
  'household.hukou',
  'member.dateOfBirth',
  'member.sex',
  'member.needs',
  'member.insured',
]

interface Row {
  readonly name: string
  readonly subject: 'household' | 'member'
  readonly conditions: object
  readonly amount?: object
  readonly parameters?: object
  readonly scorecard?: object
  /** Outcome, amount, missing of the one household above. */
  readonly expected: readonly [string, string | null, readonly string[]]
}

const c = (fact: string, operator: string, value: unknown) => ({
  fact,
  operator,
  value,
  clause: 'x',
})
const standard = { standard: { value: 1000, unit: 'CNY/month', clause: 'x' } }

const TABLE: readonly Row[] = [
  {
    name: 'a ratio is compared by cross-multiplication and topped up',
    subject: 'household',
    conditions: { all: [c('household.incomePerHead', 'lessThan', { fact: 'parameter.standard' })] },
    amount: { subtract: [{ parameter: 'standard' }, { fact: 'household.incomePerHead' }] },
    parameters: standard,
    expected: ['eligible', '0.01', []],
  },
  {
    name: 'a code is one bit, a region a prefix',
    subject: 'household',
    conditions: {
      any: [
        c('household.hukou', 'in', ['441900', '110000']),
        c('household.isLocal', 'equal', true),
      ],
    },
    expected: ['eligible', null, []],
  },
  {
    name: 'an unknown fact under not stays unknown',
    subject: 'household',
    conditions: { not: c('household.poor', 'equal', true) },
    expected: ['unknown', null, ['household.poor']],
  },
  {
    name: 'members are folded, and their missing facts named',
    subject: 'household',
    conditions: {
      all: [c('household.minors', 'equal', 0), c('household.workers', 'greaterThan', 0)],
    },
    expected: ['unknown', null, ['members/m1/works']],
  },
  {
    name: 'a member rule reads ages, sets and its household',
    subject: 'member',
    conditions: {
      all: [
        c('member.age', 'greaterThanInclusive', 18),
        c('member.needs', 'contains', 'sight'),
        c('household.income', 'lessThanInclusive', 999.99),
        c('member.sex', 'notEqual', '1'),
      ],
    },
    expected: ['eligible', null, []],
  },
  {
    name: 'a scorecard adds capped items',
    subject: 'member',
    scorecard: {
      items: [
        { id: 'age', clause: 'x', points: { fact: 'member.age' }, cap: 30 },
        {
          id: 'insured',
          clause: 'x',
          points: { highest: [{ if: { fact: 'member.insured' }, then: 30 }] },
        },
      ],
      cap: 60,
    },
    conditions: c('scorecard.points', 'greaterThanInclusive', 60),
    expected: ['eligible', null, []],
  },
  {
    name: 'fractions of members with different denominators are added exactly',
    subject: 'household',
    conditions: c('household.income', 'greaterThan', 0),
    amount: { sum: { divide: [{ yuan: 100 }, { add: [{ fact: 'member.age' }, 1] }] } },
    expected: ['eligible', '2.33', []],
  },
]

function compiled(row: Row) {
  const version = {
    programme: 'town/living',
    version: '2020-01-01',
    parameters: row.parameters ?? {},
    conditions: row.conditions,
    ...(row.scorecard && { scorecard: row.scorecard }),
    entitlement: {
      kind: 'cash',
      amount: row.amount ?? null,
      unit: 'CNY/month',
      bound: 'exact',
      clause: 'x',
    },
  } as unknown as RuleVersion
  const rule = parseRule(version, row.subject, DICTIONARY, (pointer, reason) => {
    throw new Error(`${pointer}: ${reason}`)
  })
  if (rule === undefined) throw new Error('no rule')
  return compileScreening([{ rule, attested: true }], {
    asOf: dayOf('2020-06-01'),
    jurisdiction: '441900',
    size: DICTIONARY.get('household.size'),
    has: ({ id }) => GIVEN.includes(id),
  })
}

function statements(row: Row, dialect: Dialect): readonly Statement[] {
  const screening = compiled(row)
  const place: Place = { dialect, sources: SOURCES[dialect.name], prefix: '' }
  const [rule] = screening.rules
  if (rule === undefined) throw new Error('no rule')
  return [
    ...stageStatements(screening, place),
    ...countSelects(screening, place),
    rowsSelect(rule, screening, place),
  ]
}

/** The statements with their parameters; the one row of facts is called by its name. */
const text = (all: readonly Statement[]) =>
  `${sqlOf(all)}\n-- ${all.map(({ parameters }) => parameters.join(' | ')).join('\n-- ')}\n`

function sqlOf(all: readonly Statement[]): string {
  const sql = all.map((one) => one.sql).join(';\n')
  return Object.values(SOURCES)
    .flatMap(Object.entries)
    .reduce((short, [name, source]) => short.replaceAll(source as string, `"${name}s"`), sql)
}

test('each form as DuckDB spells it, and what it answers', async (t) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  t.snapshotFile = new URL('../snapshots/to-duckdb.cjs', import.meta.url).pathname
  for (const row of TABLE) {
    const all = statements(row, duckdb)
    t.matchSnapshot(text(all), row.name)
    t.notMatch(sqlOf(all), /1000|441900|110000|sight/, 'no figure and no code in the text')
    for (const { sql, parameters } of all.slice(0, -2)) await connection.run(sql, [...parameters])
    const [counts, rows] = all.slice(-2) as [Statement, Statement]
    const found = await connection.runAndReadAll(rows.sql, [...rows.parameters])
    t.strictSame(found.getRowsJson()[0]?.slice(4), row.expected, row.name)
    const counted = await connection.runAndReadAll(counts.sql, [...counts.parameters])
    const [outcome] = row.expected
    const readings = [outcome === 'eligible' ? '1' : '0', outcome === 'ineligible' ? '0' : '1']
    t.strictSame(counted.getRowsJson()[0], readings, `${row.name}, counted`)
  }
})

const database = await ownSchema()
const skip = typeof database === 'string' ? database : false
if (typeof database !== 'string') tap.teardown(database.drop)

test('each form as PostgreSQL spells it, and what it answers', { skip }, async (t) => {
  const { client } = database as OwnSchema
  t.snapshotFile = new URL('../snapshots/to-postgres.cjs', import.meta.url).pathname
  for (const row of TABLE) {
    const all = statements(row, postgres)
    t.matchSnapshot(text(all), row.name)
    await client.query('BEGIN')
    for (const sql of postgres.prelude) await client.query(sql)
    for (const { sql, parameters } of all.slice(0, -1)) await client.query(sql, [...parameters])
    const { sql, parameters } = all.at(-1) as Statement
    const { rows } = await client.query(sql, [...parameters])
    const [{ outcome, amount, missing }] = rows
    t.strictSame([outcome, amount, missing], row.expected, row.name)
    await client.query('ROLLBACK')
  }
})

test('an identifier is quoted whatever it holds', async (t) => {
  t.equal(quoted('a"b'), '"a""b"')
})
