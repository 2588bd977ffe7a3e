import { test } from 'tap'
import { type Bounds, booleanBounds, NO, numberBounds, OPEN, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import type { ConditionNode, LeafNode } from '../../src/engine/condition-node.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { type HouseholdFacts, NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { readWithJsonRulesEngine } from '../../src/engine/json-rules-engine.js'
import { loadBounds, loadFacts } from '../../src/engine/load-facts.js'
import type { PlacedNode } from '../../src/engine/program.js'
import { quotient, whole } from '../../src/engine/ratio.js'
import { leafReading } from '../../src/engine/read-condition.js'
import { makeSlots } from '../../src/engine/slots.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Condition } from '../../src/model/condition.js'
import { JURISDICTION, typed } from '../support/random-rulebook.js'

const FACTS = householdFacts({ members: [{ id: 'a' }] }, dayOf('2020-06-01'), JURISDICTION)

function leaf(fact: string, operator: string, value: unknown): LeafNode {
  return typed({ fact, operator, value } as Condition, 'member') as LeafNode
}

/** One leaf over given bounds, as each of the three engines reads it. */
async function readings(node: LeafNode, bounds: Bounds): Promise<readonly number[]> {
  const program = compileProgram([node])
  const [slot] = makeSlots(new Map([[node.fact, [node.codes]]]))
  if (slot !== undefined) loadBounds(program, slot, bounds)
  evaluate(program)
  const facts: HouseholdFacts = { ...FACTS, boundsOf: () => bounds }
  const [engine] = await readWithJsonRulesEngine([node], facts, NO_MEMBER)
  const second = engine?.certainly ? YES : engine?.possibly ? OPEN : NO
  return [program.bytes[program.roots[0]?.byte ?? -1] as number, leafReading(node, bounds), second]
}

const between = (lo: number, hi = lo) => numberBounds(whole(lo), whole(hi))
const rooms = (operator: string) => leaf('household.rooms', operator, 5)
const code = (...codes: string[]): Bounds => ({ kind: 'code', codes })
const set = (certain: string[], possible: string[] | null): Bounds => ({
  kind: 'set',
  certain,
  possible,
})

/** The table of the design, line by line: what the fact can be, and how the leaf reads. */
const TABLE: readonly (readonly [string, LeafNode, readonly (readonly [Bounds, number])[]])[] = [
  [
    'u < c | l < d',
    rooms('lessThan'),
    [
      [between(1, 4), YES],
      [between(1, 5), OPEN],
      [between(4, 9), OPEN],
      [between(5, 9), NO],
    ],
  ],
  [
    'u <= c | l <= d',
    rooms('lessThanInclusive'),
    [
      [between(1, 5), YES],
      [between(5, 9), OPEN],
      [between(6, 9), NO],
    ],
  ],
  [
    'l > d | u > c',
    rooms('greaterThan'),
    [
      [between(6, 9), YES],
      [between(5, 9), OPEN],
      [between(1, 5), NO],
    ],
  ],
  [
    'l >= d | u >= c',
    rooms('greaterThanInclusive'),
    [
      [between(5, 9), YES],
      [between(4, 9), OPEN],
      [between(1, 4), NO],
    ],
  ],
  [
    'l = u = c | ranges meet',
    rooms('equal'),
    [
      [between(5), YES],
      [between(5, 6), OPEN],
      [between(1, 9), OPEN],
      [between(1, 4), NO],
      [between(6), NO],
    ],
  ],
  [
    'not equal',
    rooms('notEqual'),
    [
      [between(5), NO],
      [between(5, 6), OPEN],
      [between(6), YES],
    ],
  ],
  [
    'a ratio below',
    leaf('household.incomePerHead', 'lessThan', 10),
    [
      [numberBounds(quotient(2999, 3)), YES],
      [numberBounds(quotient(3000, 3)), NO],
      [numberBounds(quotient(2999, 3), quotient(3001, 3)), OPEN],
    ],
  ],
  [
    'a ratio equal',
    leaf('household.areaPerHead', 'equal', 0.5),
    [
      [numberBounds(quotient(1, 2)), YES],
      [numberBounds(quotient(1, 3), quotient(2, 3)), OPEN],
      [numberBounds(quotient(1, 3)), NO],
    ],
  ],
  [
    'a boolean',
    leaf('household.poor', 'equal', true),
    [
      [booleanBounds(true), YES],
      [booleanBounds(null), OPEN],
      [booleanBounds(false), NO],
    ],
  ],
  [
    'not a boolean',
    leaf('household.poor', 'notEqual', true),
    [
      [booleanBounds(true), NO],
      [booleanBounds(null), OPEN],
      [booleanBounds(false), YES],
    ],
  ],
  [
    'D within S | D meets S',
    leaf('household.band', 'in', ['low', 'lower']),
    [
      [code('low'), YES],
      [code('low', 'lower'), YES],
      [code('low', 'middle'), OPEN],
      [code('middle'), NO],
    ],
  ],
  [
    'equal is in one',
    leaf('household.band', 'equal', 'low'),
    [
      [code('low'), YES],
      [code('low', 'lower'), OPEN],
      [code('lower', 'middle'), NO],
    ],
  ],
  [
    'not equal to one',
    leaf('household.band', 'notEqual', 'low'),
    [
      [code('low'), NO],
      [code('low', 'lower'), OPEN],
      [code('lower', 'middle'), YES],
    ],
  ],
  [
    'not in',
    leaf('household.band', 'notIn', ['low', 'lower']),
    [
      [code('low'), NO],
      [code('low', 'middle'), OPEN],
      [code('middle'), YES],
    ],
  ],
  [
    'all codes of a closed list',
    leaf('household.settlement', 'in', ['urban', 'rural']),
    [[code('urban', 'rural'), YES]],
  ],
  [
    'an open list is never exhausted',
    leaf('household.hukou', 'notIn', ['441900', '440100']),
    [
      [{ kind: 'code', codes: null }, OPEN],
      [code('110000'), YES],
    ],
  ],
  [
    'contains',
    leaf('household.support', 'contains', 'rent'),
    [
      [set(['rent'], ['rent', 'care']), YES],
      [set([], ['rent', 'care']), OPEN],
      [set(['care'], ['care']), NO],
    ],
  ],
  [
    'does not contain',
    leaf('household.support', 'doesNotContain', 'rent'),
    [
      [set(['rent'], ['rent']), NO],
      [set(['care'], null), OPEN],
      [set([], []), YES],
    ],
  ],
]

for (const [line, node, rows] of TABLE) {
  test(`a leaf is read certainly and possibly: ${line}`, async (t) => {
    for (const [bounds, expected] of rows) {
      const found = await readings(node, bounds)
      t.strictSame(found, [expected, expected, expected], JSON.stringify(bounds))
    }
  })
}

/** The bytes of conditions about a household that states this. */
function bytesOf(conditions: readonly ConditionNode[], stated: Record<string, unknown>) {
  const program = compileProgram(conditions)
  loadFacts(program, householdFacts({ ...stated, members: [] }, 0, JURISDICTION))
  evaluate(program)
  const byte = ({ byte }: PlacedNode) => program.bytes[byte] as number
  return { program, roots: program.roots.map(byte) }
}

test('all, any and not are the strong three-valued logic', async (t) => {
  const a: Condition = { fact: 'household.poor', operator: 'equal', value: true }
  const b: Condition = { fact: 'household.proper', operator: 'equal', value: true }
  const conditions = [{ all: [a, b] }, { any: [a, b] }, { not: a }, { all: [a] }].map((json) =>
    typed(json),
  )
  const read = (poor: boolean | null, proper: boolean | null) =>
    bytesOf(conditions, { poor, proper }).roots
  t.strictSame(read(true, true), [YES, YES, NO, YES])
  t.strictSame(read(true, false), [NO, YES, NO, YES])
  t.strictSame(read(true, null), [OPEN, YES, NO, YES])
  t.strictSame(read(null, true), [OPEN, YES, OPEN, OPEN])
  t.strictSame(read(null, null), [OPEN, OPEN, OPEN, OPEN])
  t.strictSame(read(null, false), [NO, OPEN, OPEN, OPEN])
  t.strictSame(read(false, false), [NO, NO, YES, NO])
})

test('nodes of any number of children read alike', async (t) => {
  const rooms = (value: number): Condition => ({
    fact: 'household.rooms',
    operator: 'greaterThan',
    value,
  })
  for (const count of [1, 2, 3, 4, 5, 6, 9]) {
    const children = Array.from({ length: count }, (_, index) => rooms(index + 1))
    const conditions = [typed({ all: children }), typed({ any: children })]
    const read = (stated: number | null) => bytesOf(conditions, { rooms: stated }).roots
    t.strictSame(read(count + 1), [YES, YES])
    t.strictSame(read(count), [NO, count === 1 ? NO : YES])
    t.strictSame(read(1), [NO, NO])
    t.strictSame(read(null), [OPEN, OPEN])
  }
})

test('comparisons that read the same are read once', async (t) => {
  const below: Condition = { fact: 'household.rooms', operator: 'lessThan', value: 3 }
  const upTo: Condition = { fact: 'household.rooms', operator: 'lessThanInclusive', value: 2 }
  const conditions = [below, below, upTo, { not: below } as Condition].map((json) => typed(json))
  const { program } = bytesOf(conditions, {})
  const bytes = program.roots.map((root) => (root.children[0] ?? root).byte)
  t.equal(new Set(bytes).size, 1)
})

test('two facts of one id are two facts: points of two rule versions', async (t) => {
  const points = typed({ fact: 'household.rooms', operator: 'equal', value: 3 }) as LeafNode
  const other: LeafNode = { ...points, fact: { ...points.fact, name: 'floors' } }
  t.strictSame(bytesOf([points, other], { rooms: 3, floors: 2 }).roots, [YES, NO])
})

test('nodes of one height, kind and number of children stand in one run', async (t) => {
  const rooms = (value: number): Condition => ({
    fact: 'household.rooms',
    operator: 'lessThan',
    value,
  })
  const [one, two, three] = [rooms(1), rooms(2), rooms(3)] as const
  const conditions: Condition[] = [
    { all: [one, two] },
    { any: [one, two] },
    { all: [one, two, three] },
    { all: [{ any: [two, three] }, three] },
    { all: [two, three] },
    { not: one },
    { any: [{ all: [one, two, three] }, one] },
    { not: two },
  ]
  const { program, roots } = bytesOf(
    conditions.map((condition) => typed(condition)),
    { rooms: 1 },
  )
  t.strictSame(roots, [NO, YES, NO, YES, YES, YES, NO, NO])
  const { kind, arity, end, first } = program.nodes
  const runs = [...kind].map((each, run) => `${each} of ${arity[run]}`)
  t.equal(runs.length, 6, 'four below, and two above them')
  t.equal(new Set(runs.slice(0, 4)).size, 4)
  t.strictSame(
    [...end].map((stop, run) => stop - (end[run - 1] ?? first)).sort(),
    [1, 1, 2, 2, 2, 2],
  )
})

test('leaves stand in words, and working memory holds the bytes of leaves and nodes', async (t) => {
  const { program } = bytesOf(
    [typed({ fact: 'household.rooms', operator: 'lessThan', value: 1 })],
    {},
  )
  t.strictSame([...program.leaves.first].slice(-1), [4])
  t.equal(program.bytes.length, 4)
  t.equal(program.words.length, 1)
})

test('a number has a cell from each figure where a comparison turns', async (t) => {
  const { program } = bytesOf(
    [
      typed({ fact: 'household.rooms', operator: 'lessThanInclusive', value: 5 }),
      typed({
        fact: 'household.rooms',
        operator: 'greaterThanInclusive',
        value: 3,
      }),
      typed({ fact: 'household.poor', operator: 'equal', value: true }),
    ],
    {},
  )
  const { cellsOf } = program.slots.household
  t.strictSame([...(cellsOf.get('rooms')?.cuts ?? [])], [3, 6, Infinity, Infinity])
  t.strictSame([...(cellsOf.get('poor')?.cuts ?? [])], [])
  t.equal(program.cellWords.length, 3 + 2, 'three cells of a number, two of a truth value')
})

test('a program tells 30 codes of a fact apart, not 31', async (t) => {
  const codes = Array.from({ length: 31 }, (_, index) => String(440_100 + index))
  const each = codes.map((value) => typed({ fact: 'household.hukou', operator: 'equal', value }))
  const roots = (count: number, hukou?: string) => bytesOf(each.slice(0, count), { hukou }).roots
  t.strictSame(roots(30, codes[29]), [...Array(29).fill(NO), YES])
  t.strictSame(roots(30, codes[30]), Array(30).fill(NO))
  t.throws(() => roots(31), {
    name: 'RangeError',
    message: 'household.hukou: more than 30 codes are told apart',
  })
})

test('codes that stand in the same lists are one', async (t) => {
  const codes = Array.from({ length: 99 }, (_, index) => String(440_100 + index))
  const among = (operator: 'in' | 'notIn', from: number, to: number) =>
    typed({ fact: 'household.hukou', operator, value: codes.slice(from, to) })
  const lists = [among('in', 0, 66), among('in', 33, 99), among('notIn', 50, 99)]
  const rootsAt = (hukou?: string | null) => bytesOf(lists, { hukou }).roots
  t.strictSame(rootsAt(codes[0]), [YES, NO, YES])
  t.strictSame(rootsAt(codes[32]), [YES, NO, YES])
  t.strictSame(rootsAt(codes[33]), [YES, YES, YES])
  t.strictSame(rootsAt(codes[65]), [YES, YES, NO])
  t.strictSame(rootsAt(codes[98]), [NO, YES, NO])
  t.strictSame(rootsAt('990000'), [NO, NO, YES])
  t.strictSame(rootsAt(null), [OPEN, OPEN, OPEN])
})

test('a program of no conditions is empty', async (t) => {
  const { program, roots } = bytesOf([], { rooms: 3 })
  t.strictSame(roots, [])
  t.equal(program.bytes.length, 0)
})
