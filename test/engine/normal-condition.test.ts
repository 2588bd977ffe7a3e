import fc from 'fast-check'
import t from 'tap'
import { NO, YES } from '../../src/engine/bounds.js'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import { NO_MEMBER } from '../../src/engine/fact-values.js'
import {
  allOf,
  deny,
  implies,
  isImpossible,
  normalCondition,
} from '../../src/engine/normal-condition.js'
import { conditionReading } from '../../src/engine/read-condition.js'
import type { Condition } from '../../src/model/condition.js'
import { DROPPED } from '../../src/rulebook/edit.js'
import { conditionEdits } from '../../src/rulebook/mutate-condition.js'
import { missingAsDefined } from '../support/completions.js'
import {
  conditionOver,
  factsOf,
  households,
  type RandomHousehold,
  typed,
} from '../support/random-rulebook.js'
import { DICTIONARY } from '../support/test-dictionary.js'

const leaf = (name: string, operator: string, value: unknown): Condition =>
  ({ fact: `household.${name}`, operator, value }) as Condition
const normal = (json: Condition, denied = false) => normalCondition(typed(json), denied)
const key = (json: Condition) => normal(json).key

t.test('conditions that read the same have one key, in whatever order they stand', async (t) => {
  const [poor, rooms] = [leaf('poor', 'equal', true), leaf('rooms', 'lessThan', 3)]
  const same = (a: Condition, b: Condition) => t.equal(key(a), key(b), JSON.stringify([a, b]))
  same({ all: [poor, rooms] }, { all: [rooms, { all: [poor] }, rooms] })
  same(rooms, leaf('rooms', 'lessThanInclusive', 2))
  same(rooms, { not: leaf('rooms', 'greaterThan', 2) })
  same(poor, leaf('poor', 'notEqual', false))
  same({ not: { any: [poor, rooms] } }, { all: [{ not: poor }, { not: rooms }] })
  same(leaf('settlement', 'equal', 'urban'), leaf('settlement', 'notIn', ['rural']))
  same(leaf('hukou', 'in', ['120000', '110000']), leaf('hukou', 'in', ['110000', '120000']))
  t.not(key(leaf('hukou', 'equal', '110000')), key(leaf('hukou', 'notEqual', '110000')))
  t.not(
    key(leaf('incomePerHead', 'lessThan', 3)),
    key(leaf('incomePerHead', 'lessThanInclusive', 2.99)),
  )
  t.equal(
    key(leaf('income', 'lessThan', 3)),
    key(leaf('income', 'lessThanInclusive', 2.99)),
    'money is held in fen, per head it can lie between',
  )
})

t.test('what always or never holds within the bounds of its fact is nothing', async (t) => {
  t.equal(key(leaf('rooms', 'greaterThanInclusive', 0)), 'always')
  t.equal(key(leaf('rooms', 'greaterThan', 100)), 'never')
  t.equal(key(leaf('size', 'greaterThanInclusive', 1)), 'always')
  t.equal(key({ all: [leaf('rooms', 'lessThan', 0), leaf('poor', 'equal', true)] }), 'never')
  t.equal(
    key({ any: [leaf('rooms', 'lessThanInclusive', 100), leaf('poor', 'equal', true)] }),
    'always',
  )
  t.equal(normal(leaf('rooms', 'equal', 3), true).key, key(leaf('rooms', 'notEqual', 3)))
  t.equal(deny(normal(leaf('rooms', 'lessThan', 0))).key, 'always')
})

t.test('contradictory comparisons of one fact are impossible, however deep', async (t) => {
  const impossible = (...all: Condition[]) => isImpossible(normal({ all }))
  const [few, many] = [leaf('rooms', 'lessThan', 3), leaf('rooms', 'greaterThan', 5)]
  t.equal(impossible(few, many), true)
  t.equal(impossible(few, leaf('rooms', 'greaterThan', 1)), false)
  t.equal(impossible({ any: [few, many] }, leaf('rooms', 'equal', 4)), true)
  t.equal(
    impossible(
      { any: [few, many] },
      { any: [leaf('poor', 'equal', true), leaf('rooms', 'equal', 4)] },
    ),
    false,
  )
  t.equal(impossible(leaf('hukou', 'equal', '110000'), leaf('hukou', 'notEqual', '110000')), true)
  t.equal(
    impossible(leaf('hukou', 'notEqual', '110000'), leaf('hukou', 'notEqual', '120000')),
    false,
  )
  t.equal(impossible(leaf('hukou', 'notEqual', '110000'), leaf('hukou', 'equal', '120000')), false)
  t.equal(
    impossible(leaf('letters', 'contains', 'a'), leaf('letters', 'doesNotContain', 'a')),
    true,
  )
  t.equal(
    impossible(leaf('letters', 'contains', 'a'), leaf('letters', 'doesNotContain', 'b')),
    false,
  )
  t.equal(
    impossible(leaf('incomePerHead', 'greaterThan', 2), leaf('incomePerHead', 'lessThan', 2.01)),
    false,
  )
  t.equal(impossible(leaf('income', 'greaterThan', 2), leaf('income', 'lessThan', 2.01)), true)
  t.equal(implies(normal(leaf('rooms', 'lessThan', 3)), normal(leaf('rooms', 'lessThan', 4))), true)
  t.equal(
    implies(normal(leaf('rooms', 'lessThan', 4)), normal(leaf('rooms', 'lessThan', 3))),
    false,
  )
})

t.test('a search that takes too long finds nothing wrong', async (t) => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const pairs = letters.map((letter, index): Condition => {
    const next = letters[(index + 1) % letters.length]
    return { any: [leaf('letters', 'contains', letter), leaf('letters', 'contains', next)] }
  })
  const none = [
    leaf('rooms', 'lessThan', 3),
    { any: [leaf('rooms', 'equal', 5), leaf('rooms', 'equal', 7)] },
  ]
  t.equal(isImpossible(normal({ all: [...pairs.slice(0, 5), ...none] })), true)
  t.equal(isImpossible(normal({ all: [...pairs, ...none] })), false)
})

const readable = [...DICTIONARY.values()].filter(({ entity }) => entity === 'household')
const conditions = conditionOver(readable)

function reading(node: ConditionNode, given: RandomHousehold) {
  return conditionReading(node, factsOf(given), NO_MEMBER)
}

/** A condition with one of its edits. */
function edited(json: Condition, choose: number): Condition | undefined {
  const edits = conditionEdits(json, '', DICTIONARY)
  const edit = edits[choose % edits.length]
  if (edit === undefined || edit.value === DROPPED) return undefined
  const put = (at: unknown, path: readonly string[]): unknown => {
    const [first, ...rest] = path
    if (first === undefined) return edit.value
    if (Array.isArray(at))
      return at.map((inner, place) => (place === Number(first) ? put(inner, rest) : inner))
    const object = at as Record<string, unknown>
    return { ...object, [first]: put(object[first], rest) }
  }
  return put(json, edit.pointer.split('/').slice(1)) as Condition
}

t.test('conditions with one key read every household the same and ask for the same', async (t) => {
  let equal = 0
  const property = fc.property(
    conditions,
    fc.nat(10_000),
    fc.array(households, { minLength: 5, maxLength: 5 }),
    (json, choose, list) => {
      const other = edited(json, choose)
      if (other === undefined) return true
      const [a, b] = [json, other].map((one) => {
        try {
          return typed(one)
        } catch {
          return undefined
        }
      })
      if (a === undefined || b === undefined) return true
      const [one, two] = [normalCondition(a), normalCondition(b)]
      if (
        implies(one, two) &&
        list.some((given) => reading(a, given) === YES && reading(b, given) === NO)
      )
        return false
      if (one.key !== two.key) return true
      equal += 1
      return list.every((given) => {
        const facts = factsOf(given)
        const [before, after] = [a, b].map((node) => missingAsDefined(node, facts, NO_MEMBER))
        return (
          reading(a, given) === reading(b, given) &&
          [...(before?.most ?? [])].sort().join() === [...(after?.most ?? [])].sort().join()
        )
      })
    },
  )
  fc.assert(property, { seed: 20_200_306, numRuns: 1500 })
  t.ok(equal > 20, `${equal} mutants had the key of their condition`)
})

t.test('what is impossible reads YES for no household', async (t) => {
  let impossible = 0
  const property = fc.property(conditions, conditions, households, (a, b, given) => {
    const nodes = [typed(a), typed(b)]
    const both = allOf(nodes.map((node) => normalCondition(node)))
    if (!isImpossible(both)) return true
    impossible += 1
    return nodes.some((node) => reading(node, given) !== YES)
  })
  fc.assert(property, { seed: 20_200_306, numRuns: 1500 })
  t.ok(impossible > 5, `${impossible} pairs were impossible`)
})
