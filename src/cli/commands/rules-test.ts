import { type MutantsTried, tryMutants } from '../../determination/try-mutants.js'
import type { LoadedProgramme, Rulebook } from '../../rulebook/rulebook.js'
import { answer, type Command, type ExitCode, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { rulebookOf } from '../rulebook-of.js'
import { failuresText, type ProgrammeRun, runProgramme } from '../run-programme.js'
import { counted, table } from '../table.js'

/** `huimin rules test [PROGRAMME]` */
export const rulesTest: Command = {
  help: `huimin rules test [PROGRAMME] [--mutate] [--json]

Runs the worked cases of every programme, or of one, through both engines; drafts take part.
A case without knownAt is asked as known after everything was published, drafts included.
  --mutate   changes each rule in every small way (operators, parts, figures, days) instead, and
             names every change that no case notices. One that changes no answer is listed in
             cases.json under equivalentMutants, with the reason why.`,
  options: { mutate: { type: 'boolean' } },
  operands: [0, 1],
  run: async (given) => {
    const [id] = given.operands
    const rulebook = rulebookOf(given.io, { drafts: true })
    const chosen = [...rulebook.programmes.values()].filter(
      ({ programme }) => id === undefined || programme.id === id,
    )
    if (chosen.length === 0) throw new UsageError(`there is no programme "${id}"`)
    return given.options.mutate === true
      ? mutate(given, rulebook, chosen)
      : runCases(given, rulebook, chosen)
  },
}

async function runCases(
  given: Given,
  rulebook: Rulebook,
  chosen: readonly LoadedProgramme[],
): Promise<ExitCode> {
  const programmes = await Promise.all(chosen.map((one) => runProgramme(rulebook, one)))
  const cases = sum(programmes.map((one) => one.cases))
  const failed = sum(programmes.map(({ failures }) => failures.length))
  const totals = { programmes: programmes.length, cases, passed: cases - failed, failed }
  answer(given, { programmes, totals }, () => casesText(programmes, totals))
  return failed > 0 ? 1 : 0
}

function casesText(
  programmes: readonly ProgrammeRun[],
  { cases, passed, failed }: { cases: number; passed: number; failed: number },
): string {
  const rows = programmes.map(({ id, cases, failures }) => {
    return [id, cases, cases - failures.length, failures.length]
  })
  const total = [counted(programmes.length, 'programme'), cases, passed, failed]
  return `${table([['programme', 'cases', 'passed', 'failed'], ...rows, total])}${failuresText(programmes)}`
}

function mutate(given: Given, rulebook: Rulebook, chosen: readonly LoadedProgramme[]): ExitCode {
  const programmes = chosen.map((one) => tryMutants(rulebook, one))
  const total = (of: (one: MutantsTried) => number) => sum(programmes.map(of))
  const totals = {
    programmes: programmes.length,
    mutants: total(({ mutants }) => mutants),
    killed: total(({ killed }) => killed),
    equivalent: total(({ equivalent }) => equivalent),
    survivors: total(({ survivors }) => survivors.length),
    stale: total(({ stale }) => stale.length),
  }
  const failing = total((one) => one.failing)
  answer(
    given,
    { programmes, totals, failing },
    () => `${mutantsText(programmes, totals)}${failing === 0 ? '' : failingText(failing)}`,
  )
  return totals.survivors + totals.stale > 0 ? 1 : 0
}

function failingText(failing: number): string {
  return `\nFailing as the rules are, so that nothing is noticed: ${counted(failing, 'case')} (huimin rules test)\n`
}

function mutantsText(
  programmes: readonly MutantsTried[],
  totals: Readonly<Record<string, number>>,
): string {
  const rows = programmes.map(({ id, mutants, killed, equivalent, survivors, stale }) => {
    return [id, mutants, killed, equivalent, survivors.length, stale.length]
  })
  const { programmes: _, ...sums } = totals
  const header = ['programme', 'mutants', 'killed', 'equivalent', 'survivors', 'stale']
  const named = programmes.flatMap(({ id, survivors, stale }) => [
    ...survivors.map((mutant) => `${id}: no case notices ${mutant}\n`),
    ...stale.map((mutant) => `${id}: needs no entry in equivalentMutants: ${mutant}\n`),
  ])
  const total = [counted(totals.programmes as number, 'programme'), ...Object.values(sums)]
  return `${table([header, ...rows, total])}${named.length > 0 ? '\n' : ''}${named.join('')}`
}

function sum(list: readonly number[]): number {
  return list.reduce((all, one) => all + one, 0)
}
