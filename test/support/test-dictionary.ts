import { defineDictionary } from '../../src/engine/define-dictionary.js'
import type { Dictionary } from '../../src/engine/fact-definition.js'
import { factsOf, type Typing } from '../../src/engine/typing.js'
import type { Expression } from '../../src/model/expression.js'
import type { Fact, FactType } from '../../src/model/fact.js'

const WORDS = { zh: '某事', en: 'something' }

type Extra = Partial<Omit<Fact, 'id' | 'entity' | 'type'>>

/** A dictionary entry with everything a test does not care about filled in. */
export function testFact(id: string, type: FactType, extra: Extra = {}): Fact {
  const entity = id.startsWith('member.') ? 'member' : 'household'
  const source = extra.derive === undefined ? 'citizen' : 'derived'
  const words = { label: WORDS, question: WORDS }
  return { id, entity, type, unit: null, source, sensitive: false, ...words, ...extra }
}

/** The dictionary of some facts; a defect in them fails the test. */
export function testDictionary(facts: readonly Fact[]): Dictionary {
  return defineDictionary(facts, (index, pointer, reason) => {
    throw new Error(`${facts[index]?.id}${pointer}: ${reason}`)
  })
}

/** What conditions and expressions of a dictionary are typed with; a defect in them fails the test. */
export function testTyping(dictionary: Dictionary, member: boolean): Typing {
  return {
    ...factsOf(dictionary),
    parameters: {},
    member,
    report: (pointer, reason) => {
      throw new Error(`${pointer}: ${reason}`)
    },
  }
}

function codes(...names: readonly string[]): Extra {
  return { values: Object.fromEntries(names.map((name) => [name, WORDS])) }
}

function holds(fact: string, operator: string, value: unknown): Expression {
  return { holds: { fact, operator, value } } as Expression
}

/** One `{if, then}`; written like this, it cannot be taken for a promise. */
export function choice(
  condition: Expression,
  value: Expression,
): { if: Expression; then: Expression } {
  const pairs = [
    ['if', condition],
    ['then', value],
  ]
  return Object.fromEntries(pairs)
}

/** One band of a table. */
export function band(
  from: number | null,
  value: Expression,
): { from: number | null; then: Expression } {
  const pairs = [
    ['from', from],
    ['then', value],
  ]
  return Object.fromEntries(pairs)
}

export const MONEY = { unit: 'CNY/month', min: 0, max: 9_999_999_999.99 }
const DATE = { min: '1850-01-01', max: '2200-12-31' }
const region = { unit: null, pattern: '^\\d{6}$' }
const minor = holds('member.age', 'lessThan', 18)

/** Every type of base fact, of both entities. */
export const BASE_FACTS: readonly Fact[] = [
  testFact('household.income', 'decimal', MONEY),
  testFact('household.floorArea', 'decimal', { unit: 'm2', min: 0, max: 100_000 }),
  testFact('household.rooms', 'integer', { unit: 'rooms', min: 0, max: 100 }),
  testFact('household.floors', 'integer', { unit: 'floors', min: 0, max: 3 }),
  testFact('household.movedIn', 'date', DATE),
  testFact('household.hukou', 'code', region),
  testFact('household.settlement', 'code', codes('urban', 'rural')),
  testFact('household.band', 'code', {
    ...codes('low', 'lower', 'middle', '9'),
    unknownValues: ['9'],
  }),
  testFact('household.poor', 'boolean'),
  testFact('household.proper', 'boolean'),
  testFact('household.support', 'code-set', codes('food', 'rent', 'care')),
  testFact('household.letters', 'code-set', { pattern: '^[a-z]$' }),
  testFact('member.dateOfBirth', 'date', { ...DATE, notAfterAsOf: true }),
  testFact('member.sex', 'code', { ...codes('1', '2', '0', '9'), unknownValues: ['0', '9'] }),
  testFact('member.hukou', 'code', region),
  testFact('member.insured', 'boolean'),
  testFact('member.works', 'boolean'),
  testFact('member.wage', 'decimal', MONEY),
  testFact('member.score', 'decimal', { unit: 'points', min: -100, max: 100 }),
  testFact('member.grade', 'integer', { unit: 'grade', min: 1, max: 4 }),
  testFact('member.needs', 'code-set', codes('sight', 'hearing', 'mind')),
]

/** Derivations: age, a ratio, every aggregate, `within`, and the forms points tables use. */
export const DERIVED_FACTS: readonly Fact[] = [
  testFact('household.size', 'integer', {
    unit: 'persons',
    min: 1,
    max: 50,
    role: 'member-count',
    derive: { count: true },
  }),
  testFact('household.incomePerHead', 'decimal', {
    ...MONEY,
    derive: { divide: [{ fact: 'household.income' }, { fact: 'household.size' }] },
  }),
  testFact('household.areaPerHead', 'decimal', {
    unit: 'm2',
    min: 0,
    max: 100_000,
    derive: { divide: [{ fact: 'household.floorArea' }, { fact: 'household.size' }] },
  }),
  testFact('household.yearsHere', 'integer', {
    unit: 'years',
    min: -400,
    max: 400,
    derive: { yearsBetween: [{ fact: 'household.movedIn' }, { fact: 'context.asOf' }] },
  }),
  testFact('household.isLocal', 'boolean', {
    derive: { within: [{ fact: 'household.hukou' }, { fact: 'context.jurisdiction' }] },
  }),
  testFact('household.minors', 'integer', {
    unit: 'persons',
    min: 0,
    max: 50,
    derive: { count: minor },
  }),
  testFact('household.hasMinor', 'boolean', { derive: { any: minor } }),
  testFact('household.workers', 'integer', {
    unit: 'persons',
    min: 0,
    max: 50,
    derive: { count: { fact: 'member.works' } },
  }),
  testFact('household.hasFirstGrade', 'boolean', {
    derive: { any: holds('member.grade', 'equal', 1) },
  }),
  testFact('household.allInsured', 'boolean', { derive: { all: { fact: 'member.insured' } } }),
  testFact('household.wages', 'decimal', {
    ...MONEY,
    max: 50 * MONEY.max,
    derive: {
      sum: {
        when: [choice({ fact: 'member.works' }, { fact: 'member.wage' })],
        else: { yuan: 0 },
      },
    },
  }),
  testFact('member.age', 'integer', {
    unit: 'years',
    min: 0,
    max: 400,
    derive: { yearsBetween: [{ fact: 'member.dateOfBirth' }, { fact: 'context.asOf' }] },
  }),
  testFact('member.isMinor', 'boolean', {
    derive: { when: [choice(minor, true)], else: { unknown: 'boolean' } },
  }),
  testFact('member.fromHere', 'boolean', {
    derive: { within: [{ fact: 'member.hukou' }, { fact: 'context.jurisdiction' }] },
  }),
  testFact('member.points', 'decimal', {
    unit: 'points',
    min: -1000,
    max: 1000,
    derive: {
      add: [
        { cap: { multiply: [{ fact: 'member.grade' }, 2.5] }, at: 8 },
        {
          table: { fact: 'member.age' },
          bands: [band(null, 0), band(18, 12.5), band(60, 4)],
        },
        {
          highest: [
            choice({ fact: 'member.insured' }, 10),
            choice(holds('member.needs', 'contains', 'sight'), 20),
          ],
        },
        { max: [{ fact: 'member.score' }, -10] },
        { round: { divide: [{ fact: 'member.score' }, 3] }, to: 0.5, mode: 'half-up' },
      ],
    },
  }),
]

/** One dictionary of every type, operator and derivation. */
export const DICTIONARY = testDictionary([...BASE_FACTS, ...DERIVED_FACTS])
