import t from 'tap'
import { tryMutants } from '../../src/determination/try-mutants.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()

t.test('every small change to a rule fails a case, or is listed with its reason', async (t) => {
  for (const loaded of rulebook.programmes.values()) {
    const { survivors, stale, mutants } = tryMutants(rulebook, loaded)
    t.strictSame({ survivors, stale }, { survivors: [], stale: [] }, loaded.programme.id)
    t.ok(mutants > 0, `${mutants} mutants`)
  }
})
