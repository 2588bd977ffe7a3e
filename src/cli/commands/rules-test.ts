import { runCase } from '../../determination/run-case.js'
import type { LoadedProgramme, Rulebook } from '../../rulebook/rulebook.js'
import { KNOWN_WITH_DRAFTS } from '../../rulebook/survive.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { rulebookOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin rules test [PROGRAMME]` */
export const rulesTest: Command = {
  help: `huimin rules test [PROGRAMME] [--json]

Runs the worked cases of every programme, or of one, through both engines; drafts take part.
A case without knownAt is asked as known after everything was published, drafts included.`,
  options: {},
  operands: [0, 1],
  run: async (given) => {
    const [id] = given.operands
    const rulebook = rulebookOf(given.io, { drafts: true })
    const chosen = [...rulebook.programmes.values()].filter(
      ({ programme }) => id === undefined || programme.id === id,
    )
    if (chosen.length === 0) throw new UsageError(`there is no programme "${id}"`)
    const programmes = await Promise.all(
      chosen.map((programme) => runProgramme(rulebook, programme)),
    )
    answer(given, { programmes }, () => text(programmes))
    return programmes.some(({ failures }) => failures.length > 0) ? 1 : 0
  },
}

interface ProgrammeRun {
  readonly id: string
  readonly cases: number
  readonly failures: readonly { readonly name: string; readonly differences: readonly string[] }[]
}

async function runProgramme(
  rulebook: Rulebook,
  { programme, jurisdiction, cases }: LoadedProgramme,
): Promise<ProgrammeRun> {
  const runs = await Promise.all(
    cases.map((one) =>
      runCase(rulebook, programme.id, jurisdiction.code, {
        ...one,
        knownAt: one.knownAt ?? KNOWN_WITH_DRAFTS,
      }),
    ),
  )
  return {
    id: programme.id,
    cases: cases.length,
    failures: runs.filter(({ differences }) => differences.length > 0),
  }
}

function text(programmes: readonly ProgrammeRun[]): string {
  const rows = programmes.map(({ id, cases, failures }) => [id, cases, failures.length])
  const failed = programmes.flatMap(({ id, failures }) =>
    failures.map(
      ({ name, differences }) =>
        `\n${id}: ${name}\n${differences.map((line) => `  ${line}\n`).join('')}`,
    ),
  )
  return `${table([['programme', 'cases', 'failed'], ...rows])}${failed.join('')}`
}
