import { runCase } from '../determination/run-case.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'

/** How the worked cases of a programme came out. */
export interface ProgrammeRun {
  readonly id: string
  readonly cases: number
  readonly failures: readonly { readonly name: string; readonly differences: readonly string[] }[]
}

/** Runs the cases of a programme through both engines; without `knownAt` as known after every draft. */
export async function runProgramme(
  rulebook: Rulebook,
  loaded: LoadedProgramme,
): Promise<ProgrammeRun> {
  const { programme, cases } = loaded
  const runs = await Promise.all(cases.map((one) => runCase(rulebook, loaded, one)))
  return {
    id: programme.id,
    cases: cases.length,
    failures: runs.filter(({ differences }) => differences.length > 0),
  }
}

/** Every case that did not come out as expected, with its file and what differs. */
export function failuresText(programmes: readonly ProgrammeRun[]): string {
  return programmes
    .flatMap(({ id, failures }) =>
      failures.map(
        ({ name, differences }) =>
          `\n${id}/cases.json: ${name}\n${differences.map((line) => `  ${line}\n`).join('')}`,
      ),
    )
    .join('')
}
