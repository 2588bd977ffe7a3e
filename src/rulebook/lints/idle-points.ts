import { NO, type NumberBounds, OPEN, unite } from '../../engine/bounds.js'
import { leavesOf } from '../../engine/condition-node.js'
import { numberIn } from '../../engine/expression-bounds.js'
import { type HouseholdFacts, NO_MEMBER, UNLISTED_MEMBER } from '../../engine/fact-values.js'
import { toNumber } from '../../engine/ratio.js'
import { leafReading } from '../../engine/read-condition.js'
import type { Rule } from '../../engine/rule.js'
import { mentionsIn } from '../mentions.js'
import type { LoadedVersion, Rulebook } from '../rulebook.js'
import { unknownWorlds } from '../unknown-worlds.js'
import type { Finding } from './finding.js'

/** Points tables that nothing reads, and lines that no answer or every answer reaches. */
export function idlePoints({ programmes, dictionary }: Rulebook): readonly Finding[] {
  const worlds = unknownWorlds(dictionary)
  const versions = [...programmes.values()].flatMap((programme) => programme.versions)
  return versions.flatMap((version) => [...unread(version), ...idleLines(version.rule, worlds)])
}

function unread({ rule, json }: LoadedVersion): readonly Finding[] {
  const { points } = rule
  if (points === null || mentionsIn(json).some(({ id }) => id === points.id)) return []
  const reason = 'no condition, amount or warning reads the points of its scorecard'
  return [{ id: `unread-scorecard ${rule.id}`, reason }]
}

function idleLines(
  { id, points, subject, conditions }: Rule,
  worlds: readonly HouseholdFacts[],
): readonly Finding[] {
  const total = points?.derive
  if (total === undefined) return []
  const member = subject === 'member' ? UNLISTED_MEMBER : NO_MEMBER
  const bounds = worlds
    .map((facts) => numberIn(total, facts, member))
    .reduce((a, b) => unite(a, b) as NumberBounds)
  const range = `its scorecard gives ${toNumber(bounds.lo, 6)} to ${toNumber(bounds.hi, 6)} points`
  return leavesOf(conditions)
    .filter(({ fact }) => fact === points)
    .flatMap((leaf): Finding[] => {
      const reading = leafReading(leaf, bounds)
      if (reading === OPEN) return []
      const holds = reading === NO ? 'never' : 'always'
      return [{ id: `idle-points ${id} ${leaf.pointer}`, reason: `it ${holds} holds: ${range}` }]
    })
}
