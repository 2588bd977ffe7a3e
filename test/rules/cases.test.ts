import t from 'tap'
import { runCase } from '../../src/determination/run-case.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()

for (const { programme, cases, jurisdiction } of rulebook.programmes.values()) {
  t.test(programme.id, async (t) => {
    for (const one of cases) {
      await t.test(one.name, async (t) => {
        const { differences } = await runCase(rulebook, programme.id, jurisdiction.code, one)
        t.strictSame(differences, [])
      })
    }
  })
}

t.test('every programme has cases of each outcome', async (t) => {
  for (const { programme, cases } of rulebook.programmes.values()) {
    const outcomes = new Set(
      cases.flatMap(({ expect }) => [expect].flat()).map(({ outcome }) => outcome),
    )
    for (const outcome of ['eligible', 'ineligible', 'unknown'] as const) {
      t.ok(outcomes.has(outcome), `${programme.id} has a case of ${outcome}`)
    }
  }
})
