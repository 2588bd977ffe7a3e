import { join } from 'node:path'
import t from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { determine } from '../../src/determination/determine.js'
import { runCase } from '../../src/determination/run-case.js'
import type { Determination } from '../../src/model/determination.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { LoadedProgramme, Rulebook } from '../../src/rulebook/rulebook.js'
import { GOOD } from '../support/rulebooks.js'

const PRICES = join(GOOD, 'price-linkage')
const SUBSIDY = 'guangdong/price-subsidy'
const rulebook = loadRulebook({
  layers: [{ rules: join(PRICES, 'rules'), seeds: join(PRICES, 'seeds') }],
})
const prices = rulebook.programmes.get(SUBSIDY) as LoadedProgramme

/** A household on dibao after one month in which consumer prices rose 3.6 %. */
const household = {
  dibaoStatus: true,
  consumerPricesMonth1: 3.6,
  consumerPricesMonth2: 1,
  consumerPricesMonth3: 1,
  foodPricesMonth1: 0,
  foodPricesMonth2: 0,
  foodPricesMonth3: 0,
  members: [{ id: 'm1' }],
}

function ask(knownAt: string, asOf = '2022-03-01', book: Rulebook = rulebook) {
  const json = { asOf, knownAt, jurisdiction: '440000', household }
  return determine(book, parseDeterminationRequest(book, json, new Date('2026-11-24')), 'en')
}

function found(knownAt: string, asOf?: string): Determination {
  return ask(knownAt, asOf).determinations[0] as Determination
}

t.test('every case of the price link comes out in both engines', async (t) => {
  for (const one of prices.cases) {
    const { differences } = await runCase(rulebook, prices, one)
    t.strictSame(differences, [], one.name)
  }
})

t.test('a correction changes the answer from the instant it is published', async (t) => {
  const mistaken = found('2026-11-23T08:59:59Z')
  t.match(mistaken, { outcome: 'ineligible', ruleVersion: `${SUBSIDY}@2021-01-01` })
  t.strictSame(
    mistaken.reasons.filter(({ decisive }) => decisive).map(({ condition }) => condition),
    ['/all/2/any/0/all/1', '/all/2/any/0/all/2', ...[0, 1, 2].map((n) => `/all/2/any/1/all/${n}`)],
    'refused for the two months that the notice of 2021 no longer asks for',
  )
  const corrected = found('2026-11-23T09:00:00Z')
  t.match(corrected, { outcome: 'eligible', ruleVersion: `${SUBSIDY}@2021-01-01.2` })
  t.match(corrected.chosenBecause, /corrects a mistaken version/)
  t.strictSame(corrected.missing, [])
})

t.test('what was known before does not change when the mistake is corrected', async (t) => {
  const versions = prices.versions.filter(({ rule }) => rule.version.version !== '2021-01-01.2')
  const programmes = new Map([[SUBSIDY, { ...prices, versions }]])
  const before = { ...rulebook, programmes }
  const knownAt = '2026-11-22T00:00:00Z'
  t.strictSame(ask(knownAt).determinations, ask(knownAt, '2022-03-01', before).determinations)
  t.strictSame(found('2026-11-24T00:00:00Z').outcome, 'eligible')
})

t.test('before anything was published nothing is known', async (t) => {
  const { determinations, notInForce } = ask('2026-11-20T23:59:59Z')
  t.strictSame(determinations, [])
  t.match(notInForce, [{ programme: SUBSIDY, reason: 'not-yet-known' }])
})

t.test('the correction leaves the versions before and after it alone', async (t) => {
  for (const [asOf, version] of [
    ['2020-12-31', '2011-01-01'],
    ['2022-08-31', '2021-01-01.2'],
    ['2022-09-01', '2022-09-01'],
    ['2023-03-31', '2022-09-01'],
    ['2023-04-01', '2023-04-01'],
  ] as const) {
    t.equal(found('2026-11-24T00:00:00Z', asOf).ruleVersion, `${SUBSIDY}@${version}`, asOf)
  }
  const earlier = found('2026-11-22T00:00:00Z', '2022-09-01')
  t.equal(earlier.ruleVersion, `${SUBSIDY}@2022-09-01`)
})
