import t from 'tap'
import { UNIT_WORDS } from '../../src/model/unit.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

const { programmes, facts } = shippedRulebook()
const parametersOf = (id: string) =>
  (programmes.get(id)?.versions ?? []).flatMap(({ rule }) =>
    Object.entries(rule.version.parameters),
  )

t.test('every parameter of the rules has a name, and every name a parameter', async (t) => {
  for (const { programme } of programmes.values()) {
    const ids = [...new Set(parametersOf(programme.id).map(([id]) => id))].sort()
    t.strictSame(Object.keys(programme.parameters ?? {}).sort(), ids, programme.id)
  }
})

t.test(
  'every unit of a fact or a figure has words; a ratio is shown as a percentage',
  async (t) => {
    const figures = [...programmes.keys()].flatMap((id) => parametersOf(id).map(([, one]) => one))
    const units = new Set([...facts, ...figures].map(({ unit }) => unit))
    const wordless = [...units].filter((unit) => unit !== null && UNIT_WORDS[unit] === undefined)
    t.strictSame(wordless, ['ratio'])
  },
)
