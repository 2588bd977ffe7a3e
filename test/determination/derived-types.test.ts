import t from 'tap'
import { factShapes } from '../../src/determination/facts-schema.js'
import { buildReason } from '../../src/determination/reason.js'
import { contradictsDerivation } from '../../src/determination/stated-over-derived.js'
import { quantityText } from '../../src/determination/words.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { explainLeaves } from '../../src/engine/explain.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { conditionReading } from '../../src/engine/read-condition.js'
import { parseRule } from '../../src/engine/rule.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Expression } from '../../src/model/expression.js'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { testDictionary, testFact } from '../support/test-dictionary.js'

const WORDS = { zh: '某', en: 'some' }
const DATES = { min: '1850-01-01', max: '2200-12-31' }
const urban = { fact: 'household.urban' }
const choose = (yes: unknown, no: unknown) =>
  ({ when: [{ if: urban, then: yes }], else: no }) as Expression

/** Derived facts of the types that the shipped dictionary derives none of. */
const dictionary = testDictionary([
  testFact('household.urban', 'boolean'),
  testFact('household.first', 'date', DATES),
  testFact('household.food', 'code-set', { values: { rice: WORDS, tea: WORDS } }),
  testFact('household.meal', 'code-set', {
    values: { rice: WORDS, tea: WORDS },
    derive: choose({ fact: 'household.food' }, { fact: 'household.food' }),
  }),
  testFact('household.zone', 'code', {
    values: { town: WORDS, village: WORDS },
    derive: choose('town', 'village'),
  }),
  testFact('household.place', 'code', { pattern: '^[a-z]+$' }),
  testFact('household.spot', 'code', {
    pattern: '^[a-z]+$',
    derive: choose({ fact: 'household.place' }, 'home'),
  }),
  testFact('household.day', 'date', {
    ...DATES,
    derive: choose({ date: '2020-02-29' }, { fact: 'household.first' }),
  }),
  testFact('household.marks', 'code-set', { pattern: '^[a-z]$' }),
  testFact('household.signs', 'code-set', {
    pattern: '^[a-z]$',
    derive: choose({ fact: 'household.marks' }, { fact: 'household.marks' }),
  }),
  testFact('household.name', 'string'),
])

function ruleOf(conditions: unknown) {
  const version = {
    programme: 'town/trial',
    version: '2020-01-01',
    parameters: {},
    conditions,
    entitlement: { kind: 'service', amount: null, bound: 'exact', clause: 'c' },
  }
  const rule = parseRule(
    version as unknown as RuleVersion,
    'household',
    dictionary,
    (pointer, reason) => {
      throw new Error(`${pointer}: ${reason}`)
    },
  )
  if (rule === undefined) throw new Error('no rule')
  return rule
}

function read(fact: string, operator: string, value: unknown, household: Record<string, unknown>) {
  const rule = ruleOf({ fact: `household.${fact}`, operator, value, clause: 'c' })
  const facts = householdFacts({ ...household, members: [] }, dayOf('2020-06-01'), '441900')
  const program = compileProgram([rule.conditions])
  loadFacts(program, facts)
  evaluate(program)
  const [root] = program.roots
  if (root === undefined) throw new Error('no root')
  t.equal(
    program.bytes[root.byte],
    conditionReading(rule.conditions, facts, NO_MEMBER),
    'both readings agree',
  )
  const [leaf] = explainLeaves(root, program.bytes)
  if (leaf === undefined) throw new Error('no leaf')
  const context = {
    rulebook: shippedRulebook(),
    facts,
    language: 'en',
    request: {},
  } as unknown as Parameters<typeof buildReason>[2]
  const { met, actual } = buildReason(leaf, NO_MEMBER, context)
  return { met, actual, warned: contradictsDerivation(rule, facts, NO_MEMBER) }
}

t.test('a derived code is one of what it may be', async (t) => {
  t.match(read('zone', 'equal', 'town', { urban: true }), { met: true, actual: 'town' })
  t.match(read('zone', 'equal', 'town', { urban: false }), { met: false, actual: 'village' })
  t.match(read('zone', 'equal', 'town', {}), { met: null, actual: null })
  t.match(read('spot', 'equal', 'home', {}), { met: null, actual: null }, 'any place, or home')
  t.match(read('spot', 'equal', 'home', { place: 'home' }), { met: true, actual: 'home' })
})

t.test('a derived set holds what both ways hold', async (t) => {
  t.match(read('meal', 'contains', 'rice', { urban: true, food: ['rice'] }), {
    met: true,
    actual: ['rice'],
  })
  t.match(read('meal', 'contains', 'rice', { food: ['rice'] }), { met: true, actual: ['rice'] })
  t.match(read('meal', 'doesNotContain', 'rice', { food: [] }), { met: true, actual: [] })
  t.match(read('meal', 'contains', 'rice', { urban: true }), { met: null, actual: null })
})

t.test('a derived date is compared and shown as a day', async (t) => {
  t.match(read('day', 'lessThan', '2020-03-01', { urban: true }), {
    met: true,
    actual: '2020-02-29',
  })
  t.match(read('day', 'lessThan', '2020-03-01', {}), { met: null, actual: null })
})

t.test('a stated code that cannot be what is derived is a contradiction', async (t) => {
  const warned = (household: Record<string, unknown>) =>
    read('zone', 'equal', 'town', household).warned
  t.equal(warned({ zone: 'town', urban: false }), true)
  t.equal(warned({ zone: 'town', urban: true }), false)
  t.equal(warned({ zone: 'town' }), false)
  const meal = (household: Record<string, unknown>) =>
    read('meal', 'contains', 'rice', household).warned
  t.equal(meal({ meal: ['tea'], food: ['rice'] }), true, 'leaves out what is certain')
  t.equal(meal({ meal: ['tea', 'rice'], food: ['rice'] }), true, 'adds what is not possible')
  t.equal(meal({ meal: ['rice'], food: ['rice'] }), false)
  t.equal(meal({ meal: ['rice'] }), false)
  t.equal(
    read('spot', 'equal', 'home', { spot: 'anywhere' }).warned,
    false,
    'an open list excludes nothing',
  )
  t.equal(read('signs', 'contains', 'a', { signs: ['b'] }).warned, false)
  t.equal(read('day', 'lessThan', '2020-03-01', { urban: true, day: '2020-02-28' }).warned, true)
})

t.test('text and codes without a form of their own are short and without NUL', async (t) => {
  const shape = factShapes(dictionary).household.get('name')
  t.equal(shape?.schema.safeParse('x'.repeat(64)).success, true)
  for (const text of ['', 'a\u0000b', 'x'.repeat(65)])
    t.equal(shape?.schema.safeParse(text).success, false)
})

t.test('quantities have units in words, in their own word where there is none', async (t) => {
  t.equal(quantityText(5, 'km', 'zh'), '5公里')
  t.equal(quantityText(5, 'km', 'en'), '5 km')
  t.equal(quantityText(0.5, 'ratio', 'en'), '0.5')
  t.equal(quantityText(5, 'boxes', 'en'), '5 boxes')
  t.equal(quantityText(5, null, 'zh'), '5')
})
