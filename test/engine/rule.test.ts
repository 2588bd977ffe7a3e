import t from 'tap'
import { defineDictionary } from '../../src/engine/define-dictionary.js'
import { parseRule } from '../../src/engine/rule.js'
import type { Expression } from '../../src/model/expression.js'
import type { Fact, FactType } from '../../src/model/fact.js'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { DICTIONARY, testFact } from '../support/test-dictionary.js'

function dictionaryDefects(...facts: readonly Fact[]): readonly string[] {
  const defects: string[] = []
  defineDictionary(facts, (index, pointer, reason) =>
    defects.push(`${facts[index]?.id}${pointer}: ${reason}`),
  )
  return defects
}

const derived = (id: string, type: FactType, derive: unknown, unit: string | null = null) =>
  testFact(id, type, { derive: derive as Expression, unit, min: 0, max: 9 })

t.test('a dictionary names a fact that stands twice or under the wrong entity', async (t) => {
  const one = testFact('household.a', 'boolean')
  t.strictSame(dictionaryDefects(one, one), ['household.a/id: "household.a" stands twice'])
  t.strictSame(dictionaryDefects({ ...one, entity: 'member' }), [
    'household.a/entity: "household.a" is not of a member',
  ])
})

t.test('a derivation yields what its fact is', async (t) => {
  const defects = (type: FactType, derive: unknown, unit: string | null = null) =>
    dictionaryDefects(derived('household.a', type, derive, unit))
  t.strictSame(defects('boolean', 1), [
    'household.a/derive: household.a is a boolean, its derivation a number',
  ])
  t.strictSame(defects('decimal', 1, 'CNY'), [
    'household.a/derive: household.a is a money, its derivation a number',
  ])
  t.strictSame(defects('boolean', { fact: 'household.none' }), [
    'household.a/derive/fact: unknown fact "household.none"; the nearest is household.a',
  ])
  t.strictSame(
    dictionaryDefects(
      testFact('member.a', 'boolean'),
      derived('household.b', 'boolean', { fact: 'member.a' }),
    ).length,
    1,
    'a household has no fact of one member',
  )
  t.strictSame(defects('integer', 0.5), [
    'household.a/derive: household.a is whole, its derivation need not be: round it',
  ])
  t.strictSame(defects('decimal', 0.5), [])
  t.strictSame(defects('date', { date: '2020-01-01' }), [])
  t.strictSame(defects('code', 'x'), [])
})

t.test('a whole number is derived as one, or rounded', async (t) => {
  const rooms = testFact('household.rooms', 'integer', { min: 0, max: 9 })
  const area = testFact('household.area', 'decimal', { min: 0, max: 9 })
  const whole = (derive: unknown) =>
    dictionaryDefects(rooms, area, derived('household.a', 'integer', derive)).length === 0
  const r = { fact: 'household.rooms' }
  for (const derive of [
    3,
    r,
    { unknown: { min: 0, max: 4 } },
    { count: true },
    { sum: r },
    { add: [r, 1] },
    { yearsBetween: [{ fact: 'context.asOf' }, { fact: 'context.asOf' }] },
    { round: { divide: [r, 3] }, to: 1, mode: 'down' },
    { when: [{ if: true, then: r }], else: 2 },
    { highest: [{ if: true, then: r }] },
    {
      table: { fact: 'household.area' },
      bands: [
        { from: null, then: 1 },
        { from: 2, then: r },
      ],
    },
  ]) {
    t.ok(whole(derive), JSON.stringify(derive))
  }
  for (const derive of [
    0.5,
    { fact: 'household.area' },
    { divide: [r, 3] },
    { round: r, to: 0.5, mode: 'up' },
    { when: [{ if: true, then: 0.5 }], else: 2 },
    { when: [{ if: true, then: 2 }], else: 0.5 },
    { sum: { fact: 'household.area' } },
    { unknown: { min: 0.5, max: 4 } },
    { unknown: { min: 0, max: 4.5 } },
    { add: [r, 0.5] },
    { add: [0.5, r] },
    {
      highest: [
        { if: true, then: r },
        { if: true, then: 0.5 },
      ],
    },
    {
      when: [
        { if: true, then: r },
        { if: false, then: 0.5 },
      ],
      else: 2,
    },
    {
      table: { fact: 'household.area' },
      bands: [
        { from: null, then: 1 },
        { from: 2, then: 0.5 },
      ],
    },
  ]) {
    t.notOk(whole(derive), JSON.stringify(derive))
  }
})

t.test('a fact that follows from itself is refused, one that rests on it is not', async (t) => {
  const circle = [
    derived('household.a', 'boolean', { fact: 'household.b' }),
    derived('household.b', 'boolean', { not: { fact: 'household.a' } }),
    derived('household.c', 'boolean', { fact: 'household.a' }),
  ]
  const defects = ['household.a/derive: household.a is derived from itself']
  t.strictSame(dictionaryDefects(...circle), defects)
  t.strictSame(dictionaryDefects(...circle.toReversed()), [
    'household.b/derive: household.b is derived from itself',
  ])
})

const VERSION = {
  programme: 'town/trial',
  version: '2020-01-01',
  validFrom: '2020-01-01',
  validTo: null,
  publishedAt: null,
  supersedes: null,
  reviewBy: null,
  publishedBy: 'encoder-1',
  reviewedBy: 'reader-1',
  clauses: ['c'],
  parameters: {
    share: { value: 0.5, unit: 'ratio', clause: 'c' },
    grade: { value: 2, unit: null, clause: 'c' },
  },
  conditions: { fact: 'household.poor', operator: 'equal', value: true, clause: 'c' },
  entitlement: { kind: 'service', amount: null, unit: null, bound: 'exact', clause: 'c' },
  interpretations: [],
}

function parse(extra: Record<string, unknown>) {
  const defects: string[] = []
  const version = { ...VERSION, ...extra } as unknown as RuleVersion
  const rule = parseRule(version, 'household', DICTIONARY, (pointer, reason) =>
    defects.push(`${pointer}: ${reason}`),
  )
  return { rule, defects }
}

t.test('a rule version is typed, pointers start at its conditions', async (t) => {
  const poor = VERSION.conditions
  const { rule, defects } = parse({ conditions: { all: [poor, { not: { any: [poor] } }] } })
  t.strictSame(defects, [])
  t.equal(rule?.id, 'town/trial@2020-01-01')
  t.match(rule?.conditions, {
    kind: 'all',
    children: [{ pointer: '/all/0' }, { child: { children: [{ pointer: '/all/1/not/any/0' }] } }],
  })
})

t.test('entitlements are typed: money amounts, known rates', async (t) => {
  const entitlement = (json: unknown) => parse({ entitlement: json })
  const common = { bound: 'exact', clause: 'c' }
  t.match(entitlement({ kind: 'cash', amount: 5, unit: 'CNY', ...common }).defects, [
    '/entitlement: an amount is money, not a number',
  ])
  t.match(entitlement({ kind: 'cash', amount: { fact: 'x' }, unit: 'CNY', ...common }).defects, [
    '/entitlement/amount/fact: unknown fact "x"',
  ])
  const of = { zh: '费', en: 'fee' }
  t.equal(
    entitlement({ kind: 'rate', rate: { parameter: 'share' }, of, ...common }).rule?.entitlement
      .rate,
    0.5,
  )
  t.equal(entitlement({ kind: 'rate', rate: 0.25, of, ...common }).rule?.entitlement.rate, 0.25)
  t.strictSame(entitlement({ kind: 'rate', rate: { parameter: 'none' }, of, ...common }).defects, [
    '/entitlement/rate: unknown parameter "none"',
  ])
  for (const value of [0, -0.5]) {
    const parameters = { share: { value, unit: 'ratio', clause: 'c' } }
    const rate = { kind: 'rate', rate: { parameter: 'share' }, of, ...common }
    t.strictSame(parse({ parameters, entitlement: rate }).defects, [
      '/entitlement/rate: a rate is above 0, parameter "share" is not',
    ])
  }
})

t.test('an amount that is one figure of the text is in the unit of that figure', async (t) => {
  const parameters = { sum: { value: 500, unit: 'CNY/month', clause: 'c' } }
  const amount = { parameter: 'sum' }
  const entitlement = { kind: 'cash', amount, unit: 'CNY/year', bound: 'exact', clause: 'c' }
  t.strictSame(parse({ parameters, entitlement }).defects, [
    '/entitlement/unit: parameter "sum" is in CNY/month, the amount in CNY/year',
  ])
  const monthly = { ...entitlement, unit: 'CNY/month' }
  t.strictSame(parse({ parameters, entitlement: monthly }).defects, [])
  const yearly = { ...entitlement, amount: { multiply: [12, amount] } }
  t.strictSame(parse({ parameters, entitlement: yearly }).defects, [])
})

t.test('a figure that cannot be held exactly is named, not thrown', async (t) => {
  const figure = (value: number, unit: string | null) =>
    parse({ parameters: { 'a/b': { value, unit, clause: 'c' } } })
  const money =
    '/parameters/a~1b/value: an amount in yuan has at most 10 digits before the point and 2 after it'
  const number = '/parameters/a~1b/value: a number has at most 15 digits, 9 of them decimals'
  t.strictSame(figure(1e300, 'CNY/month').defects, [money])
  t.strictSame(figure(500.001, 'CNY').defects, [money])
  t.strictSame(figure(1e300, null).defects, [number])
  t.strictSame(figure(1e-7, 'years').defects, [number])
  t.equal(figure(1e300, null).rule, undefined)
  t.strictSame(figure(9_999_999_999.99, 'CNY').defects, [])
  t.strictSame(figure(10_000_000_000, 'CNY').defects, [money])
})

t.test('no money is below 0, other figures may be', async (t) => {
  const figure = (value: number, unit: string | null) =>
    parse({ parameters: { sum: { value, unit, clause: 'c' } } }).defects
  const below = ['/parameters/sum/value: an amount of money is never below 0']
  t.strictSame(figure(-0.01, 'CNY/month'), below)
  t.strictSame(figure(0, 'CNY/month'), [])
  t.strictSame(figure(-5, 'points'), [])
})

t.test('only conflicts-with names a programme, and its condition is typed', async (t) => {
  const warning = (json: unknown) => parse({ warnings: [json] }).defects
  t.strictSame(warning({ warning: 'conflicts-with' }), [
    '/warnings/0: conflicts-with, and only it, names a programme',
  ])
  t.strictSame(warning({ warning: 'instrument-pending', programme: 'a/b' }), [
    '/warnings/0: conflicts-with, and only it, names a programme',
  ])
  t.strictSame(warning({ warning: 'instrument-pending', when: {} }), [
    '/warnings/0/when: a node has exactly one of all, any, not, fact; here: none',
  ])
  t.strictSame(
    parse({ warnings: [{ warning: 'instrument-pending', clause: 'd' }] }).rule?.warnings,
    [{ code: 'instrument-pending', when: null, clauses: ['d'] }],
  )
})

t.test('a points table is a fact of its version', async (t) => {
  const conditions = { fact: 'scorecard.points', operator: 'lessThan', value: 3, clause: 'c' }
  t.match(parse({ conditions }).defects, ['/conditions/fact: unknown fact "scorecard.points"'])
  const scorecard = { items: [{ id: 'a', clause: 'c', points: 1 }] }
  t.strictSame(parse({ conditions: { ...conditions, fact: 'score.points' }, scorecard }).defects, [
    '/conditions/fact: unknown fact "score.points"; the nearest is scorecard.points',
  ])
  t.equal(parse({ conditions, scorecard }).rule?.points?.unit, 'points')
  const broken = parse({
    conditions,
    scorecard: { items: [{ id: 'a', clause: 'c', points: { fact: 'x' } }] },
  })
  t.match(broken.defects, [/unknown fact "x"/])
})
