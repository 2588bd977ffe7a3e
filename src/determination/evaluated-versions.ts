import { OPEN, YES } from '../engine/bounds.js'
import { explainLeaves, type LeafReading } from '../engine/explain.js'
import { type HouseholdFacts, NO_MEMBER } from '../engine/fact-values.js'
import { type Missing, missingFacts } from '../engine/missing.js'
import type { Outcome, Subject } from '../model/determination.js'
import type { Household, Member } from '../model/household.js'
import type { PlannedVersion } from './plan.js'
import type { Readings } from './read-compiled.js'
import type { Selection } from './select-versions.js'

/** One version as evaluated for one subject. */
export interface EvaluatedVersion {
  readonly planned: PlannedVersion
  readonly because: string
  /** False where the text does not say since when: then the outcome is unknown whatever the conditions read. */
  readonly attested: boolean
  readonly bytes: Uint8Array
  readonly member: number
}

/** Versions with their bytes, by programme and then by member as listed. */
export function evaluatedVersions(
  selection: Selection,
  readings: Readings,
): readonly EvaluatedVersion[] {
  const evaluated: EvaluatedVersion[] = []
  for (const { planned, because, attested } of selection.ordered) {
    const add = (bytes: Uint8Array, member: number) =>
      evaluated.push({ planned, because, attested, bytes, member })
    if (planned.version.rule.subject === 'household') add(readings.household, NO_MEMBER)
    else for (const [member, bytes] of readings.members.entries()) add(bytes, member)
  }
  return evaluated
}

/** The outcome of a version, before it is put into words. */
export function outcomeOf({ planned, bytes, attested }: EvaluatedVersion): Outcome {
  const byte = bytes[planned.root.byte]
  if (!attested || byte === OPEN) return 'unknown'
  return byte === YES ? 'eligible' : 'ineligible'
}

const NOTHING_MISSING: Missing = new Map()

/** What an open outcome still needs to know; nothing where the text does not say since when. */
export function missingOf(
  { planned, bytes, member, attested }: EvaluatedVersion,
  facts: HouseholdFacts,
): Missing {
  const open = attested && bytes[planned.root.byte] === OPEN
  return open ? missingFacts(planned.root, bytes, facts, member) : NOTHING_MISSING
}

/** The leaves in document order; none decides where the text does not say since when. */
export function readLeaves({ planned, bytes, attested }: EvaluatedVersion): readonly LeafReading[] {
  const leaves = explainLeaves(planned.root, bytes)
  return attested ? leaves : leaves.map((leaf) => ({ ...leaf, decisive: false }))
}

/** The household, or the member at an index. */
export function subjectOf({ members }: Household, member: number): Subject {
  if (member === NO_MEMBER) return { kind: 'household' }
  return { kind: 'member', id: (members[member] as Member).id }
}
