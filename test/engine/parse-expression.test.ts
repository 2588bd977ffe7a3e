import { test } from 'tap'
import type { Bounds } from '../../src/engine/bounds.js'
import type { ExpressionNode } from '../../src/engine/expression-node.js'
import { factsRead } from '../../src/engine/facts-read.js'
import { parseExpression } from '../../src/engine/parse-expression.js'
import { DICTIONARY, testDictionary, testFact } from '../support/test-dictionary.js'

const NAMED = testDictionary([testFact('household.note', 'string')])
const PARAMETERS = {
  standard: { value: 1060.5, unit: 'CNY/person/month', clause: 'c1' },
  share: { value: 0.6, unit: 'share', clause: 'c2' },
  count: { value: 3, unit: null, clause: 'c3' },
}

function parse(json: unknown, member = false) {
  const defects: string[] = []
  const typing = {
    fact: (id: string) => DICTIONARY.get(id) ?? NAMED.get(id),
    facts: () => DICTIONARY.keys(),
    parameters: PARAMETERS,
    member,
    report: (pointer: string, reason: string) => defects.push(`${pointer}: ${reason}`),
  }
  return { node: parseExpression(json, '', typing) as ExpressionNode, defects }
}

const income = { fact: 'household.income' }
const rooms = { fact: 'household.rooms' }
const poor = { fact: 'household.poor' }
const choice = (condition: unknown, value: unknown) =>
  Object.fromEntries([
    ['if', condition],
    ['then', value],
  ])
const band = (from: unknown, value: unknown) =>
  Object.fromEntries([
    ['from', from],
    ['then', value],
  ])

test('every form has its type', async (t) => {
  const typed: readonly (readonly [unknown, ExpressionNode['kind'], ExpressionNode['type']])[] = [
    [0.6, 'literal', 'number'],
    [true, 'literal', 'boolean'],
    ['441900', 'literal', 'code'],
    [{ yuan: 10.5 }, 'literal', 'money'],
    [{ date: '2020-02-29' }, 'literal', 'date'],
    [income, 'fact', 'money'],
    [{ fact: 'household.floorArea' }, 'fact', 'number'],
    [{ fact: 'household.movedIn' }, 'fact', 'date'],
    [{ fact: 'household.support' }, 'fact', 'set'],
    [{ fact: 'context.asOf' }, 'context', 'date'],
    [{ fact: 'context.jurisdiction' }, 'context', 'code'],
    [{ parameter: 'standard' }, 'parameter', 'money'],
    [{ parameter: 'share' }, 'parameter', 'number'],
    [{ parameter: 'count' }, 'parameter', 'number'],
    [{ add: [income, { yuan: 1 }] }, 'arithmetic', 'money'],
    [{ max: [rooms, 1] }, 'arithmetic', 'number'],
    [{ multiply: [income, 2] }, 'arithmetic', 'money'],
    [{ multiply: [rooms, 2] }, 'arithmetic', 'number'],
    [{ divide: [income, { yuan: 3 }] }, 'arithmetic', 'number'],
    [{ divide: [income, 3] }, 'arithmetic', 'money'],
    [{ cap: rooms, at: 3 }, 'arithmetic', 'number'],
    [{ round: income, to: 0.01, mode: 'half-up' }, 'round', 'money'],
    [
      { yearsBetween: [{ fact: 'household.movedIn' }, { fact: 'context.asOf' }] },
      'elapsed',
      'number',
    ],
    [{ monthsBetween: [{ date: '2020-01-01' }, { fact: 'context.asOf' }] }, 'elapsed', 'number'],
    [{ within: [{ fact: 'household.hukou' }, '440000'] }, 'within', 'boolean'],
    [{ holds: { fact: 'household.rooms', operator: 'lessThan', value: 3 } }, 'holds', 'boolean'],
    [{ not: poor }, 'not', 'boolean'],
    [{ count: { fact: 'member.works' } }, 'aggregate', 'number'],
    [{ sum: { fact: 'member.wage' } }, 'aggregate', 'money'],
    [{ any: { fact: 'member.works' } }, 'aggregate', 'boolean'],
    [{ all: { fact: 'member.works' } }, 'aggregate', 'boolean'],
    [{ when: [choice(poor, 1)], else: 2 }, 'when', 'number'],
    [{ highest: [choice(poor, 1)] }, 'highest', 'number'],
    [{ table: income, bands: [band(null, 'a'), band(1000, 'b')] }, 'table', 'code'],
    [{ unknown: 'boolean' }, 'unknown', 'boolean'],
    [{ unknown: { min: 1, max: 2 } }, 'unknown', 'number'],
  ]
  for (const [json, kind, type] of typed) {
    const { node, defects } = parse(json)
    t.match({ node, defects }, { node: { kind, type }, defects: [] }, JSON.stringify(json))
  }
})

test('literals are held exactly: fen, days, ratios', async (t) => {
  const value = (json: unknown) => (parse(json).node as { value: Bounds }).value
  const number = (n: number, d: number) => ({ kind: 'number', lo: { n, d }, hi: { n, d } })
  t.strictSame(value({ yuan: 10.5 }), number(1050, 1))
  t.strictSame(value(0.6), number(3, 5))
  t.strictSame(value({ date: '1970-01-02' }), number(1, 1))
  t.strictSame(value({ parameter: 'standard' }), number(106_050, 1))
  t.strictSame(value({ parameter: 'share' }), number(3, 5))
})

test('figures beside money are yuan, beside other numbers they are as they stand', async (t) => {
  const number = (n: number, d = 1) => ({ kind: 'number', lo: { n, d }, hi: { n, d } })
  const to = (operand: unknown, step: number) =>
    parse({ round: operand, to: step, mode: 'up' }).node
  t.match(to(income, 0.1), { to: number(10) })
  t.match(to(rooms, 0.5), { to: number(1, 2) })
  const from = (operand: unknown, figure: number) =>
    parse({ table: operand, bands: [band(null, 0), band(figure, 1)] }).node
  t.match(from(income, 1000.5), { bands: [{ from: null }, { from: number(100_050) }] })
  t.match(from(rooms, 2.5), { bands: [{ from: null }, { from: number(5, 2) }] })
})

test('every defect is named where it stands', async (t) => {
  const none = { fact: 'household.none' }
  const unknown = (...places: readonly string[]) =>
    places.map(
      (place) => `${place}/fact: unknown fact "household.none"; the nearest is household.income`,
    )
  const refused: readonly (readonly [unknown, ...string[]])[] = [
    [null, ': an expression is a literal or an object'],
    [1e-7, ': a number has at most 15 digits, 9 of them decimals'],
    [0.1234567891, ': a number has at most 15 digits, 9 of them decimals'],
    [1e20, ': a number has at most 15 digits, 9 of them decimals'],
    [Number.NaN, ': a number has at most 15 digits, 9 of them decimals'],
    [{ power: [1, 2] }, ': unknown expression {power}'],
    [{ add: [1], to: 2 }, '/to: unsupported key "to" beside "add"'],
    [
      { yuan: 0.001 },
      '/yuan: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
    [
      { yuan: 10_000_000_000 },
      '/yuan: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
    [
      { yuan: '5' },
      '/yuan: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
    [{ date: '2019-02-29' }, '/date: a date YYYY-MM-DD'],
    [{ date: 1 }, '/date: a date YYYY-MM-DD'],
    [
      { fact: 'household.none' },
      '/fact: unknown fact "household.none"; the nearest is household.income',
    ],
    [{ fact: 'household.note' }, '/fact: household.note is text and is not computed with'],
    [{ parameter: 'none' }, '/parameter: unknown parameter "none"'],
    [{ parameter: 'toString' }, '/parameter: unknown parameter "toString"'],
    [{ add: [] }, '/add: add takes a list, not empty'],
    [{ subtract: [1] }, '/subtract: subtract takes two'],
    [{ add: [1, income] }, ': mixes number and money'],
    [{ add: [poor] }, ': numbers are needed, not a boolean'],
    [{ add: [null, 'x', true] }, '/add/0: an expression is a literal or an object'],
    [{ multiply: [1, poor] }, ': multiply takes numbers, not a boolean'],
    [{ multiply: [income, income] }, ': money is not multiplied by money'],
    [{ divide: [1, income] }, ': a number is not divided by money'],
    [{ round: 1, to: 1, mode: 'nearest' }, '/mode: one of half-up, up, down'],
    [{ round: 1, to: 0, mode: 'up' }, '/to: a step above 0'],
    [{ round: 1, to: 1e-10, mode: 'up' }, '/to: a step above 0'],
    [{ round: poor, to: 1, mode: 'up' }, '/round: a number or money is needed, not a boolean'],
    [{ yearsBetween: [{ date: '2020-01-01' }] }, '/yearsBetween: takes two'],
    [
      { yearsBetween: [1, { date: '2020-01-01' }] },
      '/yearsBetween/0: a date is needed, not a number',
    ],
    [{ within: [poor, '440000'] }, '/within/0: a code is needed, not a boolean'],
    [{ holds: {} }, '/holds: a node has exactly one of all, any, not, fact; here: none'],
    [{ not: 1 }, '/not: a boolean is needed, not a number'],
    [{ sum: { fact: 'member.works' } }, '/sum: a number or money is needed, not a boolean'],
    [{ when: [], else: 1 }, '/when: takes a list of {if, then}, not empty'],
    [{ when: [1], else: 1 }, '/when/0: a choice is {if, then}'],
    [{ when: [choice(1, 1)], else: 1 }, '/when/0/if: a boolean is needed, not a number'],
    [{ when: [choice(true, 1)], else: true }, ': mixes number and boolean'],
    [{ highest: [choice(true, 'a')] }, ': numbers are needed, not a code'],
    [{ highest: 1 }, '/highest: takes a list of {if, then}, not empty'],
    [{ table: 1, bands: [] }, '/bands: takes a list of bands'],
    [{ table: 1, bands: [1] }, '/bands/0: a band is {from: number or null, then}'],
    [{ table: 1, bands: [band('1', 1)] }, '/bands/0: a band is {from: number or null, then}'],
    [{ table: 1, bands: [band(0, 1)] }, '/bands: bands start with null and rise'],
    [{ table: 1, bands: [band(1e-10, 1)] }, '/bands/0: a band is {from: number or null, then}'],
    [{ unknown: { min: 0, max: 1e300 } }, '/unknown: "boolean" or {"min", "max"}'],
    [
      { table: 1, bands: [band(null, 1), band(2, 1), band(2, 1)] },
      '/bands: bands start with null and rise',
    ],
    [{ table: 1, bands: [band(null, 1), band(null, 1)] }, '/bands: bands start with null and rise'],
    [{ table: 1, bands: [band(null, 1), band(1, true)] }, ': mixes number and boolean'],
    [{ unknown: 'code' }, '/unknown: "boolean" or {"min", "max"}'],
    [{ unknown: { min: 2, max: 1 } }, '/unknown: "boolean" or {"min", "max"}'],
    [{ unknown: { min: 2 } }, '/unknown: "boolean" or {"min", "max"}'],
    [{ unknown: { max: 2 } }, '/unknown: "boolean" or {"min", "max"}'],
    [{ unknown: null }, '/unknown: "boolean" or {"min", "max"}'],
    [{ power: 1, root: 2 }, ': unknown expression {power, root}'],
    [{ divide: [1, 2, 3] }, '/divide: divide takes two'],
    [
      { round: income, to: 0.001, mode: 'up' },
      '/to: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
    [
      { table: income, bands: [band(null, 1), band(0.001, 2)] },
      '/bands/1/from: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
    [{ cap: none, at: none }, ...unknown('/cap', '/at')],
    [{ monthsBetween: [none, none] }, ...unknown('/monthsBetween/0', '/monthsBetween/1')],
    [{ yearsBetween: [none, none] }, ...unknown('/yearsBetween/0', '/yearsBetween/1')],
    [{ within: [none, none] }, ...unknown('/within/0', '/within/1')],
    [
      { when: [choice(none, 1), choice(true, none)], else: none },
      ...unknown('/when/0/if', '/when/1/then', '/else'),
    ],
    [{ when: [choice(true, 1)], else: none }, ...unknown('/else')],
    [{ when: [choice(true, 1), choice(true, none)], else: 1 }, ...unknown('/when/1/then')],
    [{ highest: [choice(true, 1), choice(none, 1)] }, ...unknown('/highest/1/if')],
    [{ round: none, to: 1, mode: 'up' }, ...unknown('/round')],
    [{ table: none, bands: [band(null, 1)] }, ...unknown('/table')],
    [{ table: none, bands: [band(null, none)] }, ...unknown('/table', '/bands/0/then')],
    [{ table: 1, bands: [band(null, 1), band(2, none)] }, ...unknown('/bands/1/then')],
    [{ all: none }, ...unknown('/all')],
  ]
  for (const [json, ...defects] of refused) {
    const found = parse(json)
    t.equal(found.node, undefined, JSON.stringify(json))
    t.strictSame(found.defects, defects, JSON.stringify(json))
  }
})

test('member facts are read in a rule of members, or inside an aggregate', async (t) => {
  const works = { fact: 'member.works' }
  t.match(parse(works).defects, [/^\/fact: a household rule may read the member fact/])
  t.strictSame(parse(works, true).defects, [])
  t.strictSame(parse({ any: works }).defects, [])
})

test('expressions do not nest without end', async (t) => {
  let deep: unknown = true
  for (let depth = 0; depth < 100; depth++) deep = { not: deep }
  t.match(parse(deep).defects, [/expressions nest too deep$/])
  const nested = (depth: number) => {
    let json: unknown = true
    for (let level = 0; level < depth; level++) json = { not: json }
    return parse(json).defects.length
  }
  t.strictSame([nested(79), nested(80)], [0, 1])
})

test('the facts that a form names are all found', async (t) => {
  const size = { fact: 'household.size' }
  const decides = { holds: { fact: 'household.rooms', operator: 'equal', value: 1 } }
  const read: readonly (readonly [unknown, string])[] = [
    [{ add: [income, { cap: income, at: { yuan: 1 } }] }, 'income income'],
    [{ not: poor }, 'poor'],
    [{ count: { fact: 'member.works' } }, 'works'],
    [{ round: { divide: [rooms, size] }, to: 1, mode: 'up' }, 'rooms size'],
    [{ yearsBetween: [{ fact: 'household.movedIn' }, { fact: 'context.asOf' }] }, 'movedIn'],
    [{ within: [{ fact: 'household.hukou' }, { fact: 'context.jurisdiction' }] }, 'hukou'],
    [{ when: [choice(decides, size)], else: { fact: 'household.floors' } }, 'rooms size floors'],
    [{ highest: [choice(poor, size), choice(decides, 2)] }, 'poor size rooms'],
    [{ table: size, bands: [band(null, 0), band(2, rooms)] }, 'size rooms'],
  ]
  for (const [json, names] of read) {
    const { node, defects } = parse(json)
    t.strictSame(defects, [])
    t.equal(
      factsRead(node)
        .map((fact) => fact.name)
        .join(' '),
      names,
    )
  }
})
