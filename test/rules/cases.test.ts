import t from 'tap'
import { runCase } from '../../src/determination/run-case.js'
import { OUTCOMES } from '../../src/model/determination.js'
import type { LoadedProgramme } from '../../src/rulebook/rulebook.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()

for (const loaded of rulebook.programmes.values()) {
  t.test(loaded.programme.id, async (t) => {
    for (const one of loaded.cases) {
      await t.test(one.name, async (t) => {
        const { differences } = await runCase(rulebook, loaded, one)
        t.strictSame(differences, [])
      })
    }
  })
}

/** Whether a programme names everyone: one member of whom nothing is known is entitled. */
async function namesEveryone(loaded: LoadedProgramme) {
  const asOf = loaded.versions.at(-1)?.rule.version.validFrom ?? '2020-01-01'
  const household = { members: [{ id: 'm1' }] }
  const expect = { outcome: 'eligible' } as const
  const one = { name: 'nothing known', asOf, household, expect }
  return (await runCase(rulebook, loaded, one)).differences.length === 0
}

t.test('every programme has cases of each outcome that it can have', async (t) => {
  for (const loaded of rulebook.programmes.values()) {
    const { programme, cases } = loaded
    const outcomes = new Set(
      cases.flatMap(({ expect }) => [expect].flat()).map(({ outcome }) => outcome),
    )
    const possible = (await namesEveryone(loaded)) ? (['eligible'] as const) : OUTCOMES
    for (const outcome of possible) {
      t.ok(outcomes.has(outcome), `${programme.id} has a case of ${outcome}`)
    }
  }
})
