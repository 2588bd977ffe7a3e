import { test } from 'tap'
import { NO, OPEN, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Condition } from '../../src/model/condition.js'
import type { Household } from '../../src/model/household.js'
import { JURISDICTION, typed } from '../support/random-rulebook.js'

const AS_OF = dayOf('2020-06-01')

/** A reader of conditions that keeps its program: working memory is used again and again. */
function reader(...conditions: readonly (readonly [string, string, unknown])[]) {
  const nodes = conditions.map(([fact, operator, value]) =>
    typed({ fact, operator, value } as Condition, 'member'),
  )
  const program = compileProgram(nodes)
  return (household: Household, member: number = NO_MEMBER): readonly number[] => {
    const facts = householdFacts(household, AS_OF, JURISDICTION)
    loadFacts(program, facts)
    if (member !== NO_MEMBER) loadFacts(program, facts, member)
    evaluate(program)
    return program.roots.map((root) => program.bytes[root.byte] as number)
  }
}

const none = { members: [] }

test('facts may come in any order, be left out, or be others than asked for', async (t) => {
  const read = reader(['household.rooms', 'equal', 3], ['household.poor', 'equal', true])
  t.strictSame(read({ rooms: 3, poor: true, ...none }), [YES, YES])
  t.strictSame(read({ poor: false, rooms: 3, ...none }), [YES, NO])
  t.strictSame(read({ ...none, proper: true, rooms: 2 }), [NO, OPEN])
  t.strictSame(read(none), [OPEN, OPEN])
  t.strictSame(read({ rooms: null, poor: true, ...none }), [OPEN, YES])
  t.strictSame(read({ rooms: 3, poor: true, ...none }), [YES, YES])
})

test('a code for unknown says nothing, any other code says it is another', async (t) => {
  const read = reader(['household.band', 'equal', 'low'], ['household.band', 'notEqual', 'low'])
  t.strictSame(read({ band: 'low', ...none }), [YES, NO])
  t.strictSame(read({ band: 'middle', ...none }), [NO, YES])
  t.strictSame(read({ band: '9', ...none }), [OPEN, OPEN])
  const some = reader(
    ['household.band', 'in', ['low', 'lower', 'middle']],
    ['household.band', 'in', ['low', 'lower']],
  )
  t.strictSame(some({ band: '9', ...none }), [YES, OPEN], 'no other code can be meant')
  t.strictSame(some(none), [YES, OPEN])
})

test('every type is read at its figure and on either side of it', async (t) => {
  const income = reader(['household.income', 'lessThan', 1060.07])
  t.strictSame(
    [1060.06, 1060.07].map((value) => income({ income: value, ...none })[0]),
    [YES, NO],
  )
  const area = reader(['household.floorArea', 'greaterThanInclusive', 0.007])
  t.strictSame(
    [0.007, 0.006].map((value) => area({ floorArea: value, ...none })[0]),
    [YES, NO],
  )
  const moved = reader(['household.movedIn', 'greaterThan', '1969-12-31'])
  t.strictSame(
    ['1970-01-01', '1969-12-31'].map((value) => moved({ movedIn: value, ...none })[0]),
    [YES, NO],
  )
  const support = reader(['household.support', 'contains', 'rent'])
  t.strictSame(
    [['rent', 'food'], ['food'], []].map((value) => support({ support: value, ...none })[0]),
    [YES, NO, NO],
  )
  const perHead = reader(['household.incomePerHead', 'equal', 500.5])
  t.strictSame(
    [500.5, 500.51].map((value) => perHead({ incomePerHead: value, ...none })[0]),
    [YES, NO],
  )
})

test('more comparisons of one fact than fill a word are all read', async (t) => {
  const figures = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const read = reader(
    ...figures.map((value) => ['household.rooms', 'greaterThanInclusive', value] as const),
  )
  for (const rooms of [0, 1, 4, 5, 8, 9]) {
    const expected = figures.map((figure) => (rooms >= figure ? YES : NO))
    t.strictSame(read({ rooms, ...none }), expected, `${rooms}`)
  }
  t.strictSame(
    read(none),
    figures.map(() => OPEN),
  )
  const codes = ['440100', '440200', '440300', '440400', '440500']
  const among = reader(...codes.map((code) => ['household.hukou', 'equal', code] as const))
  t.strictSame(among({ hukou: '440500', ...none }), [NO, NO, NO, NO, YES])
})

test('nobody is born after the day asked for, and everybody after the first', async (t) => {
  const household = { members: [{ id: 'a' }, { id: 'b', dateOfBirth: '2012-02-29' }] }
  const read = reader(
    ['member.dateOfBirth', 'lessThanInclusive', '2020-06-01'],
    ['member.dateOfBirth', 'lessThan', '2020-06-01'],
    ['member.age', 'lessThan', 400],
  )
  t.strictSame(read(household, 0), [YES, OPEN, YES])
  t.strictSame(read(household, 1), [YES, YES, YES])
  t.strictSame(read(household, 0), [YES, OPEN, YES], 'nothing of the last member is left')
})

test('a derived fact follows from the others unless it is stated', async (t) => {
  const read = reader(['household.incomePerHead', 'lessThan', 500], ['household.size', 'equal', 2])
  const two = { members: [{ id: 'a' }, { id: 'b' }] }
  t.strictSame(read({ income: 999.99, ...two }), [YES, YES])
  t.strictSame(read({ income: 1000, ...two }), [NO, YES])
  t.strictSame(read(two), [OPEN, YES])
  t.strictSame(read({ income: 1000, incomePerHead: 499, ...two }), [YES, YES])
  t.strictSame(read({ income: 1000, incomePerHead: null, ...two }), [NO, YES])
})

test('derived codes, booleans and sets are read over what they can be', async (t) => {
  const read = reader(
    ['household.isLocal', 'equal', true],
    ['member.isMinor', 'equal', true],
    ['household.hasMinor', 'equal', true],
  )
  const household = (dateOfBirth: string | null, hukou: string | null) => ({
    hukou,
    members: [{ id: 'a', dateOfBirth }],
  })
  t.strictSame(read(household('2012-02-29', '441901'), 0), [YES, YES, YES])
  t.strictSame(read(household('1950-02-28', '110000'), 0), [NO, OPEN, NO])
  t.strictSame(read(household(null, null), 0), [OPEN, OPEN, OPEN])
})

test('household facts stay as they are while members take turns', async (t) => {
  const read = reader(['household.poor', 'equal', true], ['member.sex', 'equal', '2'])
  const household = {
    poor: true,
    members: [{ id: 'a', sex: '2' }, { id: 'b', sex: '1' }, { id: 'c' }],
  }
  t.strictSame(
    [0, 1, 2].map((member) => read(household, member)),
    [
      [YES, YES],
      [YES, NO],
      [YES, OPEN],
    ],
  )
})
