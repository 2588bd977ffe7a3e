import { test } from 'tap'
import { parseCondition } from '../../src/engine/parse-condition.js'
import { idleConditions } from '../../src/rulebook/lints/idle-conditions.js'
import type { LoadedVersion } from '../../src/rulebook/rulebook.js'
import {
  BASE_FACTS,
  DERIVED_FACTS,
  testDictionary,
  testTyping,
} from '../support/test-dictionary.js'

const dictionary = testDictionary([...BASE_FACTS, ...DERIVED_FACTS])
const size = (operator: string, value: number) => ({ fact: 'household.size', operator, value })
const someone = size('greaterThanInclusive', 1)

const findings = (json: unknown) => {
  const typing = testTyping(dictionary, false)
  const rule = { id: 'town/living@2020-01-01', conditions: parseCondition(json, '', typing, false) }
  return idleConditions({ rule } as unknown as LoadedVersion).map(({ id }) => id)
}

test('everybody is named by one comparison of the member count, and by nothing else', async (t) => {
  const always = ['always-holds town/living@2020-01-01']
  t.strictSame(findings(someone), [])
  t.strictSame(findings({ all: [someone] }), [])
  t.strictSame(findings({ any: [{ all: [someone] }] }), [])
  t.strictSame(findings({ not: size('lessThan', 1) }), always)
  t.strictSame(findings({ all: [someone, size('lessThanInclusive', 50)] }), always)
  const rooms = { fact: 'household.rooms', operator: 'greaterThanInclusive', value: 0 }
  t.strictSame(findings(rooms), always)
  t.strictSame(findings({ all: [{ any: [someone, rooms] }] }), always)
})
