import t from 'tap'
import { changeParameters } from '../../src/rulebook/change-parameters.js'
import { digestOf } from '../../src/rulebook/digest.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { LoadedVersion, Rulebook } from '../../src/rulebook/rulebook.js'
import { basePlaces } from '../support/rulebooks.js'

const rulebook = loadRulebook(basePlaces)

const versionOf = (book: Rulebook, id: string): LoadedVersion => {
  const all = [...book.programmes.values()].flatMap(({ versions }) => versions)
  const found = all.find(({ rule }) => rule.id === id)
  if (found === undefined) throw new Error(id)
  return found
}

const LIVING = 'town/living@2020-01-01'
const ELDERS = 'town/elders@2020-01-01'

type Changes = readonly (readonly [string, string, number])[]

function change(...changes: Changes) {
  return changeParameters(
    rulebook,
    changes.map(([id, parameter, value]) => ({
      version: versionOf(rulebook, id),
      parameter,
      value,
    })),
  )
}

function changed(...changes: Changes): Rulebook {
  const answer = change(...changes)
  if (answer.kind !== 'rulebook') throw new Error(JSON.stringify(answer))
  return answer.rulebook
}

t.test('the versions that change have the new figures, the others stay as they are', async (t) => {
  const book = changed([LIVING, 'standard', 700.5], [ELDERS, 'age', 65], [ELDERS, 'allowance', 200])
  const living = versionOf(book, LIVING)
  t.strictSame(living.rule.version.parameters, {
    standard: { value: 700.5, unit: 'CNY/person/month', clause: 'standard' },
  })
  t.strictSame(living.json, {
    ...(versionOf(rulebook, LIVING).json as object),
    parameters: living.rule.version.parameters,
  })
  t.equal(living.digest, digestOf(living.json))
  t.not(living.digest, versionOf(rulebook, LIVING).digest)
  const elders = versionOf(book, ELDERS).rule.version
  t.match(elders.parameters, {
    age: { value: 65, unit: 'years' },
    allowance: { value: 200, unit: 'CNY/month' },
  })
  t.equal(
    versionOf(book, 'town/elders@2020-01-01.2'),
    versionOf(rulebook, 'town/elders@2020-01-01.2'),
  )
  t.strictSame([...book.programmes.keys()], [...rulebook.programmes.keys()])
  t.equal(book.dictionary, rulebook.dictionary)
  t.match(
    versionOf(rulebook, LIVING).rule.version.parameters.standard,
    { value: 600 },
    'the one given stays',
  )
})

t.test('the digest of the rulebook is that of its figures', async (t) => {
  const raised = changed([LIVING, 'standard', 700])
  t.not(raised.digest, rulebook.digest)
  t.equal(changed([LIVING, 'standard', 700]).digest, raised.digest)
  t.equal(changed([LIVING, 'standard', 600]).digest, rulebook.digest)
  t.equal(changed().digest, rulebook.digest)
})

t.test('figures that no request could state are refused where they stand', async (t) => {
  const file = versionOf(rulebook, LIVING).file
  const reason = 'too large, or has too many decimals'
  const refused = (value: number) => change([LIVING, 'standard', value])
  const defects = [{ file, pointer: '/parameters/standard/value', reason }]
  for (const value of [1e10, -1e10, 0.0001, 1e300, Number.NaN])
    t.strictSame(refused(value), { kind: 'defects', defects })
  t.equal(change([ELDERS, 'allowance', 9_999_999_999.99]).kind, 'rulebook')
  t.match(
    change([LIVING, 'standard', 700], [ELDERS, 'age', 1e300], [ELDERS, 'allowance', 5]),
    { kind: 'defects', defects: [{ pointer: '/parameters/age/value', reason }] },
    'one that is refused refuses all',
  )
})

t.test('figures are typed and checked as at loading', async (t) => {
  const refused = (...changes: Changes) => {
    const answer = change(...changes)
    return answer.kind === 'defects'
      ? answer.defects.map(({ pointer, reason }) => `${pointer}: ${reason}`)
      : []
  }
  t.strictSame(refused([LIVING, 'standard', 0.001]), [
    '/parameters/standard/value: an amount in yuan has at most 10 digits before the point and 2 after it',
  ])
  t.strictSame(refused([LIVING, 'standard', -1]), [
    '/parameters/standard/value: an amount of money is never below 0',
  ])
  t.strictSame(refused([ELDERS, 'age', 70.5]), [
    '/conditions/all/0/value: member.age has steps of 1/1',
  ])
})
