import { test } from 'tap'
import type { Fact, FactType } from '../../src/model/fact.js'
import { checkFacts } from '../../src/rulebook/check-facts.js'
import type { Parts } from '../../src/rulebook/parts.js'
import { testFact } from '../support/test-dictionary.js'

/** What is wrong with a fact of a type. */
function wrongIn(type: FactType, said: Partial<Fact>): readonly string[] {
  const place = { value: testFact('household.thing', type, said), from: { file: 'f' }, pointer: '' }
  const parts = { facts: [place] } as unknown as Parts
  return checkFacts(parts).map(({ pointer, reason }) => `${pointer}: ${reason}`)
}

const unbounded = (type: FactType, ...ends: readonly string[]) =>
  ends.map((end) => `/${end}: a fact of type ${type} states its least and greatest value`)

test('a number or a day states its least and its greatest value, in its own form', async (t) => {
  for (const type of ['integer', 'decimal', 'date'] as const)
    t.strictSame(wrongIn(type, {}), unbounded(type, 'min', 'max'))
  t.strictSame(wrongIn('boolean', {}), [])
  t.strictSame(wrongIn('integer', { min: '2020-01-01', max: 5 }), unbounded('integer', 'min'))
  t.strictSame(wrongIn('date', { min: 0, max: '2020-01-01' }), unbounded('date', 'min'))
  t.strictSame(wrongIn('date', { min: '2020-01-01', max: '2020-02-30' }), unbounded('date', 'max'))
})

test('the greatest value is not below the least', async (t) => {
  const below = ['/max: max lies below min']
  t.strictSame(wrongIn('decimal', { min: 0.002, max: 0.001 }), below)
  t.strictSame(wrongIn('decimal', { min: 0.001, max: 0.001 }), [])
  t.strictSame(wrongIn('date', { min: '2020-01-02', max: '2020-01-01' }), below)
})

test('codes are a closed list, or have a pattern that is one', async (t) => {
  for (const type of ['code', 'code-set'] as const) {
    t.strictSame(wrongIn(type, {}), ['/values: codes are a closed list, or have a pattern'])
    t.strictSame(wrongIn(type, { pattern: '^[a-z' }), ['/pattern: is no regular expression'])
    t.strictSame(wrongIn(type, { pattern: '^\\d{6}$' }), [])
    t.strictSame(wrongIn(type, { values: {} }), [])
  }
  const loose = wrongIn('code', { pattern: '\\_' })
  t.strictSame(loose, ['/pattern: is no regular expression'], 'read as strictly as requests are')
})

test('a derived fact, and only it, has the source derived', async (t) => {
  const wrong = ['/source: a fact with a derivation, and only it, has the source "derived"']
  t.strictSame(wrongIn('boolean', { source: 'derived' }), wrong)
  t.strictSame(wrongIn('boolean', { derive: true, source: 'citizen' }), wrong)
  t.strictSame(wrongIn('boolean', { derive: true, source: 'derived' }), [])
})
