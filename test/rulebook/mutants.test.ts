import t from 'tap'
import type { RuleVersion } from '../../src/model/rule-version.js'
import { mutantsOf } from '../../src/rulebook/mutants.js'
import { band, choice, testDictionary, testFact } from '../support/test-dictionary.js'

const words = { zh: '某事', en: 'something' }
const dictionary = testDictionary([
  testFact('household.income', 'decimal', { unit: 'CNY/month', min: 0, max: 100_000 }),
  testFact('household.area', 'decimal', { unit: 'm2', min: 0, max: 1000 }),
  testFact('household.rooms', 'integer', { min: 0, max: 100 }),
  testFact('household.movedIn', 'date', { min: '1850-01-01', max: '2200-12-31' }),
  testFact('household.poor', 'boolean'),
  testFact('household.hukou', 'code', { pattern: '^\\d{6}$' }),
  testFact('household.settlement', 'code', { values: { urban: words, rural: words } }),
])

const base: RuleVersion = {
  programme: 'town/living',
  version: '2020-01-01',
  validFrom: null,
  validTo: null,
  publishedAt: null,
  supersedes: null,
  reviewBy: null,
  publishedBy: 'encoder-1',
  reviewedBy: 'reader-1',
  clauses: ['a'],
  parameters: {},
  conditions: { all: [leaf('poor', 'equal', true), leaf('poor', 'notEqual', true)] },
  entitlement: { kind: 'service', amount: null, unit: null, bound: 'exact', clause: 'a' },
  interpretations: [],
}
const plain = mutantsOf(base, dictionary).map(({ id }) => id)

function leaf(name: string, operator: string, value: unknown) {
  return { fact: `household.${name}`, operator, value } as never
}

/** The ids of the mutants that a change to the version brings, without its name. */
function ids(change: object): readonly string[] {
  const found = mutantsOf({ ...base, ...change } as RuleVersion, dictionary)
  return found
    .map(({ id }) => id)
    .filter((id) => !plain.includes(id))
    .map((id) => id.slice(11))
}

/** The mutants of a version with these conditions. */
function ofCondition(conditions: unknown) {
  return mutantsOf({ ...base, conditions } as RuleVersion, dictionary).map(({ id, version }) => [
    id.slice(11),
    version.conditions,
  ])
}

t.test('every operator is turned into its neighbour and its denial', async (t) => {
  const turned = (operator: string, value: unknown, name = 'rooms') =>
    ofCondition({ all: [leaf(name, operator, value), leaf('poor', 'equal', true)] })
      .map(([id]) => String(id))
      .filter((id) => /all\/0 [a-z]+[A-Z]?/.test(id) && !id.endsWith('dropped'))
      .map((id) => id.split(' ')[1])
  t.strictSame(turned('lessThan', 2), ['lessThanInclusive', 'greaterThanInclusive'])
  t.strictSame(turned('lessThanInclusive', 2), ['lessThan', 'greaterThan'])
  t.strictSame(turned('greaterThan', 2), ['greaterThanInclusive', 'lessThanInclusive'])
  t.strictSame(turned('greaterThanInclusive', 2), ['greaterThan', 'lessThan'])
  t.strictSame(turned('equal', 2), ['notEqual'])
  t.strictSame(turned('notEqual', 2), ['equal'])
  t.strictSame(turned('in', ['110000', '120000'], 'hukou'), ['notIn'])
  t.strictSame(turned('notIn', ['110000'], 'hukou'), ['in'])
  t.strictSame(turned('contains', 'a'), ['doesNotContain'])
  t.strictSame(turned('doesNotContain', 'a'), ['contains'])
})

t.test(
  'all and any are exchanged, parts dropped, not left out with its citation kept',
  async (t) => {
    const [one, two] = [leaf('poor', 'equal', true), leaf('rooms', 'equal', 3)]
    const cited = { not: two, clause: 'b' }
    t.strictSame(ofCondition({ any: [one, cited], clause: 'a' }), [
      ['/conditions all for any', { clause: 'a', all: [one, cited] }],
      ['/conditions/any/0 dropped', { any: [cited], clause: 'a' }],
      [
        '/conditions/any/0 notEqual',
        { any: [{ ...(one as object), operator: 'notEqual' }, cited], clause: 'a' },
      ],
      ['/conditions/any/1 dropped', { any: [one], clause: 'a' }],
      [
        '/conditions/any/1 without not',
        { any: [one, { clause: 'b', ...(two as object) }], clause: 'a' },
      ],
      [
        '/conditions/any/1/not notEqual',
        {
          any: [one, { not: { ...(two as object), operator: 'notEqual' }, clause: 'b' }],
          clause: 'a',
        },
      ],
      [
        '/conditions/any/1/not/value 2',
        { any: [one, { not: { ...(two as object), value: 2 }, clause: 'b' }], clause: 'a' },
      ],
      [
        '/conditions/any/1/not/value 4',
        { any: [one, { not: { ...(two as object), value: 4 }, clause: 'b' }], clause: 'a' },
      ],
    ])
  },
)

t.test(
  'an only comparison is dropped by no longer mattering, alone or in a list of one',
  async (t) => {
    const one = leaf('poor', 'equal', true)
    const dropped = ['/conditions dropped', { any: [one, { not: one }] }]
    t.strictSame(ofCondition(one)[1], dropped)
    t.strictSame(ofCondition({ all: [one] })[1], dropped)
    t.strictSame(ofCondition({ any: [one] })[1], dropped)
    const nested = ofCondition({ all: [{ any: [one, one] }] })
    t.notOk(nested.some(([id]) => id === '/conditions dropped'))
  },
)

t.test('a literal moves by one unit of its type', async (t) => {
  const moved = (name: string, operator: string, value: unknown) =>
    ids({ conditions: leaf(name, operator, value) })
      .filter((id) => id.startsWith('/conditions/value'))
      .map((id) => id.split(' ')[1])
  t.strictSame(moved('income', 'lessThan', 980), ['979.99', '980.01'])
  t.strictSame(moved('area', 'lessThan', 0.3), ['0.299', '0.301'])
  t.strictSame(moved('rooms', 'lessThan', 3), ['2', '4'])
  t.strictSame(moved('movedIn', 'lessThan', '2020-03-01'), ['2020-02-29', '2020-03-02'])
  t.strictSame(moved('settlement', 'equal', 'rural'), ['urban'])
  t.strictSame(moved('hukou', 'equal', '110000'), [], 'an open list has no next code')
  t.strictSame(moved('nowhere', 'equal', 'x'), [])
  t.strictSame(moved('nowhere', 'equal', 2), ['1', '3'])
  const codes = ids({ conditions: leaf('hukou', 'in', ['110000', '120000']) })
  t.ok(codes.includes('/conditions/value/1 dropped'))
  const read = { ...(leaf('rooms', 'equal', { fact: 'parameter.most' }) as object) }
  const parameters = { most: { value: 3, unit: null, clause: 'a' } }
  t.notOk(ids({ conditions: read, parameters }).some((id) => id.startsWith('/conditions/value')))
})

t.test(
  'a parameter moves by a fen, a step of the fact it is compared with, or its last place',
  async (t) => {
    const moved = (value: number, unit: string | null, name = 'rooms') =>
      ids({
        parameters: { most: { value, unit, clause: 'a' } },
        conditions: { all: [leaf(name, 'lessThan', { fact: 'parameter.most' })] },
      })
        .filter((id) => id.startsWith('/parameters'))
        .map((id) => id.split(' ')[1])
    t.strictSame(moved(1060, 'CNY/month', 'income'), ['1059.99', '1060.01'])
    t.strictSame(moved(15, 'm2', 'area'), ['14.999', '15.001'])
    t.strictSame(moved(3, null), ['2', '4'])
    t.strictSame(moved(3, null, 'nowhere'), ['2', '4'])
    const unread = ids({ parameters: { share: { value: 0.75, unit: 'ratio', clause: 'a' } } })
    t.strictSame(unread, ['/parameters/share/value 0.74', '/parameters/share/value 0.76'])
  },
)

t.test('the figures and choices of an amount move as well', async (t) => {
  const amount = (json: unknown) => ids({ entitlement: { ...base.entitlement, amount: json } })
  t.strictSame(amount({ yuan: 100 }), [
    '/entitlement/amount/yuan 99.99',
    '/entitlement/amount/yuan 100.01',
  ])
  t.strictSame(amount({ min: [{ fact: 'a' }, { parameter: 'b' }] }), [
    '/entitlement/amount max for min',
    '/entitlement/amount/min/0 dropped',
    '/entitlement/amount/min/1 dropped',
  ])
  t.strictSame(amount({ max: [{ fact: 'a' }] }), [], 'one of one is no choice')
  t.strictSame(amount({ cap: { fact: 'a' }, at: 3 }), [
    '/entitlement/amount without cap',
    '/entitlement/amount/at 2',
    '/entitlement/amount/at 4',
  ])
  t.strictSame(amount({ any: { not: { fact: 'a' } } }), [
    '/entitlement/amount all for any',
    '/entitlement/amount/any without not',
  ])
  t.strictSame(amount({ round: { unknown: { min: 0, max: 1 } }, to: 5, mode: 'up' }), [])
  t.strictSame(amount({ yearsBetween: [{ date: '2020-01-01' }, { fact: 'a' }] }), [
    '/entitlement/amount/yearsBetween/0/date 2019-12-31',
    '/entitlement/amount/yearsBetween/0/date 2020-01-02',
  ])
  t.strictSame(amount({ table: { fact: 'a' }, bands: [band(null, { yuan: 1 }), band(2.5, 0)] }), [
    '/entitlement/amount/bands/0 dropped',
    '/entitlement/amount/bands/1 dropped',
    '/entitlement/amount/bands/0/then/yuan 0.99',
    '/entitlement/amount/bands/0/then/yuan 1.01',
    '/entitlement/amount/bands/1/from 2.4',
    '/entitlement/amount/bands/1/from 2.6',
    '/entitlement/amount/bands/1/then -1',
    '/entitlement/amount/bands/1/then 1',
  ])
  const held = choice({ holds: leaf('poor', 'equal', true) }, { parameter: 'a' })
  t.strictSame(amount({ when: [held], else: { parameter: 'b' } }), [
    '/entitlement/amount/when/0/if/holds notEqual',
  ])
  const rate = { kind: 'rate', rate: 1, of: words, bound: 'exact', clause: 'a' }
  t.strictSame(ids({ entitlement: rate }), ['/entitlement/rate 0.99', '/entitlement/rate 1.01'])
})

t.test('every list of an expression loses its parts, every choice is turned', async (t) => {
  const amount = (json: unknown) => ids({ entitlement: { ...base.entitlement, amount: json } })
  const parts = [{ fact: 'a' }, { parameter: 'b' }]
  const dropped = (key: string) =>
    [0, 1].map((index) => `/entitlement/amount/${key}/${index} dropped`)
  for (const key of ['add', 'multiply']) t.strictSame(amount({ [key]: parts }), dropped(key))
  t.strictSame(amount({ max: parts }), ['/entitlement/amount min for max', ...dropped('max')])
  const held = choice({ fact: 'a' }, { parameter: 'b' })
  for (const [key, beside] of [
    ['when', { else: { fact: 'a' } }],
    ['highest', {}],
  ] as const)
    t.strictSame(amount({ [key]: [held, held], ...beside }), dropped(key))
  t.strictSame(amount({ all: { fact: 'a' } }), ['/entitlement/amount any for all'])
  t.strictSame(amount({ subtract: parts }), [], 'without one of two there is no difference')
})

t.test('what is turned stands where it stood, with all that stood beside it', async (t) => {
  const turned = (json: object, change: string) => {
    const entitlement = { ...base.entitlement, amount: json }
    const all = mutantsOf({ ...base, entitlement } as never, dictionary)
    const found = all.find(({ id }) => id.endsWith(` /entitlement/amount ${change}`))
    return found && 'amount' in found.version.entitlement && found.version.entitlement.amount
  }
  const parts = [{ fact: 'a' }, { fact: 'b' }]
  t.strictSame(turned({ min: parts, note: 'x' }, 'max for min'), { note: 'x', max: parts })
  t.strictSame(turned({ cap: { fact: 'a' }, at: { fact: 'b' } }, 'without cap'), { fact: 'a' })
  t.strictSame(turned({ not: { fact: 'a' } }, 'without not'), { fact: 'a' })
})

t.test('a points table loses its items and moves its caps', async (t) => {
  const item = (id: string) => ({ id, clause: 'a', points: { fact: 'b' }, cap: 10 })
  t.strictSame(ids({ scorecard: { items: [item('x'), item('y')], groupCaps: { g: 5 } } }), [
    '/scorecard/items/0 dropped',
    '/scorecard/items/1 dropped',
    '/scorecard/items/0/cap 9',
    '/scorecard/items/0/cap 11',
    '/scorecard/items/1/cap 9',
    '/scorecard/items/1/cap 11',
    '/scorecard/groupCaps/g 4',
    '/scorecard/groupCaps/g 6',
  ])
})

t.test('days move by one, and the conditions of warnings are changed like others', async (t) => {
  t.strictSame(ids({ validFrom: '2020-03-01', validTo: '2022-01-01' }), [
    '/validFrom 2020-02-29',
    '/validFrom 2020-03-02',
    '/validTo 2021-12-31',
    '/validTo 2022-01-02',
  ])
  const warnings = [
    { warning: 'instrument-pending' },
    { warning: 'instrument-pending', when: leaf('poor', 'equal', true) },
  ]
  t.strictSame(ids({ warnings }), ['/warnings/1/when notEqual'])
})

t.test('what is no condition has no mutants', async (t) => {
  for (const conditions of [null, 7, { nothing: [] }, { all: 'x' }]) {
    t.strictSame(ofCondition(conditions), [])
  }
})
