import t from 'tap'
import { compileProgram } from '../../src/engine/compile.js'
import type { LeafNode } from '../../src/engine/condition-node.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { decisiveLeaves, explainLeaves, metOf } from '../../src/engine/explain.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts, withHousehold } from '../../src/engine/household-facts.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { type MissingFact, missingFacts, missingOfExpression } from '../../src/engine/missing.js'
import { answersToTry, leafState, settledBy } from '../../src/engine/next-question.js'
import { parseCondition } from '../../src/engine/parse-condition.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import type { PlacedNode } from '../../src/engine/program.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Household } from '../../src/model/household.js'
import {
  BASE_FACTS,
  choice,
  DERIVED_FACTS,
  testDictionary,
  testFact,
  testTyping,
} from '../support/test-dictionary.js'

const dictionary = testDictionary([...BASE_FACTS, ...DERIVED_FACTS])

const typing = testTyping(dictionary, true)

function read(json: unknown, household: Household, member = NO_MEMBER, size?: number) {
  const condition = parseCondition(json, '', typing, false)
  if (condition === undefined) throw new Error('no condition')
  const program = compileProgram([condition])
  const facts = householdFacts(household, dayOf('2020-06-01'), '441900', size)
  loadFacts(program, facts)
  if (member !== NO_MEMBER) loadFacts(program, facts, member)
  evaluate(program)
  const [root] = program.roots
  if (root === undefined) throw new Error('no root')
  const missing = missingFacts(root, program.bytes, facts, member)
  return { root, bytes: program.bytes.slice(), facts, missing, keys: [...missing.keys()] }
}

const is = (fact: string, value: unknown = true) => ({ fact, operator: 'equal', value })
const under = (fact: string, value: number) => ({ fact, operator: 'lessThan', value })

t.test('an unsettled leaf misses its base fact', async (t) => {
  t.strictSame(read(is('household.poor'), { members: [] }).keys, ['household.poor'])
})

t.test('what is known misses nothing, even when parts of it are open', async (t) => {
  const json = { any: [is('household.poor'), is('household.proper')] }
  t.strictSame(read(json, { poor: true, members: [] }).keys, [])
})

t.test('leaves under settled nodes are not missed', async (t) => {
  const json = {
    all: [is('household.poor'), { any: [is('household.proper'), under('household.income', 100)] }],
  }
  t.strictSame(read(json, { income: 1, members: [] }).keys, ['household.poor'])
})

t.test('a derived fact is replaced by its unknown inputs', async (t) => {
  t.strictSame(read(under('household.incomePerHead', 100), { members: [{ id: 'a' }] }).keys, [
    'household.income',
  ])
  t.strictSame(read(under('member.age', 18), { members: [{ id: 'a' }] }, 0).keys, [
    'members/a/dateOfBirth',
  ])
})

t.test('a member of whom nothing is listed cannot be asked', async (t) => {
  const unlisted = read(
    under('household.incomePerHead', 100),
    { income: 5, size: 3, members: [{ id: 'a' }] },
    NO_MEMBER,
    3,
  )
  t.strictSame(unlisted.keys, [], 'a stated size settles the derivation')
})

t.test(
  'every form of expression passes on what it misses, and nothing that is settled',
  async (t) => {
    const household: Household = { members: [{ id: 'a', insured: true }, { id: 'b' }] }
    const facts = householdFacts(household, dayOf('2020-06-01'), '441900')
    const missing = (json: unknown, member = NO_MEMBER) => {
      const node = parseExpression(json, '', typing)
      return node === undefined ? ['defect'] : [...missingOfExpression(node, facts, member).keys()]
    }
    const insured = { fact: 'member.insured' }
    const rooms = { fact: 'household.rooms' }
    t.strictSame(missing({ count: insured }), ['members/b/insured'])
    t.strictSame(missing({ any: insured }), [], 'one member settles it')
    t.strictSame(missing({ all: insured }), ['members/b/insured'])
    t.strictSame(missing({ not: { fact: 'household.poor' } }), ['household.poor'])
    t.strictSame(missing({ add: [1, rooms] }), ['household.rooms'])
    t.strictSame(missing({ round: rooms, to: 5, mode: 'up' }), ['household.rooms'])
    t.strictSame(
      missing({ within: [{ fact: 'household.hukou' }, { fact: 'context.jurisdiction' }] }),
      ['household.hukou'],
    )
    t.strictSame(
      missing({ monthsBetween: [{ fact: 'household.movedIn' }, { fact: 'context.asOf' }] }),
      ['household.movedIn'],
    )
    t.strictSame(missing({ holds: { not: is('household.poor') } }), ['household.poor'])
    t.strictSame(missing({ holds: { all: [is('household.poor'), is('household.proper')] } }), [
      'household.poor',
      'household.proper',
    ])
    t.strictSame(missing({ holds: { all: [is('household.poor'), under('household.size', 50)] } }), [
      'household.poor',
    ])
    t.strictSame(
      missing({ holds: { any: [is('household.poor'), under('household.size', 50)] } }),
      [],
    )
    t.strictSame(
      missing({
        table: rooms,
        bands: [
          { from: null, then: 1 },
          { from: 5, then: 2 },
        ],
      }),
      ['household.rooms'],
    )
    const poor = { fact: 'household.poor' }
    t.strictSame(missing({ when: [{ if: poor, then: 1 }], else: rooms }), [
      'household.poor',
      'household.rooms',
    ])
    t.strictSame(
      missing({
        when: [
          { if: false, then: rooms },
          { if: true, then: { fact: 'household.size' } },
        ],
        else: rooms,
      }),
      [],
    )
    t.strictSame(
      missing({
        when: [
          { if: poor, then: 1 },
          { if: true, then: 2 },
        ],
        else: rooms,
      }),
      ['household.poor'],
    )
    t.strictSame(
      missing({
        highest: [
          { if: poor, then: 1 },
          { if: false, then: rooms },
        ],
      }),
      ['household.poor'],
    )
    t.strictSame(missing({ unknown: 'boolean' }), [])
  },
)

t.test('decisive are the leaves that read as the outcome does', async (t) => {
  const json = {
    all: [
      is('household.poor'),
      { any: [is('household.proper'), under('household.income', 100)] },
      { not: is('household.settlement', 'rural') },
    ],
  }
  const decisive = (household: Household) => {
    const { root, bytes } = read(json, household)
    const readings = explainLeaves(root, bytes)
    const bits = readings.map((leaf, place) => (leaf.decisive ? 2 ** place : 0))
    t.equal(
      decisiveLeaves(root, bytes),
      bits.reduce((sum, bit) => sum + bit),
    )
    return readings
      .filter((leaf) => leaf.decisive)
      .map(({ leaf, byte }) => `${leaf.fact.name} ${metOf(byte)}`)
  }
  t.strictSame(
    decisive({ poor: true, proper: true, income: 500, settlement: 'urban', members: [] }),
    ['poor true', 'proper true', 'settlement false'],
  )
  t.strictSame(
    decisive({ poor: false, proper: false, income: 500, settlement: 'rural', members: [] }),
    ['poor false', 'proper false', 'income false', 'settlement true'],
  )
  t.strictSame(decisive({ poor: true, members: [] }), [
    'proper null',
    'income null',
    'settlement null',
  ])
})

t.test(
  'what answers do is kept for each state of the leaves, and for a bounded number',
  async (t) => {
    const one = { members: [{ id: 'a' }] }
    const both = { all: [is('household.poor'), is('household.proper')] }
    const { root, bytes, facts, missing } = read(both, one)
    const asked = missing.get('household.poor') as MissingFact
    const states = Array.from({ length: 1_002 }, (_, state) => ({
      root,
      bytes,
      member: NO_MEMBER,
      state,
    }))
    t.equal(settledBy(asked, [...states, ...states.slice(0, 2)], facts), 1_004)
    const leaves = Array.from({ length: 27 }, (_, rooms) => under('household.rooms', rooms + 1))
    const many = read({ all: [...leaves, is('household.poor')] }, one)
    t.ok(Number.isNaN(leafState(many.root, many.bytes)))
    const poor = { root: many.root, bytes: many.bytes, member: NO_MEMBER, state: Number.NaN }
    t.equal(settledBy(asked, [poor], many.facts), 1, 'then every answer is tried anew')
  },
)

t.test('a question settles when one of its answers does', async (t) => {
  const settles = (json: unknown, household: Household, fact: string, member = NO_MEMBER) => {
    const open = read(json, household, member)
    const asked = open.missing.get(fact)
    if (asked === undefined) throw new Error(`${fact} is not missing`)
    const { root, bytes, facts } = open
    const state = leafState(root, bytes)
    return settledBy(asked, [{ root, bytes, member, state }], facts) === 1
  }
  const one = { members: [{ id: 'a' }] }
  const both = { all: [is('household.poor'), is('household.proper')] }
  t.equal(settles(both, one, 'household.poor'), true, 'no is enough')
  const pairs = {
    all: [
      { any: [is('household.poor'), is('household.proper')] },
      { any: [under('household.income', 9), under('household.rooms', 2)] },
    ],
  }
  t.equal(settles(pairs, one, 'household.poor'), false, 'either answer leaves it open')
  const few = under('household.rooms', 5)
  const orPoor = (json: unknown) => ({ any: [json, is('household.poor')] })
  t.equal(settles(orPoor(few), one, 'household.poor'), true, 'yes is enough')
  t.equal(settles(orPoor({ not: few }), one, 'household.rooms'), true)
  t.equal(
    settles({ all: [orPoor(few), orPoor({ not: few })] }, one, 'household.rooms'),
    false,
    'few rooms or many',
  )
  t.equal(settles(under('household.income', 9), one, 'household.income'), true)
  t.equal(settles(is('household.rooms', 4), one, 'household.rooms'), true)
  t.equal(settles(is('household.settlement', 'urban'), one, 'household.settlement'), true)
  t.equal(
    settles({ fact: 'household.hukou', operator: 'in', value: ['441900'] }, one, 'household.hukou'),
    true,
  )
  t.equal(
    settles(
      { fact: 'household.support', operator: 'contains', value: 'food' },
      one,
      'household.support',
    ),
    true,
  )
  t.equal(
    settles(
      { fact: 'household.movedIn', operator: 'lessThan', value: '2019-01-01' },
      one,
      'household.movedIn',
    ),
    true,
  )
  t.equal(settles({ not: under('member.age', 18) }, one, 'members/a/dateOfBirth', 0), true)
  t.equal(
    settles(
      { all: [{ not: under('member.age', 18) }, under('member.age', 20)] },
      one,
      'members/a/dateOfBirth',
      0,
    ),
    true,
  )
  t.equal(
    settles(
      { all: [{ not: under('member.age', 18) }, under('member.age', 20), is('household.poor')] },
      one,
      'members/a/dateOfBirth',
      0,
    ),
    true,
    'too young is enough',
  )
  t.equal(settles(is('household.isLocal'), one, 'household.hukou'), true, 'here or elsewhere')
  t.equal(settles({ not: is('household.isLocal') }, one, 'household.hukou'), true)
  t.equal(
    settles(
      { fact: 'household.letters', operator: 'contains', value: 'a' },
      one,
      'household.letters',
    ),
    true,
  )
  t.equal(settles(is('household.hasFirstGrade'), one, 'members/a/grade'), true)
  t.equal(
    settles(
      is('household.settlement', 'rural'),
      { ...one, settlement: null },
      'household.settlement',
    ),
    true,
  )
})

t.test('each way that the leaves read has a state of its own', async (t) => {
  const leaves = ['poor', 'proper', 'isLocal', 'hasMinor'].map((name) => is(`household.${name}`))
  const [first, second, third, fourth] = leaves
  const { root } = read(
    { any: [first, { all: [second, { not: third }] }, fourth] },
    { members: [] },
  )
  const states = new Set<number>()
  for (let all = 0; all < 81; all++) {
    const bytes = new Uint8Array(16)
    for (const place of leaves.keys()) bytes[place * 4] = Math.floor(all / 3 ** place) % 3
    states.add(leafState(root, bytes))
  }
  t.equal(states.size, 81)
  const rooms = (count: number) => {
    const many = Array.from({ length: count }, (_, place) => under('household.rooms', place + 1))
    const { root, bytes } = read({ all: many }, { members: [] })
    return leafState(root, bytes)
  }
  t.notOk(Number.isNaN(rooms(26)))
  t.ok(Number.isNaN(rooms(27)), 'more than two bits each')
})

t.test('what an answer does is kept only where all that it depends on is the same', async (t) => {
  const one = { members: [{ id: 'a' }] }
  /** Whether an answer about a fact settles one condition, for one household after the other. */
  const settled = (
    [json, asked, member = NO_MEMBER]: readonly [unknown, string, number?],
    ...circumstances: readonly (readonly [Household, (string | undefined)?, string?])[]
  ) => {
    const condition = parseCondition(json, '', typing, false)
    if (condition === undefined) throw new Error('no condition')
    const program = compileProgram([condition])
    const [root] = program.roots as [PlacedNode]
    const fact = { fact: dictionary.get(asked), member } as MissingFact
    return circumstances.map(([household, asOf = '2020-06-01', place = '441900']) => {
      const facts = householdFacts(household, dayOf(asOf), place)
      loadFacts(program, facts)
      loadFacts(program, facts, 0)
      evaluate(program)
      const { bytes } = program
      return settledBy(fact, [{ root, bytes, member: 0, state: leafState(root, bytes) }], facts)
    })
  }
  const either = (...conditions: unknown[]) => ({ any: conditions })
  const poor = is('household.poor')
  const proper = is('household.proper')
  const before = (day: string) => ({
    fact: 'member.dateOfBirth',
    operator: 'lessThan',
    value: day,
  })
  const stated = either(is('member.isMinor'), { all: [before('2010-01-01'), poor] })
  const thirty = { members: [{ id: 'a', age: 30 }] }
  t.strictSame(
    settled([stated, 'member.dateOfBirth', 0], [one], [thirty], [one]),
    [1, 0, 1],
    'a stated age stays, whatever the date of birth',
  )
  const dated = {
    all: [either(under('member.age', 10), poor), either(before('2010-01-01'), proper)],
  }
  t.strictSame(
    settled([dated, 'member.dateOfBirth', 0], [one], [one, '2019-06-01'], [one]),
    [0, 1, 0],
    'the day',
  )
  const inDongguan = { fact: 'household.hukou', operator: 'in', value: ['441900'] }
  const placed = { all: [either(is('household.isLocal'), poor), either(inDongguan, proper)] }
  const zhuhai = [one, undefined, '440400'] as const
  t.strictSame(settled([placed, 'household.hukou'], [one], zhuhai, [one]), [1, 0, 1], 'the place')
  const shared = {
    all: [
      either(under('household.incomePerHead', 100), poor),
      either({ not: under('household.income', 150) }, proper),
    ],
  }
  const two = { members: [{ id: 'a' }, { id: 'b' }] }
  t.strictSame(settled([shared, 'household.income'], [one], [two], [one]), [0, 1, 0], 'other facts')
  const adults = { all: [either({ not: is('household.hasMinor') }, poor)] }
  const grown = { members: [{ id: 'a' }, { id: 'b', dateOfBirth: '1980-01-01' }] }
  t.strictSame(
    settled([adults, 'member.dateOfBirth', 0], [two], [grown], [two]),
    [0, 1, 0],
    'other members',
  )
  const rooms = Array.from({ length: 27 }, (_, place) => under('household.rooms', place + 1))
  const many = { all: [either(poor, proper), either(...rooms)] }
  const small = { rooms: 0, ...one }
  t.strictSame(
    settled([many, 'household.poor'], [one], [small], [one]),
    [0, 1, 0],
    'more leaves than a state holds',
  )
})

t.test('choices after one that certainly holds are not asked about', async (t) => {
  const facts = (poor: boolean | undefined) =>
    householdFacts({ ...(poor !== undefined && { poor }), members: [] }, dayOf('2020-06-01'), '1')
  const json = {
    when: [
      choice({ fact: 'household.poor' }, { fact: 'household.rooms' }),
      choice({ fact: 'household.proper' }, 2),
    ],
    else: { fact: 'household.floors' },
  }
  const node = parseExpression(json, '', typing)
  if (node === undefined) throw new Error('no expression')
  const asked = (poor: boolean | undefined) => [
    ...missingOfExpression(node, facts(poor), NO_MEMBER).keys(),
  ]
  t.strictSame(asked(true), ['household.rooms'])
  t.strictSame(asked(false), ['household.proper', 'household.floors'])
  t.strictSame(asked(undefined), [
    'household.poor',
    'household.rooms',
    'household.proper',
    'household.floors',
  ])
})

t.test('a household in which one member changes reads as one that is read anew', async (t) => {
  const facts = testDictionary([
    ...BASE_FACTS,
    ...DERIVED_FACTS,
    testFact('member.livesWithMinor', 'boolean', { derive: { fact: 'household.hasMinor' } }),
    testFact('member.isChild', 'boolean', { derive: { fact: 'member.isMinor' } }),
  ])
  const asOf = dayOf('2020-06-01')
  const born = (dateOfBirth: string) => ({ id: dateOfBirth, dateOfBirth })
  const [old, young] = [born('1980-01-01'), born('2015-01-01')]
  const bounds = (of: ReturnType<typeof householdFacts>) =>
    [...facts.values()]
      .filter((fact) => fact.derive !== undefined)
      .flatMap((fact) => [0, 1].map((member) => [fact.id, member, of.boundsOf(fact, member)]))
  const households = [
    [old, old],
    [young, old],
    [old, young],
  ].map((members) => ({ members }))
  for (const first of households) {
    const before = householdFacts(first, asOf, '441900')
    const read = bounds(before)
    for (const second of households) {
      const differ = [0, 1].filter((one) => first.members[one] !== second.members[one])
      if (differ.length === 2) continue
      const changed = withHousehold(before, second, differ[0])
      t.strictSame(bounds(changed), bounds(householdFacts(second, asOf, '441900')))
    }
    t.strictSame(bounds(before), read, 'and the first one stays')
  }
})

t.test('answers are tried on both sides of all that a condition compares with', async (t) => {
  const leafOf = (json: unknown) => parseCondition(json, '', typing, false) as LeafNode
  const tries = (id: string, conditions: readonly unknown[], asOf = '2020-06-01') => {
    const facts = householdFacts({ members: [] }, dayOf(asOf), '441900')
    const fact = dictionary.get(id)
    if (fact === undefined) throw new Error(id)
    return answersToTry(fact, conditions.map(leafOf), facts)
  }
  const within = (fact: string, ...value: string[]) => ({ fact, operator: 'in', value })
  t.strictSame(tries('household.poor', [is('household.poor')]), [true, false])
  const rooms = [5, 1, 0, 100].map((count) => under('household.rooms', count))
  t.strictSame(tries('household.rooms', rooms.slice(0, 1)), [0, 4, 5, 6, 100])
  t.strictSame(tries('household.rooms', rooms), [0, 4, 5, 6, 1, 2, 1, 99, 100])
  t.strictSame(
    tries('household.income', [under('household.income', 1000)]),
    [0, 999.99, 1000, 1000.01, 9_999_999_999.99],
  )
  t.strictSame(
    tries('household.income', [under('household.incomePerHead', 50), is('household.poor')]),
    [0, 49.99, 50, 50.01, 9_999_999_999.99],
  )
  const low = is('household.band', 'lower')
  t.strictSame(tries('household.band', [low]), ['lower', 'low'])
  t.strictSame(tries('household.band', [within('household.band', 'middle', 'low')]), [
    'middle',
    'low',
    'lower',
  ])
  const dongguan = within('household.hukou', '441900')
  t.strictSame(tries('household.hukou', [dongguan]), ['441900', ''])
  t.strictSame(tries('household.hukou', [is('household.isLocal')]), ['441900', ''])
  t.strictSame(tries('household.hukou', [within('household.hukou', '440400'), dongguan]), [
    '440400',
    '441900',
    '',
  ])
  t.strictSame(
    tries('household.support', [
      { fact: 'household.support', operator: 'contains', value: 'rent' },
    ]),
    [[], ['rent'], ['food']],
  )
  t.strictSame(
    tries('member.grade', [is('household.hasFirstGrade')]),
    [1, 4],
    'a derivation compares by itself',
  )
  const movedIn = { fact: 'household.movedIn', operator: 'lessThan', value: '2019-01-01' }
  const days = (texts: readonly string[]) => texts.toSorted()
  t.strictSame(days(tries('household.movedIn', [movedIn]) as string[]), [
    '1850-01-01',
    '2018-12-31',
    '2019-01-01',
    '2019-01-02',
    '2200-12-31',
  ])
  const births = (age: number, asOf: string) =>
    days(tries('member.dateOfBirth', [under('member.age', age)], asOf) as string[])
  t.strictSame(births(18, '2020-06-01'), [
    '1850-01-01',
    '2001-06-01',
    '2002-06-01',
    '2003-06-01',
    '2020-06-01',
  ])
  t.strictSame(births(60, '2020-02-29').slice(1, 4), ['1959-02-28', '1960-02-28', '1961-02-28'])
})
