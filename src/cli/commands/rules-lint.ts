import { lintRulebook } from '../../rulebook/lints/lint-rulebook.js'
import { answer, type Command } from '../command.js'
import { rulebookOf } from '../rulebook-of.js'
import { counted, table } from '../table.js'

/** `huimin rules lint` */
export const rulesLint: Command = {
  help: `huimin rules lint [--strict] [--json]

What a lawyer would ask about a rulebook that loads, drafts included: gaps in time, figures nobody
reads, clauses nobody cites, two programmes that grant the same to the same group, conditions that
never or always hold or add nothing, points nobody reads or can earn, branches that stand twice,
units no fact has, facts nobody reads, outcomes that no question settles. What is right as it stands
goes into lint-waivers.json with its reason; a waiver without a finding is one.
  --strict   exit 1 when there is a finding`,
  options: { strict: { type: 'boolean' } },
  operands: [0, 0],
  run: (given) => {
    const linted = lintRulebook(rulebookOf(given.io, { drafts: true }))
    const { findings, waived } = linted
    answer(given, linted, () => {
      const rows = findings.map(({ id, reason }) => [id, reason])
      return `${table(rows)}${counted(findings.length, 'finding')}, ${waived.length} waived\n`
    })
    return given.options.strict === true && findings.length > 0 ? 1 : 0
  },
}
