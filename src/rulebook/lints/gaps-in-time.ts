import type { LoadedProgramme } from '../rulebook.js'
import { publicationTime, surviving } from '../survive.js'
import type { Finding } from './finding.js'

/**
 * Days between two versions of a programme on which none is in force. Versions that overlap do
 * not load at all.
 */
export function gapsInTime({ versions }: LoadedProgramme): readonly Finding[] {
  const times = versions.map(({ rule }) => publicationTime(rule.version))
  const alive = surviving(versions, ({ rule }) => rule.version, Math.max(...times))
  return alive.flatMap(({ rule }, index): Finding[] => {
    const next = alive[index + 1]?.rule.version.validFrom ?? null
    const { validTo } = rule.version
    if (validTo === null || next === null || validTo >= next) return []
    return [
      { id: `gap-in-time ${rule.id}`, reason: `nothing is in force from ${validTo} until ${next}` },
    ]
  })
}
