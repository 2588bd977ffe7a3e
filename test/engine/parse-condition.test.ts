import { test } from 'tap'
import { leavesOf } from '../../src/engine/condition-node.js'
import { parseCondition } from '../../src/engine/parse-condition.js'
import { OPERATORS } from '../../src/model/condition.js'
import { DICTIONARY, testDictionary, testFact } from '../support/test-dictionary.js'

const NAMED = testDictionary([
  testFact('household.note', 'string'),
  testFact('household.house', 'code', { clauses: ['own'] }),
])
const PARAMETERS = {
  line: { value: 1060, unit: 'CNY/month', clause: 'c' },
  rooms: { value: 1.5, unit: 'rooms', clause: 'c' },
  bare: { value: 3, unit: null, clause: 'c' },
}

function parse(json: unknown, { cited = false, member = false } = {}) {
  const defects: string[] = []
  const typing = {
    fact: (id: string) => DICTIONARY.get(id) ?? NAMED.get(id),
    facts: () => DICTIONARY.keys(),
    parameters: PARAMETERS,
    member,
    report: (pointer: string, reason: string) => defects.push(`${pointer}: ${reason}`),
  }
  return { node: parseCondition(json, '', typing, cited), defects }
}

const poor = { fact: 'household.poor', operator: 'equal', value: true }
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value })

test('a condition keeps its form, its pointers and the citations above it', async (t) => {
  const { node, defects } = parse({
    all: [
      { ...poor, clause: 'a', alsoClauses: ['b'] },
      { not: { any: [{ ...poor, clause: 'c' }, leaf('household.house', 'equal', 'x')] } },
    ],
    clause: 'a',
    interpretation: 'i',
    alsoInterpretations: ['j', 'i'],
  })
  t.strictSame(defects, [])
  t.match(node, {
    kind: 'all',
    children: [{ kind: 'leaf' }, { kind: 'not', child: { kind: 'any' } }],
  })
  const leaves = node === undefined ? [] : leavesOf(node)
  t.strictSame(
    leaves.map(({ pointer, clauses, interpretations }) => [pointer, clauses, interpretations]),
    [
      ['/all/0', ['a', 'b'], ['i', 'j']],
      ['/all/1/not/any/0', ['a', 'c'], ['i', 'j']],
      ['/all/1/not/any/1', ['a', 'own'], ['i', 'j']],
    ],
    'a fact brings the clauses of its definition',
  )
})

test('a figure is held in the steps of its fact; a parameter gives its own', async (t) => {
  const steps = (fact: string, value: unknown) => {
    const { node } = parse(leaf(fact, 'lessThan', value))
    return node?.kind === 'leaf' ? [node.required, node.steps, node.parameter] : undefined
  }
  t.strictSame(steps('household.income', 1060.07), [1060.07, 106_007, null], 'fen')
  t.strictSame(steps('household.floorArea', 0.007), [0.007, 7, null], 'thousandths')
  t.strictSame(steps('household.rooms', 3), [3, 3, null])
  t.strictSame(steps('household.movedIn', '1970-01-02'), ['1970-01-02', 1, null], 'days')
  t.strictSame(steps('household.income', { fact: 'parameter.line' }), [1060, 106_000, 'line'])
})

test('in a rule, every leaf is cited, by itself or from above', async (t) => {
  const uncited = 'a condition names its clause or its interpretation'
  t.strictSame(parse({ all: [poor] }, { cited: true }).defects, [`/all/0: ${uncited}`])
  t.strictSame(parse({ all: [poor], clause: 'c' }, { cited: true }).defects, [])
  t.strictSame(parse({ ...poor, interpretation: 'i' }, { cited: true }).defects, [])
  t.strictSame(parse({ ...poor, clause: 7 }, { cited: true }).defects, [
    '/clause: clause and alsoClauses hold ids',
  ])
})

test('every defect is named where it stands', async (t) => {
  const refused: readonly (readonly [unknown, ...string[]])[] = [
    ['x', ': a condition is an object'],
    [{ ...poor, all: [] }, ': a node has exactly one of all, any, not, fact; here: all, fact'],
    [{ all: {} }, '/all: all holds a list'],
    [{ any: [] }, '/any: any must list at least one condition'],
    [{ ...poor, path: '$.x' }, '/path: unsupported key "path"'],
    [{ not: { ...poor, 'a/b~': 1 } }, '/not/a~1b~0: unsupported key "a/b~"'],
    [{ ...poor, fact: 1 }, '/fact: fact is a fact id'],
    [
      { ...poor, fact: 'household.none' },
      '/fact: unknown fact "household.none"; the nearest is household.income',
    ],
    [
      { ...poor, operator: 'matches' },
      `/operator: unknown operator "matches"; it is one of ${OPERATORS.join(', ')}`,
    ],
    [
      { ...poor, operator: undefined, operatr: 'equal' },
      '/operatr: unsupported key "operatr"',
      `/operator: is missing; it is one of ${OPERATORS.join(', ')}`,
    ],
    [
      leaf('parameter.line', 'equal', 3),
      '/fact: "parameter.line" is no fact; a computation reads it as { "parameter": "line" }',
    ],
    [leaf('incom', 'equal', 1), '/fact: unknown fact "incom"; the nearest is household.income'],
    [{ ...poor, operator: 'lessThan' }, '/operator: lessThan does not compare a boolean'],
    [leaf('household.note', 'equal', 'x'), '/operator: equal does not compare a string'],
    [leaf('household.poor', 'equal', 'true'), '/value: household.poor is true or false'],
    [leaf('household.rooms', 'equal', '3'), '/value: household.rooms is a number'],
    [leaf('household.rooms', 'equal', Infinity), '/value: household.rooms is a number'],
    [leaf('household.rooms', 'equal', 1.5), '/value: household.rooms has steps of 1/1'],
    [leaf('household.income', 'equal', 0.001), '/value: household.income has steps of 1/100'],
    [leaf('household.rooms', 'equal', 101), '/value: household.rooms lies between 0 and 100'],
    [leaf('household.rooms', 'equal', -1), '/value: household.rooms lies between 0 and 100'],
    [
      leaf('household.movedIn', 'equal', '2020-02-30'),
      '/value: household.movedIn is a date YYYY-MM-DD',
    ],
    [leaf('household.movedIn', 'equal', 1), '/value: household.movedIn is a date YYYY-MM-DD'],
    [
      leaf('household.band', 'in', 'low'),
      '/value: household.band is compared with a list of codes',
    ],
    [leaf('household.band', 'in', []), '/value: an empty list of codes'],
    [
      leaf('household.band', 'equal', 1),
      '/value: household.band is compared with codes, written as text',
    ],
    [leaf('household.band', 'equal', 'high'), '/value: household.band has no code "high"'],
    [leaf('household.band', 'equal', '9'), '/value: "9" means that household.band is not known'],
    [leaf('household.hukou', 'equal', '4419'), '/value: "4419" is no code of household.hukou'],
    [
      leaf('household.rooms', 'equal', { fact: 'x' }),
      '/value: a value is a literal or {"fact": "parameter.<name>"}',
    ],
    [
      leaf('household.rooms', 'equal', { fact: 1 }),
      '/value: a value is a literal or {"fact": "parameter.<name>"}',
    ],
    [
      leaf('household.rooms', 'equal', { fact: 'parameter.none' }),
      '/value: unknown parameter "none"',
    ],
    [
      leaf('household.rooms', 'equal', { fact: 'parameter.line' }),
      '/value: parameter "line" is in CNY/month, household.rooms in rooms',
    ],
    [
      leaf('household.rooms', 'equal', { fact: 'parameter.rooms' }),
      '/value: household.rooms has steps of 1/1',
    ],
    [
      leaf('household.hukou', 'equal', { fact: 'parameter.rooms' }),
      '/value: parameter "rooms" is in rooms, household.hukou in no unit',
    ],
    [
      leaf('household.rooms', 'equal', { fact: 'parameter.bare' }),
      '/value: parameter "bare" is in no unit, household.rooms in rooms',
    ],
  ]
  for (const [json, ...defects] of refused) {
    t.strictSame(parse(json).defects, defects, JSON.stringify(json))
  }
})

test('all defects of a condition are named at once', async (t) => {
  const { node, defects } = parse({ all: [{ not: [] }, { ...poor, value: 1 }, poor] })
  t.equal(node, undefined)
  t.strictSame(defects, [
    '/all/0/not: a condition is an object',
    '/all/1/value: household.poor is true or false',
  ])
})

test('conditions nest eight deep, not nine', async (t) => {
  const nested = (depth: number): unknown => (depth === 0 ? poor : { not: nested(depth - 1) })
  t.strictSame(parse(nested(8)).defects, [])
  t.strictSame(parse(nested(9)).defects, [`${'/not'.repeat(9)}: conditions nest deeper than 8`])
})

test('a household rule reads no member fact', async (t) => {
  const works = leaf('member.works', 'equal', true)
  t.match(parse(works).defects, [
    /^\/fact: a household rule may read the member fact "member.works"/,
  ])
  t.strictSame(parse(works, { member: true }).defects, [])
  t.match(parse(leaf('work', 'equal', true)).defects, [/the nearest is household\./])
  t.match(parse(leaf('work', 'equal', true), { member: true }).defects, [/is member\.works$/])
})
