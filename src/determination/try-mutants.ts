import type { Case } from '../model/case.js'
import { type MutatedProgramme, mutatedProgrammes } from '../rulebook/mutate-programme.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import { caseRequest, onlyProgramme } from './case-request.js'
import { compareCase } from './compare-case.js'
import type { DeterminationRequest } from './determination-request.js'
import { determineOnly } from './determine.js'

/** What became of the mutants of one programme. */
export interface MutantsTried {
  readonly id: string
  /** Cases that fail without a change already, and so notice nothing. */
  readonly failing: number
  readonly mutants: number
  /** A case fails, or the rulebook's checks refuse the mutant. */
  readonly killed: number
  /** Proved to give the same answers, or listed with the reason why. */
  readonly equivalent: number
  /** No case fails, and nothing says why. */
  readonly survivors: readonly string[]
  /** Listed as equivalent, but killed, proved, or no mutant at all. */
  readonly stale: readonly string[]
}

/** Changes a programme in every small way and looks for a case that notices. */
export function tryMutants(rulebook: Rulebook, loaded: LoadedProgramme): MutantsTried {
  const asked = askedCases(rulebook, loaded)
  const failing = loaded.cases.length - asked.length
  const listed = new Set(loaded.equivalentMutants.map(({ mutant }) => mutant))
  const alive = new Map<string, boolean>()
  let mutants = 0
  for (const mutant of mutatedProgrammes(rulebook, loaded)) {
    mutants += 1
    if (!isKilled(mutant, rulebook, asked)) alive.set(mutant.id, mutant.equivalent)
  }
  const survivors = [...alive].filter(([id, proved]) => !proved && !listed.has(id))
  return {
    id: loaded.programme.id,
    failing,
    mutants,
    killed: mutants - alive.size,
    equivalent: alive.size - survivors.length,
    survivors: survivors.map(([id]) => id),
    stale: [...listed].filter((id) => alive.get(id) !== false),
  }
}

/** A case and the request it stands for; the last one that killed a mutant stands first. */
interface AskedCase {
  readonly one: Case
  readonly request: DeterminationRequest
}

/** The cases that come out as expected: one that fails already would notice every mutant. */
function askedCases(rulebook: Rulebook, loaded: LoadedProgramme): AskedCase[] {
  return loaded.cases.flatMap((one): AskedCase[] => {
    try {
      const request = caseRequest(rulebook, loaded, one)
      const asked = { one, request }
      return notices(asked, rulebook, loaded) ? [] : [asked]
    } catch {
      // A household that is refused is no case at all; `huimin rules test` says why.
      return []
    }
  })
}

/** Whether a case comes out otherwise than expected with this programme in the rulebook. */
function notices(
  { one, request }: AskedCase,
  rulebook: Rulebook,
  loaded: LoadedProgramme,
): boolean {
  return compareCase(one, determineOnly(onlyProgramme(rulebook, loaded), request)).length > 0
}

function isKilled({ loaded }: MutatedProgramme, rulebook: Rulebook, asked: AskedCase[]): boolean {
  if (loaded === null) return true
  const killer = asked.findIndex((one) => notices(one, rulebook, loaded))
  if (killer > 0) asked.unshift(...asked.splice(killer, 1))
  return killer >= 0
}
