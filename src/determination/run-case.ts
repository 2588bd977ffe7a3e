import type { Case } from '../model/case.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import { caseRequest } from './case-request.js'
import { compareCase } from './compare-case.js'
import { compareEngines } from './compare-engines.js'
import { explain } from './determine.js'
import { prepare } from './prepare.js'
import { readCompiled } from './read-compiled.js'

/** How one case came out; no differences: as expected, and both engines agree. */
export interface CaseRun {
  readonly name: string
  readonly differences: readonly string[]
}

/**
 * Runs one worked case of a programme through the compiled evaluator and json-rules-engine.
 * Differences name what was expected and what came out; a case whose household is refused is one.
 */
export async function runCase(
  rulebook: Rulebook,
  of: Pick<LoadedProgramme, 'programme' | 'jurisdiction'>,
  one: Case,
): Promise<CaseRun> {
  try {
    const preparation = prepare(rulebook, caseRequest(rulebook, of, one))
    const readings = readCompiled(preparation)
    const differences = compareCase(one, explain(preparation, readings, 'zh'))
    const apart = await compareEngines(preparation, readings)
    return { name: one.name, differences: [...differences, ...apart] }
  } catch (error) {
    return { name: one.name, differences: [(error as Error).message] }
  }
}
