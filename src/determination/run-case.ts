import { NO_MEMBER } from '../engine/fact-values.js'
import { readWithJsonRulesEngine } from '../engine/json-rules-engine.js'
import type { Case } from '../model/case.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { KNOWN_WITH_DRAFTS } from '../rulebook/survive.js'
import { compareCase } from './compare-case.js'
import { type DeterminationRequest, parseDeterminationRequest } from './determination-request.js'
import { determine, type Preparation, prepare, type Readings, readCompiled } from './determine.js'

/** How one case came out; no differences: as expected, and both engines agree. */
export interface CaseRun {
  readonly name: string
  readonly differences: readonly string[]
}

/**
 * The determination request a case stands for; without `knownAt`, as known after everything was
 * published. Throws Problem where its household is refused.
 */
export function requestOf(
  rulebook: Rulebook,
  programme: string,
  jurisdiction: string,
  { asOf, household, knownAt = KNOWN_WITH_DRAFTS }: Case,
): DeterminationRequest {
  const json = { asOf, knownAt, jurisdiction, programmes: [programme], household }
  return parseDeterminationRequest(rulebook, json, new Date(knownAt))
}

/**
 * Runs one worked case through the compiled evaluator and json-rules-engine. Differences name
 * what was expected and what came out; a case whose household is refused is one difference.
 */
export async function runCase(
  rulebook: Rulebook,
  programme: string,
  jurisdiction: string,
  one: Case,
): Promise<CaseRun> {
  try {
    const request = requestOf(rulebook, programme, jurisdiction, one)
    const differences = compareCase(one, determine(rulebook, request, 'zh'))
    return {
      name: one.name,
      differences: [...differences, ...(await disagreements(rulebook, request))],
    }
  } catch (error) {
    return { name: one.name, differences: [(error as Error).message] }
  }
}

/** Where json-rules-engine reads a root condition otherwise than the compiled evaluator. */
async function disagreements(
  rulebook: Rulebook,
  request: DeterminationRequest,
): Promise<readonly string[]> {
  const preparation = prepare(rulebook, request)
  return compareEngines(preparation, readCompiled(preparation))
}

/** Where the second engine reads a root condition otherwise than these readings do; empty: nowhere. */
export async function compareEngines(
  { facts, selection }: Preparation,
  readings: Readings,
): Promise<readonly string[]> {
  const { household, member } = selection.plan
  const subjects = [
    { plan: household, bytes: readings.household, index: NO_MEMBER },
    ...readings.members.map((bytes, index) => ({ plan: member, bytes, index })),
  ]
  const found = await Promise.all(
    subjects.map(async ({ plan, bytes, index }) => {
      const conditions = plan.versions.map(({ version }) => version.rule.conditions)
      const second = await readWithJsonRulesEngine(conditions, facts, index)
      return plan.versions.flatMap(({ version, root }, place) => {
        const { certainly, possibly } = second[place] as { certainly: boolean; possibly: boolean }
        const byte = Number(certainly) | (Number(possibly) << 1)
        return byte === bytes[root.byte]
          ? []
          : [`${version.rule.id}: engines disagree, ${bytes[root.byte]} and ${byte}`]
      })
    }),
  )
  return found.flat()
}
