import fc from 'fast-check'
import { test } from 'tap'
import {
  type Bounds,
  booleanBounds,
  isKnown,
  numberBounds,
  OPEN,
  unite,
} from '../../src/engine/bounds.js'
import { expressionBounds, readingIn } from '../../src/engine/expression-bounds.js'
import type { ExpressionNode } from '../../src/engine/expression-node.js'
import { NO_MEMBER, UNLISTED_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import { quotient, whole } from '../../src/engine/ratio.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Expression } from '../../src/model/expression.js'
import type { Household } from '../../src/model/household.js'
import { completed, fillers } from '../support/completions.js'
import { factsOf, households, JURISDICTION } from '../support/random-rulebook.js'
import { band, choice, DICTIONARY, testTyping } from '../support/test-dictionary.js'

const SEED = 20_200_306
const RUNS = 300
const ALONE: Household = { members: [{ id: 'a' }] }

function typed(json: unknown): ExpressionNode {
  return parseExpression(json, '', testTyping(DICTIONARY, true)) as ExpressionNode
}

function bounds(json: unknown, household: Household = ALONE, size?: number): Bounds {
  const facts = householdFacts(household, dayOf('2020-06-01'), JURISDICTION, size)
  return expressionBounds(typed(json), facts, NO_MEMBER)
}

const number = (lo: number, hi = lo) => numberBounds(whole(lo), whole(hi))
const reading = (value: boolean | null) => booleanBounds(value)
/** 0 to 3, nothing known. */
const floors = { fact: 'household.floors' }
const poor = { fact: 'household.poor' }
const works = { fact: 'member.works' }

test('arithmetic over an unknown number takes in both its ends', async (t) => {
  const table: readonly (readonly [unknown, Bounds])[] = [
    [{ add: [floors, floors, 1] }, number(1, 7)],
    [{ subtract: [10, floors] }, number(7, 10)],
    [{ multiply: [floors, -2] }, number(-6, 0)],
    [{ multiply: [{ subtract: [floors, 1] }, { subtract: [floors, 2] }] }, number(-4, 2)],
    [{ divide: [6, { add: [floors, 1] }] }, numberBounds(quotient(3, 2), whole(6))],
    [{ min: [floors, 2] }, number(0, 2)],
    [{ max: [floors, 2] }, number(2, 3)],
    [{ cap: { multiply: [floors, 10] }, at: 15 }, number(0, 15)],
    [{ divide: [7, 2] }, numberBounds(quotient(7, 2))],
    [{ multiply: [6, { divide: [1, { unknown: { min: 2, max: 3 } }] }] }, number(2, 3)],
    [{ unknown: { min: 1, max: 2 } }, number(1, 2)],
  ]
  for (const [json, expected] of table) t.strictSame(bounds(json), expected, JSON.stringify(json))
})

test('rounding is to a step, in the direction named', async (t) => {
  const round = (value: unknown, to: number, mode: string) => bounds({ round: value, to, mode })
  t.strictSame(round(2.5, 1, 'half-up'), number(3))
  t.strictSame(round(-2.5, 1, 'half-up'), number(-2))
  t.strictSame(round(2.4, 1, 'up'), number(3))
  t.strictSame(round(-2.4, 1, 'up'), number(-2))
  t.strictSame(round(2.9, 0.5, 'down'), numberBounds(quotient(5, 2)))
  t.strictSame(round({ yuan: 0.125 * 8 }, 0.1, 'half-up'), number(100), 'fen')
  t.strictSame(round({ divide: [floors, 2] }, 1, 'half-up'), number(0, 2))
})

test('years pass on the birthday; born on 29 February, on 1 March', async (t) => {
  const years = (from: string, to: string) =>
    bounds({ yearsBetween: [{ date: from }, { date: to }] })
  t.strictSame(years('2000-02-29', '2018-02-28'), number(17))
  t.strictSame(years('2000-02-29', '2018-03-01'), number(18))
  t.strictSame(years('2000-02-29', '2020-02-29'), number(20))
  t.strictSame(years('1960-06-01', '2020-05-31'), number(59))
  t.strictSame(years('1960-06-01', '2020-06-01'), number(60))
  const months = (from: string, to: string) =>
    bounds({ monthsBetween: [{ date: from }, { date: to }] })
  t.strictSame(months('2020-01-15', '2020-02-14'), number(0))
  t.strictSame(months('2020-01-15', '2020-02-15'), number(1))
  t.strictSame(months('2020-01-31', '2020-03-31'), number(2))
})

test('an unknown date of birth can be any up to the day asked for', async (t) => {
  const facts = householdFacts(ALONE, dayOf('2020-06-01'), JURISDICTION)
  const age = typed({ fact: 'member.age' })
  t.strictSame(expressionBounds(age, facts, 0), number(0, 170))
  t.strictSame(expressionBounds(age, facts, UNLISTED_MEMBER), number(0, 170))
})

test('a place lies within a region that its code begins with', async (t) => {
  const within = (code: string, region: string) => bounds({ within: [code, region] })
  t.strictSame(within('441901', '441900'), reading(true))
  t.strictSame(within('440106', '440000'), reading(true))
  t.strictSame(within('440106', '440100'), reading(true))
  t.strictSame(within('110000', '440000'), reading(false))
  t.strictSame(within('440000', '440100'), reading(false), 'the region lies in the province')
  t.strictSame(bounds({ within: [{ fact: 'household.hukou' }, '440000'] }), reading(null))
  t.strictSame(bounds({ within: ['441900', { fact: 'context.jurisdiction' }] }), reading(true))
  t.strictSame(within('100101', '100100'), reading(true), 'only the zeros at the end are left out')
  t.strictSame(bounds({ within: ['441900', { fact: 'household.hukou' }] }), reading(null))
  const either = { when: [choice(poor, '441901')], else: '110000' }
  t.strictSame(bounds({ within: [either, '441900'] }), reading(null))
})

test('aggregates count certain and possible members', async (t) => {
  const three = { members: [{ id: 'a', works: true }, { id: 'b', works: false }, { id: 'c' }] }
  t.strictSame(bounds({ count: works }, three), number(1, 2))
  t.strictSame(bounds({ any: works }, three), reading(true))
  t.strictSame(bounds({ all: works }, three), reading(false))
  t.strictSame(bounds({ any: { not: works } }, { members: [{ id: 'c' }] }), reading(null))
  const paid = {
    members: [
      { id: 'a', wage: 1.5 },
      { id: 'b', wage: 2 },
    ],
  }
  t.strictSame(bounds({ sum: { fact: 'member.wage' } }, paid), number(350))
})

test('members who are not listed can be anything', async (t) => {
  const worker = { members: [{ id: 'a', works: true }] }
  t.strictSame(bounds({ count: true }, worker, 3), number(3))
  t.strictSame(bounds({ count: works }, worker, 3), number(1, 3))
  t.strictSame(bounds({ count: false }, worker, 3), number(0))
  t.strictSame(bounds({ all: works }, worker, 3), reading(null))
  t.strictSame(bounds({ any: works }, worker, 3), reading(true))
  const graded = { members: [{ id: 'a', grade: 2 }] }
  t.strictSame(bounds({ sum: { fact: 'member.grade' } }, graded, 3), number(4, 10))
})

test('a choice is open until its conditions are known', async (t) => {
  const when = (condition: Expression) => bounds({ when: [choice(condition, 5)], else: 9 })
  t.strictSame(when(true), number(5))
  t.strictSame(when(false), number(9))
  t.strictSame(when(poor), number(5, 9))
  const codes = bounds({ when: [choice(poor, 'a')], else: 'b' })
  t.strictSame(codes, { kind: 'code', codes: ['a', 'b'] })
  const sets = {
    when: [choice(poor, { fact: 'household.support' })],
    else: { fact: 'member.needs' },
  }
  const known = { support: ['food'], members: [{ id: 'a' }] }
  t.match(bounds(sets, known), { kind: 'set', certain: [] })
})

test('the highest of the choices that hold, and nothing when none does', async (t) => {
  const highest = (first: Expression, second: Expression) =>
    bounds({ highest: [choice(first, 10), choice(second, 20)] })
  t.strictSame(highest(true, true), number(20))
  t.strictSame(highest(true, false), number(10))
  t.strictSame(highest(false, false), number(0))
  t.strictSame(highest(true, poor), number(10, 20))
  t.strictSame(highest(poor, poor), number(0, 20))
})

test('a band holds from its figure on, below the next', async (t) => {
  const table = (value: unknown) =>
    bounds({ table: value, bands: [band(null, 1), band(2, 5), band(3, 8)] })
  t.strictSame(table(1.999), number(1))
  t.strictSame(table(2), number(5))
  t.strictSame(table(3), number(8))
  t.strictSame(table(floors), number(1, 8))
  t.strictSame(table({ min: [floors, 2] }), number(1, 5))
})

test('a condition in an expression reads as it does in a rule', async (t) => {
  const few = { holds: { not: { fact: 'household.floors', operator: 'greaterThan', value: 3 } } }
  t.strictSame(bounds(few), reading(true))
  t.strictSame(bounds({ not: few }), reading(false))
  t.equal(readingIn(typed(poor), householdFacts(ALONE, 0, JURISDICTION), NO_MEMBER), OPEN)
})

test('what can be one of two values can be either', async (t) => {
  t.strictSame(unite(reading(true), reading(true)), reading(true))
  t.strictSame(unite(number(3), number(1)), number(1, 3))
  const any: Bounds = { kind: 'code', codes: null }
  t.strictSame(unite(any, { kind: 'code', codes: ['a'] }), any)
  t.strictSame(unite({ kind: 'code', codes: ['a'] }, any), any)
  const set = (certain: string[], possible: string[] | null): Bounds => ({
    kind: 'set',
    certain,
    possible,
  })
  t.strictSame(
    unite(set(['a', 'b'], ['a', 'b']), set(['b'], ['b', 'c'])),
    set(['b'], ['a', 'b', 'c']),
  )
  t.strictSame(unite(set([], null), set([], [])), set([], null))
})

test('a value is known when it can be one only', async (t) => {
  t.ok(isKnown(numberBounds(quotient(1, 2))))
  t.notOk(isKnown(numberBounds(quotient(1, 3), quotient(1, 2))))
  t.notOk(isKnown(number(1, 2)))
  t.ok(isKnown({ kind: 'code', codes: ['a'] }))
  t.notOk(isKnown({ kind: 'code', codes: null }))
  t.ok(isKnown({ kind: 'set', certain: ['a'], possible: ['a'] }))
  t.notOk(isKnown({ kind: 'set', certain: [], possible: ['a'] }))
  t.notOk(isKnown({ kind: 'set', certain: [], possible: null }))
})

function inside(inner: Bounds, outer: Bounds): boolean {
  const union = unite(inner, outer)
  return JSON.stringify(union) === JSON.stringify(outer)
}

test(`bounds of derived facts hold what they turn out to be (${RUNS} households)`, async (t) => {
  const derived = [...DICTIONARY.values()].filter(
    (fact) => fact.derive !== undefined && fact.type !== 'code-set',
  )
  const contained = fc.property(households, fillers, (given, filler) => {
    const before = factsOf(given)
    const after = factsOf(completed(given, filler))
    return given.household.members.every((_, member) =>
      derived.every((fact) => {
        const [wide, narrow] = [before.boundsOf(fact, member), after.boundsOf(fact, member)]
        return inside(narrow, wide) && (isKnown(narrow) || fact.id === 'member.isMinor')
      }),
    )
  })
  t.doesNotThrow(() => fc.assert(contained, { seed: SEED, numRuns: RUNS }))
})
