import { test } from 'tap'
import type { Clause } from '../../src/model/clause.js'
import {
  checkCommencements,
  citationsOf,
  latestCommencement,
} from '../../src/rulebook/citations.js'
import { testDictionary, testFact } from '../support/test-dictionary.js'

const AGE = { min: 0, max: 200, unit: 'age' }
const dictionary = testDictionary([
  testFact('household.years', 'integer', AGE),
  testFact('household.old', 'boolean', {
    clauses: ['law-old'],
    interpretations: ['somebody-says'],
    derive: {
      holds: {
        fact: 'household.years',
        operator: 'greaterThan',
        value: 60,
        clause: 'law-age',
      },
    },
  }),
  testFact('household.aged', 'boolean', {
    clauses: ['law-aged'],
    interpretations: ['definition-already-so'],
    derive: { fact: 'household.old' },
  }),
])

const already = { interpretation: 'definition-already-so' }
const condition = (fact: string, beside: object = {}) => ({
  fact,
  operator: 'equal',
  value: true,
  ...beside,
})

const START: Readonly<Record<string, string | null>> = {
  'law-old': '2019-01-01',
  'law-age': '2018-01-01',
  'law-aged': '2021-01-01',
  notice: '2017-01-01',
  undated: null,
}
const clauses = new Map(
  Object.entries(START).map(([id, commencement]) => [id, { id, commencement } as Clause]),
)

test('a rule rests on the clauses it names and on those of the facts it reads', async (t) => {
  const json = {
    clauses: ['notice'],
    interpretations: ['local-only'],
    conditions: condition('household.old'),
  }
  t.strictSame(citationsOf(json, dictionary), [
    { clause: 'notice', pointer: '/clauses/0', alreadySo: false },
    { clause: 'law-old', pointer: '/conditions/fact', alreadySo: false },
    { clause: 'law-age', pointer: '/conditions/fact', alreadySo: false },
  ])
  t.strictSame(citationsOf({ fact: 'household.nothing' }, dictionary), [])
})

test('what was already so binds to no commencement, where it is said and below', async (t) => {
  const so = (json: object) =>
    citationsOf(json, dictionary).map(({ clause, alreadySo }) => [clause, alreadySo])
  t.strictSame(so(condition('household.old', already)), [
    ['law-old', true],
    ['law-age', true],
  ])
  t.strictSame(so(condition('household.aged')), [
    ['law-aged', true],
    ['law-old', true],
    ['law-age', true],
  ])
})

test('a parameter is exempt with the condition that uses its clause, another place is not', async (t) => {
  const json = {
    clauses: ['notice', 'law-age'],
    parameters: { age: { value: 60, clause: 'law-age' }, line: { value: 1, clause: 'notice' } },
    conditions: { fact: 'parameter.age', clause: 'law-age', ...already },
  }
  t.strictSame(citationsOf(json, dictionary), [
    { clause: 'notice', pointer: '/clauses/0', alreadySo: false },
    { clause: 'law-age', pointer: '/clauses/1', alreadySo: false },
    { clause: 'law-age', pointer: '/parameters/age/clause', alreadySo: true },
    { clause: 'notice', pointer: '/parameters/line/clause', alreadySo: false },
    { clause: 'law-age', pointer: '/conditions/clause', alreadySo: true },
  ])
})

test('the latest commencement of what binds is the first day of the law', async (t) => {
  const latest = (...cited: readonly (readonly [string, boolean?])[]) =>
    latestCommencement(
      cited.map(([clause, alreadySo = false]) => ({ clause, pointer: '', alreadySo })),
      clauses,
    )
  t.equal(latest(['law-old'], ['law-age'], ['undated']), '2019-01-01')
  t.equal(latest(['law-age'], ['law-old'], ['nowhere']), '2019-01-01')
  t.equal(latest(['law-old', true], ['notice']), '2017-01-01')
  t.equal(latest(['undated']), null)
})

test('a version is in force from the day of its law on, not before', async (t) => {
  const wrong = (validFrom: string | null, json: object) => {
    const place = { value: { validFrom }, from: { file: 'f', json }, pointer: '' }
    return checkCommencements({ versions: [place] as never }, dictionary, clauses).map(
      ({ pointer, reason }) => `${pointer}: ${reason}`,
    )
  }
  const cited = { clause: 'law-age' }
  t.strictSame(wrong('2018-01-01', cited), [])
  t.strictSame(wrong('2017-12-31', cited), [
    '/clause: in force on 2017-12-31, before law-age (2018-01-01)',
  ])
  t.strictSame(wrong(null, cited), [])
  t.strictSame(wrong('2017-12-31', { ...cited, ...already }), [])
  t.strictSame(wrong('2017-12-31', { clause: 'undated' }), [])
  t.strictSame(wrong('2017-12-31', { clause: 'nowhere' }), [])
})
