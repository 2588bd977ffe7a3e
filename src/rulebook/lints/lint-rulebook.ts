import type { LintWaiver } from '../../model/lint-waiver.js'
import { inOrder } from '../in-order.js'
import type { Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'
import { gapsInTime } from './gaps-in-time.js'
import { idleConditions } from './idle-conditions.js'
import { idlePoints } from './idle-points.js'
import { repeatedBranches } from './repeated-branches.js'
import { twinProgrammes } from './twin-programmes.js'
import { uncitedClauses } from './uncited-clauses.js'
import { unknownUnits } from './unknown-units.js'
import { unsettledVersions } from './unsettled-versions.js'
import { unusedFacts } from './unused-facts.js'
import { unusedParameters } from './unused-parameters.js'

/** What the lints found, in the order of ids, and what of it was accepted. */
export interface Linted {
  readonly findings: readonly Finding[]
  readonly waived: readonly (Finding & Pick<LintWaiver, 'why'>)[]
}

/**
 * Looks at a rulebook that loads as a lawyer would. Findings that a waiver accepts stand apart; a
 * waiver that accepts nothing is a finding itself.
 */
export function lintRulebook(rulebook: Rulebook): Linted {
  const programmes = [...rulebook.programmes.values()]
  const versions = programmes.flatMap((programme) => programme.versions)
  const found = [
    ...programmes.flatMap(gapsInTime),
    ...versions.flatMap(unusedParameters),
    ...versions.flatMap(idleConditions),
    ...programmes.flatMap(unsettledVersions),
    ...idlePoints(rulebook),
    ...repeatedBranches(rulebook),
    ...unknownUnits(rulebook),
    ...twinProgrammes(rulebook),
    ...uncitedClauses(rulebook),
    ...unusedFacts(rulebook),
  ]
  const whys = new Map(rulebook.waivers.map(({ finding, why }) => [finding, why]))
  const waived = found.flatMap((finding) => {
    const why = whys.get(finding.id)
    return why === undefined ? [] : [{ ...finding, why }]
  })
  const open = found.filter(({ id }) => !whys.has(id))
  const byId = (a: Finding, b: Finding) => inOrder(a.id, b.id)
  return {
    findings: [...open, ...staleWaivers(rulebook.waivers, waived)].sort(byId),
    waived: waived.sort(byId),
  }
}

function staleWaivers(
  waivers: readonly LintWaiver[],
  waived: readonly Finding[],
): readonly Finding[] {
  const used = new Set(waived.map(({ id }) => id))
  return waivers
    .filter(({ finding }) => !used.has(finding))
    .map(({ finding }) => ({ id: `stale-waiver ${finding}`, reason: 'there is no such finding' }))
}
