import { readdirSync } from 'node:fs'
import t from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import { determine } from '../../src/determination/determine.js'
import { runCase } from '../../src/determination/run-case.js'
import type { Determination } from '../../src/model/determination.js'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { LoadedProgramme, Rulebook } from '../../src/rulebook/rulebook.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const POINTS = 'dongguan/points-household-registration'
const examples = readdirSync('seeds/examples')

/** The shipped rulebook with one example laid over it, as `RULEBOOK_DIRS` does. */
function withExample(name: string): Rulebook {
  return loadRulebook(defaultLayers({ RULEBOOK_DIRS: `seeds/examples/${name}` }))
}

for (const name of examples) {
  t.test(`the cases of ${name} come out, and so do the shipped ones beside them`, async (t) => {
    const rulebook = withExample(name)
    const shipped = shippedRulebook().programmes
    const touched = [...rulebook.programmes.values()].filter(
      ({ programme, cases }) => cases.length !== shipped.get(programme.id)?.cases.length,
    )
    t.ok(touched.length > 0, 'the example brings cases')
    for (const loaded of touched) {
      for (const one of loaded.cases) {
        const { differences } = await runCase(rulebook, loaded, one)
        t.strictSame(differences, [], one.name)
      }
    }
  })
}

function ask(rulebook: Rulebook): Determination {
  const member = {
    id: 'm1',
    dateOfBirth: '1997-03-01',
    isMigrantWorker: true,
    educationLevel: 'college',
    socialInsuranceYears: 5,
    hasAdverseCreditRecord: false,
  }
  const json = {
    asOf: '2027-06-01',
    jurisdiction: '441900',
    programmes: [POINTS],
    household: { members: [member] },
  }
  const request = parseDeterminationRequest(rulebook, json, NOW)
  return determine(rulebook, request, 'en').determinations[0] as Determination
}

t.test('points in Dongguan wait for an official until a table is added', async (t) => {
  const without = ask(shippedRulebook())
  t.match(without, { outcome: 'unknown', needs: 'official', points: undefined })
  t.strictSame(without.missing, ['members/m1/pointsHouseholdRegistrationMet'])
  t.ok(without.warnings.includes('instrument-pending'))
  const table = ask(withExample('dongguan-points'))
  t.match(table, { outcome: 'eligible', missing: [], needs: null })
  t.match(table.points, { won: 60, possible: 120, required: 60, short: 0 })
  t.notOk(table.warnings.includes('instrument-pending'))
})

t.test('an example says of itself that it is invented', async (t) => {
  const { documents, programmes } = withExample('dongguan-points')
  const { versions } = programmes.get(POINTS) as LoadedProgramme
  t.equal(versions.length, (shippedRulebook().programmes.get(POINTS)?.versions.length ?? 0) + 1)
  t.match(documents.get('example-dongguan-points')?.title, { zh: /虚构/, en: /invented/ })
})
