import { DuckDBInstance } from '@duckdb/node-api'
import tap, { test } from 'tap'
import { parseRule, type Rule } from '../../src/engine/rule.js'
import { dateText, dayOf } from '../../src/model/civil-date.js'
import type { Expression } from '../../src/model/expression.js'
import type { Household } from '../../src/model/household.js'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { duckdb } from '../../src/screening/dialects/duckdb.js'
import { postgres } from '../../src/screening/dialects/postgres.js'
import { type Dialect, quoted } from '../../src/screening/to-sql/dialect.js'
import { outcomesSelect } from '../../src/screening/to-sql/outcomes-select.js'
import type { Statement } from '../../src/screening/to-sql/render.js'
import { compileScreening } from '../../src/screening/to-sql/screening-sql.js'
import { type Place, rowsSelect, stageStatements } from '../../src/screening/to-sql/statements.js'
import { line, type OwnSchema, ownSchema, readWithEvaluator } from '../support/screen-with.js'
import {
  BASE_FACTS,
  choice,
  DERIVED_FACTS,
  DICTIONARY,
  MONEY,
  testDictionary,
  testFact,
} from '../support/test-dictionary.js'

tap.setTimeout(300_000)

const SOURCES = {
  duckdb: {
    household: `(SELECT 1::BIGINT AS "key", 'h' AS "householdId", 99999::BIGINT AS "household.income", NULL::TINYINT AS "household.size", '441901' AS "household.hukou")`,
    member: `(SELECT 1::BIGINT AS "key", 'h' AS "householdId", 'm1' AS "memberId", 3000::INTEGER AS "member.dateOfBirth", '2' AS "member.sex", ['sight', 'mind'] AS "member.needs", ['mind', 'sight'] AS "member.wants", ['hearing'] AS "member.gifts", TRUE AS "member.insured")`,
  },
  postgres: {
    household: `(SELECT 1::bigint AS "key", 'h'::text AS "householdId", 99999::bigint AS "household.income", NULL::smallint AS "household.size", '441901'::text AS "household.hukou")`,
    member: `(SELECT 1::bigint AS "key", 'h'::text AS "householdId", 'm1'::text AS "memberId", 3000::integer AS "member.dateOfBirth", '2'::text AS "member.sex", '{sight,mind}'::text[] AS "member.needs", '{mind,sight}'::text[] AS "member.wants", '{hearing}'::text[] AS "member.gifts", TRUE AS "member.insured")`,
  },
} as const

/** The same household as a request says it. */
const HOUSEHOLD: Household = {
  income: 999.99,
  hukou: '441901',
  members: [
    {
      id: 'm1',
      dateOfBirth: dateText(3000),
      sex: '2',
      needs: ['sight', 'mind'],
      wants: ['mind', 'sight'],
      gifts: ['hearing'],
      insured: true,
    },
  ],
}

const NEEDS = { values: DICTIONARY.get('member.needs')?.fact.values }
const when = (condition: Expression, value: Expression, otherwise: Expression): Expression => ({
  when: [choice(condition, value)],
  else: otherwise,
})
const POOR = { fact: 'household.poor' }
const WORKS = { fact: 'member.works' }
const setOf = (value: string, otherwise: string) =>
  when({ fact: 'member.fromHere' }, when(WORKS, { fact: 'member.needs' }, { fact: value }), {
    fact: otherwise,
  })
const liesIn = (otherwise: Expression) => ({
  derive: { within: [when(POOR, { fact: 'household.hukou' }, otherwise), ORIGIN] } as Expression,
})
const ORIGIN = { fact: 'household.origin' }

/** Derivations that give codes and sets, and members counted by what their household is. */
const MORE = testDictionary([
  ...BASE_FACTS,
  ...DERIVED_FACTS,
  testFact('member.wants', 'code-set', NEEDS),
  testFact('member.gifts', 'code-set', NEEDS),
  testFact('member.alike', 'code-set', { ...NEEDS, derive: setOf('member.wants', 'member.gifts') }),
  testFact('member.unlike', 'code-set', {
    ...NEEDS,
    derive: setOf('member.gifts', 'member.wants'),
  }),
  testFact('household.class', 'code', {
    values: DICTIONARY.get('household.band')?.fact.values,
    derive: when(POOR, 'low', 'middle'),
  }),
  testFact('household.place', 'code', {
    values: Object.fromEntries([['441901', { zh: '某地', en: 'a place' }]]),
  }),
  testFact('household.origin', 'code', { pattern: '^\\d{6}$' }),
  testFact('household.cameAlike', 'boolean', liesIn('441901')),
  testFact('household.cameUnlike', 'boolean', liesIn('441900')),
  testFact('household.cameListed', 'boolean', liesIn({ fact: 'household.place' })),
  testFact('household.urban', 'boolean', {
    derive: when(
      { holds: { fact: 'household.settlement', operator: 'equal', value: 'urban' } },
      true,
      false,
    ),
  }),
  testFact('member.means', 'decimal', {
    ...MONEY,
    derive: {
      when: [
        choice({ fact: 'member.insured' }, { fact: 'member.wage' }),
        choice(WORKS, { fact: 'household.income' }),
      ],
      else: { fact: 'member.wage' },
    },
  }),
  testFact('household.poorWorkers', 'integer', {
    unit: 'persons',
    min: 0,
    max: 50,
    derive: { count: when(POOR, WORKS, false) },
  }),
])

const GIVEN = [
  'household.income',
  'household.size',
  'household.hukou',
  'member.dateOfBirth',
  'member.sex',
  'member.needs',
  'member.wants',
  'member.gifts',
  'member.insured',
  // A source may claim every fact: the points of a table are computed all the same.
  'scorecard.points',
]

interface Row {
  readonly name: string
  readonly subject: 'household' | 'member'
  readonly conditions: object
  readonly amount?: object
  readonly parameters?: object
  readonly scorecard?: object
  /** Of a dictionary in which no household says how many it is. */
  readonly sizeless?: true
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

/** Times and divided by a large prime, over and over: as fractions grow they are reduced. */
const times = (amount: object, turns: number): object =>
  turns === 0
    ? amount
    : times({ divide: [{ multiply: [amount, 999_999_937] }, 999_999_937] }, turns - 1)

const monthsTo = (date: string) => ({
  monthsBetween: [{ fact: 'member.dateOfBirth' }, { date }],
})

const TABLE: readonly Row[] = [
  {
    name: 'products that 63 bits do not hold, and fractions that 126 do not',
    subject: 'household',
    conditions: c('household.income', 'greaterThan', 0),
    amount: times({ fact: 'household.income' }, 4),
    expected: ['eligible', '999.99', []],
  },
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
  {
    name: 'a figure below 0 that 63 bits do not hold is brought to lowest terms',
    subject: 'household',
    conditions: c('household.income', 'greaterThan', 0),
    amount: { add: [times({ divide: [{ yuan: -0.05 }, 4] }, 4), { yuan: 10 }] },
    expected: ['eligible', '9.99', []],
  },
  {
    name: 'a derived code is each code it may be',
    subject: 'household',
    conditions: c('household.class', 'in', ['low', 'middle']),
    expected: ['eligible', null, []],
  },
  {
    name: 'a derived code that is open names what it follows from',
    subject: 'household',
    conditions: c('household.class', 'equal', 'low'),
    expected: ['unknown', null, ['household.poor']],
  },
  {
    name: 'a code that is the same either way keeps nothing open',
    subject: 'household',
    conditions: c('household.cameAlike', 'equal', true),
    expected: ['unknown', null, ['household.origin']],
  },
  {
    name: 'a code that differs keeps open which it is',
    subject: 'household',
    conditions: c('household.cameUnlike', 'equal', true),
    expected: ['unknown', null, ['household.origin', 'household.poor']],
  },
  {
    name: 'a code with one value is that value, stated or not',
    subject: 'household',
    conditions: {
      any: [
        c('household.cameListed', 'equal', true),
        { not: c('household.place', 'equal', '441901') },
      ],
    },
    expected: ['unknown', null, ['household.origin']],
  },
  {
    name: 'two lists of the same codes are one set',
    subject: 'member',
    conditions: c('member.alike', 'contains', 'sight'),
    expected: ['unknown', null, ['members/m1/hukou']],
  },
  {
    name: 'two lists of other codes are two sets',
    subject: 'member',
    conditions: c('member.unlike', 'contains', 'hearing'),
    expected: ['unknown', null, ['members/m1/hukou', 'members/m1/works']],
  },
  {
    name: 'a derivation may end in a plain no',
    subject: 'household',
    conditions: c('household.urban', 'equal', false),
    expected: ['unknown', null, ['household.settlement']],
  },
  {
    name: 'members are counted by what their household is',
    subject: 'household',
    conditions: c('household.poorWorkers', 'greaterThan', 0),
    expected: ['unknown', null, ['household.poor', 'members/m1/works']],
  },
  {
    name: 'behind a choice that certainly holds nothing is asked for',
    subject: 'member',
    conditions: c('member.means', 'greaterThan', 0),
    expected: ['unknown', null, ['members/m1/wage']],
  },
  {
    // Born on 20 March 1978: the first month is complete on 20 April.
    name: 'a month is complete on the same day of the next',
    subject: 'member',
    conditions: c('member.sex', 'equal', '2'),
    amount: {
      add: [
        { multiply: [{ yuan: 100 }, monthsTo('1978-04-19')] },
        { multiply: [{ yuan: 10 }, monthsTo('1978-04-20')] },
        { multiply: [{ yuan: 1 }, monthsTo('1978-05-19')] },
      ],
    },
    expected: ['eligible', '11.00', []],
  },
  {
    name: 'where no household says how many it is, those listed are all',
    subject: 'household',
    conditions: c('household.minors', 'equal', 0),
    sizeless: true,
    expected: ['eligible', null, []],
  },
]

const ASKED = { asOf: dayOf('2020-06-01'), jurisdiction: '441900' }

function ruleOf(row: Row): Rule {
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
  const rule = parseRule(version, row.subject, MORE, (pointer, reason) => {
    throw new Error(`${pointer}: ${reason}`)
  })
  if (rule === undefined) throw new Error('no rule')
  return rule
}

function compiled(row: Row) {
  return compileScreening([{ rule: ruleOf(row), attested: true }], {
    ...ASKED,
    size: row.sizeless ? undefined : MORE.get('household.size'),
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
    outcomesSelect([rule], screening, place, true),
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

/** An outcome as one column keeps it. */
function keptAs({ expected: [outcome] }: Row): boolean | null {
  return outcome === 'unknown' ? null : outcome === 'eligible'
}

test('each form as DuckDB spells it, and what it answers', async (t) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  t.snapshotFile = new URL('../snapshots/to-duckdb.cjs', import.meta.url).pathname
  for (const row of TABLE) {
    const all = statements(row, duckdb)
    t.matchSnapshot(text(all), row.name)
    t.notMatch(sqlOf(all), /1000|441900|110000|sight/, 'no figure and no code in the text')
    for (const { sql, parameters } of all.slice(0, -2)) await connection.run(sql, [...parameters])
    const [outcomes, rows] = all.slice(-2) as [Statement, Statement]
    const found = await connection.runAndReadAll(rows.sql, [...rows.parameters])
    t.strictSame(found.getRowsJson()[0]?.slice(4), row.expected, row.name)
    const kept = await connection.runAndReadAll(outcomes.sql, [...outcomes.parameters])
    t.strictSame(kept.getRowObjectsJson()[0]?.['outcome 0'], keptAs(row), `${row.name}, kept`)
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
    const answers = []
    for (const { sql, parameters } of all) answers.push(await client.query(sql, [...parameters]))
    const [kept, found] = answers.slice(-2).map(({ rows }) => rows[0])
    const { outcome, amount, missing } = found
    t.strictSame([outcome, amount, missing], row.expected, row.name)
    t.strictSame(kept['outcome 0'], keptAs(row), `${row.name}, kept`)
    await client.query('ROLLBACK')
  }
})

test('adding fractions does not keep PostgreSQL from working in parallel', { skip }, async (t) => {
  const { client } = database as OwnSchema
  for (const sql of postgres.prelude) await client.query(sql)
  const { rows } = await client.query(
    'SELECT proname AS name, proparallel AS parallel FROM pg_proc WHERE pronamespace = pg_my_temp_schema() ORDER BY 1',
  )
  t.strictSame(rows, [
    { name: 'huimin_add', parallel: 's' },
    { name: 'huimin_sum', parallel: 's' },
  ])
})

test('each form as the evaluator answers it', async (t) => {
  for (const row of TABLE) {
    const rule = ruleOf(row)
    const rules = [{ rule, attested: true }]
    const found = readWithEvaluator(rules, [HOUSEHOLD], { ...ASKED, size: 'size' })
    const [outcome, amount, missing] = row.expected
    const member = row.subject === 'member' ? 'm1' : ''
    t.strictSame(found, [line(0, member, rule.id, outcome, amount, missing)], row.name)
  }
})

test('a fact of which rules tell too many codes apart is named; codes of one list are one', async (t) => {
  const codes = (count: number) => Array.from({ length: count }, (_, place) => `${441_900 + place}`)
  const rule = (conditions: object) => ({
    name: 'codes',
    subject: 'household' as const,
    conditions,
    expected: ['eligible', null, []] as const,
  })
  const each = (count: number) => ({
    any: codes(count).map((code) => c('household.hukou', 'equal', code)),
  })
  t.doesNotThrow(() => compiled(rule(each(61))))
  t.throws(() => compiled(rule(each(62))), {
    message: 'household.hukou: more than 61 codes are told apart',
  })
  t.doesNotThrow(() => compiled(rule(c('household.hukou', 'in', codes(99)))))
})

test('an identifier is quoted whatever it holds', async (t) => {
  t.equal(quoted('a"b'), '"a""b"')
})
