import { test } from 'tap'
import type { Dictionary, FactDefinition } from '../../src/engine/fact-definition.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import type { Rule } from '../../src/engine/rule.js'
import type { Expression } from '../../src/model/expression.js'
import type { FactType } from '../../src/model/fact.js'
import {
  checkExpressions,
  computationsOf,
  derivationOf,
} from '../../src/rulebook/check-expressions.js'
import { BASE_FACTS, testDictionary, testFact, testTyping } from '../support/test-dictionary.js'

const LARGE = 'the result can be too large to be held exactly'
const ZERO = 'the divisor can be 0'

/** Expressions that derive a fact of an entity, and what is wrong with them. */
function wrongIn(id: string, derive: Expression, type: FactType = 'decimal'): readonly string[] {
  const range = type === 'decimal' ? { unit: 'points', min: -1000, max: 1000 } : {}
  const dictionary = testDictionary([...BASE_FACTS, testFact(id, type, { ...range, derive })])
  return defectsOf(dictionary, derivationOf(dictionary.get(id) as FactDefinition))
}

function defectsOf(
  dictionary: Dictionary,
  ...computations: readonly ReturnType<typeof derivationOf>[]
): readonly string[] {
  const found: string[] = []
  const check = checkExpressions(dictionary)
  for (const computation of computations)
    check(computation, (pointer, reason) => found.push(`${pointer}: ${reason}`))
  return found
}

const power = (fact: string, times: number): Expression => ({
  multiply: Array.from({ length: times }, () => ({ fact })),
})

test('a derivation that can be too large is named, of a household or of a member', async (t) => {
  const large = [`/derive: ${LARGE}`]
  t.strictSame(wrongIn('household.powers', power('household.rooms', 9)), large)
  t.strictSame(wrongIn('household.powers', power('household.rooms', 2)), [])
  t.strictSame(wrongIn('member.powers', power('member.score', 9)), large)
  t.strictSame(wrongIn('member.powers', power('member.score', 2)), [])
})

test('a divisor is taken as it can be on the first and on the last day', async (t) => {
  const years = { yearsBetween: [{ date: '2150-01-01' }, { fact: 'context.asOf' }] }
  const over = (divisor: unknown) =>
    wrongIn('household.share', { divide: [1, divisor] } as unknown as Expression)
  t.strictSame(over(years), [`/derive/divide/1: ${ZERO}`], 'between both it is 0 once')
  const early = { yearsBetween: [{ date: '1840-01-01' }, { fact: 'context.asOf' }] }
  t.strictSame(over(early), [], 'over 0 on both')
  t.strictSame(over({ subtract: [0, early] }), [], 'under 0 on both')
  const late = { yearsBetween: [{ date: '2210-01-01' }, { fact: 'context.asOf' }] }
  t.strictSame(over(late), [], 'under 0 on both')
  const first = { yearsBetween: [{ date: '1849-06-01' }, { fact: 'context.asOf' }] }
  t.strictSame(over(first), [`/derive/divide/1: ${ZERO}`], 'no year on the first day')
  const last = { yearsBetween: [{ date: '2200-12-31' }, { fact: 'context.asOf' }] }
  t.strictSame(over(last), [`/derive/divide/1: ${ZERO}`], '0 on the last day')
})

test('a divisor that ends at 0 is named, from either side', async (t) => {
  const over = (divisor: Expression) => wrongIn('household.share', { divide: [1, divisor] })
  const zero = [`/derive/divide/1: ${ZERO}`]
  t.strictSame(over({ fact: 'household.rooms' }), zero)
  t.strictSame(over({ subtract: [0, { fact: 'household.rooms' }] }), zero)
  t.strictSame(over({ add: [{ fact: 'household.rooms' }, 1] }), [])
  t.strictSame(over({ subtract: [-1, { fact: 'household.rooms' }] }), [])
})

test('a derived fact may be stated as well: then it is anything the dictionary allows', async (t) => {
  const facts = [
    ...BASE_FACTS,
    testFact('household.most', 'decimal', {
      unit: 'points',
      min: 0,
      max: 10,
      derive: { add: [{ fact: 'household.rooms' }, 1] },
    }),
    testFact('household.share', 'decimal', {
      unit: 'points',
      min: 0,
      max: 1,
      derive: { divide: [1, { fact: 'household.most' }] },
    }),
  ]
  const dictionary = testDictionary(facts)
  const share = derivationOf(dictionary.get('household.share') as FactDefinition)
  t.strictSame(defectsOf(dictionary, share), [`/derive/divide/1: ${ZERO}`])
})

test('a fact without a derivation is computed from nothing', async (t) => {
  const dictionary = testDictionary(BASE_FACTS)
  const rooms = derivationOf(dictionary.get('household.rooms') as FactDefinition)
  t.strictSame(rooms.nodes, [])
  t.strictSame(defectsOf(dictionary, rooms), [])
})

/** A rule that grants an amount and counts points, as far as its expressions go. */
function ruleOf(
  subject: 'household' | 'member',
  amount: Expression | null,
  total: Expression | null,
): { rule: Rule; dictionary: Dictionary } {
  const dictionary = testDictionary(BASE_FACTS)
  const range = { unit: 'points', min: -1000, max: 1000 }
  const counted =
    total === null ? [] : [testFact(`${subject}.points`, 'decimal', { ...range, derive: total })]
  const scorecard = testDictionary([...BASE_FACTS, ...counted])
  const points = scorecard.get(`${subject}.points`) ?? null
  const typing = testTyping(scorecard, subject === 'member')
  const node = amount === null ? null : parseExpression(amount, '', typing)
  const rule = {
    subject,
    points,
    entitlement: { amount: node },
    version: { parameters: {}, entitlement: { amount }, scorecard: { total } },
  }
  return { rule: rule as unknown as Rule, dictionary }
}

test('amounts and points of a rule are checked for its subject', async (t) => {
  const wrong = ({ rule, dictionary }: ReturnType<typeof ruleOf>) =>
    defectsOf(dictionary, ...computationsOf(rule))
  const rooms = power('household.rooms', 9)
  const score = power('member.score', 9)
  t.strictSame(wrong(ruleOf('household', rooms, null)), [`/entitlement: ${LARGE}`])
  t.strictSame(wrong(ruleOf('household', null, rooms)), [`/scorecard: ${LARGE}`])
  t.strictSame(wrong(ruleOf('member', score, score)), [
    `/entitlement: ${LARGE}`,
    `/scorecard: ${LARGE}`,
  ])
  t.strictSame(wrong(ruleOf('member', null, null)), [])
  t.strictSame(
    computationsOf(ruleOf('member', null, null).rule).map(({ nodes }) => nodes),
    [[], []],
  )
})

test('an amount that can be below 0 is named, on the first or on the last day', async (t) => {
  const wrong = (subject: 'household' | 'member', amount: Expression, total = amount) => {
    const { rule, dictionary } = ruleOf(subject, amount, total)
    return defectsOf(dictionary, ...computationsOf(rule))
  }
  const below = [
    '/entitlement/amount: the amount can be below 0; put { "max": [{ "yuan": 0 }, …] } around it',
  ]
  const rooms: Expression = { fact: 'household.rooms' }
  const less: Expression = { subtract: [rooms, 1] }
  t.strictSame(wrong('household', less), below, 'but the points may be')
  t.strictSame(wrong('household', { max: [0, less] }), [])
  t.strictSame(wrong('household', { subtract: [rooms, 0] }), [])
  t.strictSame(wrong('member', { fact: 'member.score' }), below)
  const years = (from: string): Expression => ({
    yearsBetween: [{ date: from }, { fact: 'context.asOf' }],
  })
  t.strictSame(wrong('household', years('1851-01-01')), below)
  t.strictSame(wrong('household', { subtract: [100, years('1850-01-01')] }), below)
})

test('points that divide may be 0 where nobody can state them', async (t) => {
  const share: Expression = { divide: [1, { fact: 'household.points' }] }
  const over = (total: Expression) => {
    const { rule, dictionary } = ruleOf('household', share, total)
    return defectsOf(dictionary, ...computationsOf(rule))
  }
  const rooms: Expression = { fact: 'household.rooms' }
  t.strictSame(over(rooms), [`/entitlement/amount/divide/1: ${ZERO}`])
  t.strictSame(over({ add: [rooms, 1] }), [], 'their range as a fact does not count')
})
