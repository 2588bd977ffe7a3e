import { Engine, type RuleResult } from 'json-rules-engine'
import { test } from 'tap'
import { booleanBounds, NO, numberBounds, OPEN, readingOf, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import {
  readWithJsonRulesEngine,
  resultOf,
  strictEngine,
} from '../../src/engine/json-rules-engine.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import type { PlacedNode } from '../../src/engine/program.js'
import { whole } from '../../src/engine/ratio.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Condition } from '../../src/model/condition.js'
import { JURISDICTION, typed } from '../support/random-rulebook.js'
import { readLeavesWithJsonRulesEngine } from '../support/read-leaves-with-json-rules-engine.js'

const AS_OF = dayOf('2020-06-01')

function factsOf(stated: Record<string, unknown> = {}, member: Record<string, unknown> = {}) {
  const household = { ...stated, members: [{ ...member, id: 'm1' }] }
  return householdFacts(household, AS_OF, JURISDICTION)
}

/** How json-rules-engine reads one condition about a household and its only member. */
async function read(
  condition: Condition,
  stated: Record<string, unknown> = {},
  member: Record<string, unknown> = {},
): Promise<number> {
  const nodes = [typed(condition, 'member')]
  const [reading] = await readWithJsonRulesEngine(nodes, factsOf(stated, member), 0)
  return readingOf(reading?.certainly === true, reading?.possibly === true)
}

/** What json-rules-engine answers on its own: its operators, missing facts allowed. */
async function ordinary(conditions: object, facts: Record<string, unknown>): Promise<boolean> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  engine.addRule({ conditions: { all: [conditions as never] }, event: { type: 'met' } })
  return (await engine.run(facts)).events.length > 0
}

test('a missing fact is unknown where json-rules-engine alone would grant', async (t) => {
  const poor = { fact: 'household.poor', operator: 'equal', value: true } as const
  const traps: readonly Condition[] = [
    { not: poor },
    { ...poor, operator: 'notEqual' },
    { fact: 'household.hukou', operator: 'notEqual', value: '441900' },
    { fact: 'household.hukou', operator: 'notIn', value: ['441900', '441901'] },
    { fact: 'household.support', operator: 'doesNotContain', value: 'rent' },
    { not: { not: { not: poor } } },
  ]
  for (const trap of traps) t.equal(await read(trap), OPEN, JSON.stringify(trap))
  t.ok(await ordinary({ not: { fact: 'poor', operator: 'equal', value: true } }, {}))
  t.ok(await ordinary({ fact: 'hukou', operator: 'notIn', value: ['441900'] }, {}))
})

test('what is denied holds exactly where it does not, whichever way it is compared', async (t) => {
  const rooms = (operator: string, value: unknown) =>
    ({ fact: 'household.rooms', operator, value }) as Condition
  const hukou = (operator: string) =>
    ({ fact: 'household.hukou', operator, value: ['441900'] }) as Condition
  const support = (operator: string) =>
    ({ fact: 'household.support', operator, value: 'rent' }) as Condition
  const stated = { rooms: 3, hukou: '441900', support: ['rent'] }
  const met = [
    ...['equal', 'lessThanInclusive', 'greaterThanInclusive'].map((each) => rooms(each, 3)),
    ...[rooms('lessThan', 4), rooms('greaterThan', 2), rooms('notEqual', 2)],
    ...[hukou('in'), support('contains')],
  ]
  const unmet = [
    ...['notEqual', 'lessThan', 'greaterThan'].map((each) => rooms(each, 3)),
    ...[rooms('lessThanInclusive', 2), rooms('greaterThanInclusive', 4), rooms('equal', 2)],
    ...[hukou('notIn'), support('doesNotContain')],
  ]
  for (const [conditions, expected] of [
    [met, NO],
    [unmet, YES],
  ] as const) {
    for (const not of conditions) {
      t.equal(await read({ not }, stated), expected, JSON.stringify(not))
      t.equal(await read({ not }), OPEN, JSON.stringify(not))
    }
  }
})

test('not all is any not, not any is all not', async (t) => {
  const [yes, no]: readonly Condition[] = [
    { fact: 'household.poor', operator: 'equal', value: true },
    { fact: 'household.proper', operator: 'equal', value: true },
  ]
  const stated = { poor: true, proper: false }
  t.equal(await read({ not: { all: [yes, no] } } as Condition, stated), YES)
  t.equal(await read({ not: { all: [yes, yes] } } as Condition, stated), NO)
  t.equal(await read({ not: { any: [yes, no] } } as Condition, stated), NO)
  t.equal(await read({ not: { any: [no, no] } } as Condition, stated), YES)
})

test('a text that looks like a number is none', async (t) => {
  t.ok(await ordinary({ fact: 'income', operator: 'lessThan', value: 610 }, { income: '500' }))
  const engine = strictEngine()
  engine.addFact('income', '500')
  const conditions = {
    all: [{ fact: 'income', operator: 'certainly:lessThan', value: whole(610) }],
  }
  engine.addRule({ conditions, event: { type: 'met' } })
  await t.rejects(engine.run())
})

test('only our own operators exist', async (t) => {
  const income = numberBounds(whole(50_000))
  for (const operator of ['lessThan', 'not:certainly:lessThan', 'everyFact:certainly:lessThan']) {
    const engine = strictEngine()
    engine.addFact('income', income)
    const conditions = { all: [{ fact: 'income', operator, value: whole(61_000) }] }
    engine.addRule({ conditions, event: { type: 'met' } })
    await t.rejects(engine.run(), { message: `Unknown operator: ${operator}` })
  }
})

test('a path into a fact is refused: JSONPath is code', async (t) => {
  for (const path of ['$.lo.n', '$..[?(@.n > 0)]', '/^lo$/']) {
    const engine = strictEngine()
    engine.addFact('income', numberBounds(whole(50_000)))
    const conditions = {
      all: [{ fact: 'income', operator: 'certainly:lessThan', value: whole(61_000), path }],
    }
    engine.addRule({ conditions, event: { type: 'met' } })
    await t.rejects(engine.run(), { message: /paths into facts are refused/ })
  }
})

test('an operator refuses bounds of another type', async (t) => {
  const refused = [
    { operator: 'certainly:in', fact: { kind: 'set', certain: [], possible: [] } },
    { operator: 'possibly:contains', fact: booleanBounds(true) },
  ]
  for (const { operator, fact } of refused) {
    const engine = strictEngine()
    engine.addFact('fact', fact)
    engine.addRule({
      conditions: { all: [{ fact: 'fact', operator, value: ['a'] }] },
      event: { type: 'met' },
    })
    await t.rejects(engine.run(), TypeError)
  }
})

test('a rule without a result is an error, never a no', async (t) => {
  const kept = [{ name: '0 certainly', result: false } as RuleResult]
  t.equal(resultOf(kept, 0, 'certainly'), kept[0])
  t.throws(() => resultOf(kept, 0, 'possibly'), { message: /lost the rule "0 possibly"/ })
})

test('every type of value is read on both sides of its figure', async (t) => {
  const cases: readonly (readonly [Condition, Record<string, unknown>, number])[] = [
    [{ fact: 'household.income', operator: 'lessThan', value: 1999.99 }, { income: 1999.98 }, YES],
    [{ fact: 'household.income', operator: 'lessThan', value: 1999.99 }, { income: 1999.99 }, NO],
    [{ fact: 'household.floorArea', operator: 'equal', value: 0.001 }, { floorArea: 0.001 }, YES],
    [{ fact: 'household.floorArea', operator: 'notEqual', value: 0.001 }, { floorArea: 1 }, YES],
    [
      { fact: 'household.movedIn', operator: 'greaterThan', value: '1969-12-31' },
      { movedIn: '1970-01-01' },
      YES,
    ],
    [
      { fact: 'household.movedIn', operator: 'greaterThan', value: '1969-12-31' },
      { movedIn: '1969-12-31' },
      NO,
    ],
    [{ fact: 'household.movedIn', operator: 'greaterThanInclusive', value: '1850-01-01' }, {}, YES],
    [{ fact: 'household.settlement', operator: 'in', value: ['urban', 'rural'] }, {}, YES],
    [{ fact: 'household.settlement', operator: 'notIn', value: ['urban', 'rural'] }, {}, NO],
    [{ fact: 'household.hukou', operator: 'in', value: ['441900'] }, {}, OPEN],
    [
      { fact: 'household.support', operator: 'contains', value: 'rent' },
      { support: ['rent'] },
      YES,
    ],
    [{ fact: 'household.letters', operator: 'contains', value: 'a' }, {}, OPEN],
    [{ fact: 'household.poor', operator: 'notEqual', value: false }, { poor: true }, YES],
  ]
  for (const [condition, stated, expected] of cases) {
    t.equal(await read(condition, stated), expected, JSON.stringify([condition, stated]))
  }
})

test('a ratio is compared without rounding', async (t) => {
  const line: Condition = { fact: 'household.incomePerHead', operator: 'lessThan', value: 333.34 }
  const three = { members: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }
  const facts = householdFacts({ ...three, income: 1000.01 }, AS_OF, JURISDICTION)
  const [reading] = await readWithJsonRulesEngine([typed(line)], facts, NO_MEMBER)
  t.strictSame(reading, { certainly: true, possibly: true }, '1000.01 / 3 = 333.33666…')
})

test('the member in view is the one asked about', async (t) => {
  const sex = typed({ fact: 'member.sex', operator: 'equal', value: '2' }, 'member')
  const members = [{ id: 'a', sex: '2' }, { id: 'b', sex: '1' }, { id: 'c' }]
  const facts = householdFacts({ members }, AS_OF, JURISDICTION)
  const readings = await Promise.all(
    members.map((_, member) => readWithJsonRulesEngine([sex], facts, member)),
  )
  t.strictSame(readings.flat(), [
    { certainly: true, possibly: true },
    { certainly: false, possibly: false },
    { certainly: false, possibly: true },
  ])
})

test('two facts of the same id are kept apart', async (t) => {
  const points = typed({ fact: 'member.score', operator: 'equal', value: 3 }, 'member')
  if (points.kind !== 'leaf') throw new Error('a leaf')
  // Points tables of two rule versions are two facts of one id.
  const other: ConditionNode = { ...points, fact: { ...points.fact, name: 'grade' } }
  const facts = factsOf({}, { score: 3, grade: 4 })
  t.strictSame(await readWithJsonRulesEngine([points, other], facts, 0), [
    { certainly: true, possibly: true },
    { certainly: false, possibly: false },
  ])
})

test('500 overlapping runs lose nothing', async (t) => {
  const condition = typed({
    all: [
      { fact: 'household.income', operator: 'lessThan', value: 1000 },
      { not: { fact: 'household.poor', operator: 'equal', value: false } },
    ],
  })
  const runs = Array.from({ length: 500 }, async (_, run) => {
    for (let turn = 0; turn < run % 50; turn++) await null
    const poor = [true, false, null][run % 3] as boolean | null
    const facts = factsOf({ income: run % 2 === 0 ? 500 : 1000, poor })
    const readings = await readWithJsonRulesEngine([condition, condition], facts, NO_MEMBER)
    const possibly = run % 2 === 0 && poor !== false
    const expected = { certainly: possibly && poor === true, possibly }
    return readings.every((reading) => JSON.stringify(reading) === JSON.stringify(expected))
  })
  const right = (await Promise.all(runs)).filter(Boolean)
  t.equal(right.length, 500)
})

function placesIn(node: PlacedNode): readonly number[] {
  return [node.byte, ...node.children.flatMap(placesIn)]
}

test('every leaf and node has the same byte in both engines', async (t) => {
  const poor: Condition = { fact: 'household.poor', operator: 'notEqual', value: true }
  const conditions = [
    { not: { all: [poor, { fact: 'household.rooms', operator: 'notEqual', value: 2 }] } },
    { any: [{ fact: 'household.letters', operator: 'doesNotContain', value: 'a' }, { not: poor }] },
  ].map((json) => typed(json as Condition))
  for (const stated of [{}, { poor: true, rooms: 2 }, { poor: false, letters: [] }]) {
    const program = compileProgram(conditions)
    const facts = factsOf(stated)
    loadFacts(program, facts)
    evaluate(program)
    const bytes = await readLeavesWithJsonRulesEngine(program, conditions, facts, NO_MEMBER)
    const places = program.roots.flatMap(placesIn)
    t.strictSame(
      places.map((place) => bytes[place]),
      places.map((place) => program.bytes[place]),
      JSON.stringify(stated),
    )
  }
})
