import { NO_MEMBER } from '../engine/fact-values.js'
import { readWithJsonRulesEngine } from '../engine/json-rules-engine.js'
import type { Case, Expected } from '../model/case.js'
import type { Determination, DeterminationAnswer } from '../model/determination.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { KNOWN_WITH_DRAFTS } from '../rulebook/survive.js'
import { type DeterminationRequest, parseDeterminationRequest } from './determination-request.js'
import { determine, type Preparation, prepare, type Readings, readCompiled } from './determine.js'

/** How one case came out; no differences: as expected, and both engines agree. */
export interface CaseRun {
  readonly name: string
  readonly differences: readonly string[]
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
  const { asOf, household, knownAt = KNOWN_WITH_DRAFTS } = one
  const json = { asOf, knownAt, jurisdiction, programmes: [programme], household }
  try {
    const request = parseDeterminationRequest(rulebook, json, new Date(knownAt))
    const answer = determine(rulebook, request, 'zh')
    const expected = [one.expect].flat()
    const differences = expected.flatMap((each) => compare(each, answer))
    return {
      name: one.name,
      differences: [...differences, ...(await disagreements(rulebook, request))],
    }
  } catch (error) {
    return { name: one.name, differences: [String(error)] }
  }
}

function compare(expected: Expected, answer: DeterminationAnswer): readonly string[] {
  if (expected.notInForce !== undefined) {
    return differ('notInForce', expected.notInForce, answer.notInForce[0]?.reason)
  }
  const found = answer.determinations.filter(
    ({ subject }) =>
      expected.subject === undefined ||
      (subject.kind === 'member' && subject.id === expected.subject),
  )
  const [determination] = found
  if (determination === undefined || found.length > 1)
    return [`${found.length} determinations match the subject`]
  return compareDetermination(expected, determination)
}

function compareDetermination(expected: Expected, determination: Determination): readonly string[] {
  const { entitlement, ruleVersion, programme: _, ...rest } = determination
  const actual: Record<string, unknown> = {
    ...rest,
    amount: entitlement?.amount,
    rate: entitlement?.rate,
    bound: entitlement?.bound,
    version: ruleVersion.slice(ruleVersion.indexOf('@') + 1),
  }
  return Object.entries(expected)
    .filter(([key]) => key !== 'subject')
    .flatMap(([key, value]) => differ(key, value, actual[key]))
}

function differ(key: string, expected: unknown, actual: unknown): readonly string[] {
  const [wanted, found] = [JSON.stringify(expected), JSON.stringify(actual)]
  return wanted === found ? [] : [`${key}: expected ${wanted}, found ${found}`]
}

/** Where json-rules-engine reads a root condition otherwise than the compiled evaluator. */
export async function disagreements(
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
