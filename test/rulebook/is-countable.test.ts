import { test } from 'tap'
import { factsOf, type Typing } from '../../src/engine/typing.js'
import type { Scorecard } from '../../src/model/rule-version.js'
import { isCountable } from '../../src/rulebook/is-countable.js'
import { BASE_FACTS, testDictionary } from '../support/test-dictionary.js'

const dictionary = testDictionary(BASE_FACTS)
const rooms = { fact: 'household.rooms' }
const good = { id: 'a', clause: 'c', points: rooms }

/** Whether a points table can be counted, and what is wrong with it. */
function count(table: object): readonly [boolean, readonly string[]] {
  const wrong: string[] = []
  const typing: Typing = {
    ...factsOf(dictionary),
    parameters: {},
    member: false,
    report: (pointer: string, reason: string) => wrong.push(`${pointer}: ${reason}`),
  }
  return [isCountable({ items: [good], ...table } as Scorecard, typing), wrong]
}

/** The same of one item beside a good one. */
const item = (change: object) => count({ items: [good, { ...good, id: 'b', ...change }] })
const DIGITS = 'a number has at most 15 digits, 9 of them decimals'
const FORMS = 'an item has either points or perYear'

test('a sound table is counted', async (t) => {
  t.strictSame(count({}), [true, []])
  t.strictSame(item({ group: 'g', cap: 5 }), [true, []])
  t.strictSame(item({ points: undefined, perYear: { points: [rooms, 1], cap: 3 } }), [true, []])
  t.strictSame(count({ items: [{ ...good, group: 'g' }], groupCaps: { g: 5 }, cap: 9 }), [true, []])
  const poor = { fact: 'household.poor', operator: 'equal', value: true }
  t.strictSame(item({ unless: poor }), [true, []])
})

test('one thing wrong is enough, wherever it stands', async (t) => {
  t.strictSame(count({ items: [good, good] }), [false, ['/scorecard/items/1/id: "a" stands twice']])
  t.strictSame(count({ groupCaps: { g: 5 } }), [
    false,
    ['/scorecard/groupCaps/g: no item is in this group'],
  ])
  t.strictSame(count({ items: [{ ...good, group: 'g' }], groupCaps: { g: 1e-10 } }), [
    false,
    [`/scorecard/groupCaps/g: ${DIGITS}`],
  ])
  t.strictSame(count({ cap: 1e-10 }), [false, [`/scorecard/cap: ${DIGITS}`]])
  t.strictSame(item({ cap: 1e-10 }), [false, [`/scorecard/items/1/cap: ${DIGITS}`]])
  const years = (perYear: object) => item({ points: undefined, perYear })
  t.strictSame(years({ points: [1], cap: 1e-10 }), [
    false,
    [`/scorecard/items/1/perYear/cap: ${DIGITS}`],
  ])
  t.strictSame(years({ points: [rooms, true] }), [
    false,
    ['/scorecard/items/1/perYear/points/1: points are a number, not a boolean'],
  ])
  t.strictSame(item({ points: undefined }), [false, [`/scorecard/items/1: ${FORMS}`]])
  t.strictSame(item({ perYear: { points: [1] } }), [false, [`/scorecard/items/1: ${FORMS}`]])
  t.strictSame(item({ points: { fact: 'household.nothing' } }), [
    false,
    [
      '/scorecard/items/1/points/fact: unknown fact "household.nothing"; the nearest is household.movedIn',
    ],
  ])
  const nobody = { fact: 'household.nothing', operator: 'equal', value: true }
  t.strictSame(item({ unless: nobody }), [
    false,
    [
      '/scorecard/items/1/unless/fact: unknown fact "household.nothing"; the nearest is household.movedIn',
    ],
  ])
})
