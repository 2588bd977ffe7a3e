import { implies, type NormalCondition, normalCondition } from '../../engine/normal-condition.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'

/** A version with its conditions in normal form. */
interface Candidate {
  readonly loaded: LoadedProgramme
  readonly version: LoadedVersion
  readonly conditions: NormalCondition
}

/**
 * Programmes of one place that grant the same kind of thing, in words that are alike, to the same
 * group, or to a group that the other one holds, on days they share.
 */
export function twinProgrammes({ programmes }: Rulebook): readonly Finding[] {
  const candidates = [...programmes.values()].flatMap((loaded) =>
    loaded.versions.map((version): Candidate => {
      return { loaded, version, conditions: normalCondition(version.rule.conditions) }
    }),
  )
  const found = new Map<string, Finding>()
  candidates.forEach((a, index) => {
    for (const b of candidates.slice(index + 1)) {
      const reason = isSameGrant(a, b) ? overlap(a, b) : undefined
      const id = `same-grant ${a.loaded.programme.id} ${b.loaded.programme.id}`
      if (reason !== undefined) found.set(id, { id, reason })
    }
  })
  return [...found.values()]
}

function overlap(a: Candidate, b: Candidate): string | undefined {
  if (a.conditions.key === b.conditions.key) return 'the same group is granted the same'
  if (implies(a.conditions, b.conditions)) return 'whoever is granted the first has the second'
  if (implies(b.conditions, a.conditions)) return 'whoever is granted the second has the first'
  return undefined
}

function isSameGrant(a: Candidate, b: Candidate): boolean {
  const [one, two] = [a.version.rule, b.version.rule]
  if (a.loaded.jurisdiction !== b.loaded.jurisdiction || a.loaded === b.loaded) return false
  if (one.subject !== two.subject || !meetInTime(a.version, b.version)) return false
  if (one.version.entitlement.kind !== two.version.entitlement.kind) return false
  return likeness(a.loaded.programme.grants.zh, b.loaded.programme.grants.zh) >= ALIKE
}

function meetInTime(a: LoadedVersion, b: LoadedVersion): boolean {
  const ends = [a, b].map(({ rule: { version } }) => [version.validFrom ?? '', version.validTo])
  const [[from, to], [start, end]] = ends as [[string, string | null], [string, string | null]]
  return (end === null || from < end) && (to === null || start < to)
}

/** Share of pairs of characters that two texts have in common (Dice's coefficient). */
const ALIKE = 0.6

function likeness(a: string, b: string): number {
  const [one, two] = [pairsOf(a), pairsOf(b)]
  const common = [...one].filter((pair) => two.has(pair)).length
  return (2 * common) / Math.max(one.size + two.size, 1)
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = [...text.replace(/[^\p{L}\p{N}]/gu, '')]
  return new Set(characters.slice(1).map((next, index) => `${characters[index]}${next}`))
}
