import { dayOf } from '../model/civil-date.js'
import type { NotInForceReason } from '../model/determination.js'
import type { LoadedProgramme, LoadedVersion } from './rulebook.js'
import { publicationTime, surviving } from './survive.js'

/** Why a version was chosen. */
export type ChosenBecause =
  | 'only-version'
  | 'latest-start'
  | 'corrected'
  | 'attested-day-before-successor'
  | 'start-not-stated'

/** The version in force on both clocks, or why there is none. */
export type Selection =
  | {
      readonly kind: 'selected'
      readonly version: LoadedVersion
      readonly because: ChosenBecause
      /** False where the text does not say since when the figure applied: no outcome follows. */
      readonly attested: boolean
    }
  | {
      readonly kind: 'not-in-force'
      readonly reason: NotInForceReason
      readonly nearest: string | null
    }

/**
 * The rule version of a programme in force on `asOf` (YYYY-MM-DD), as known at `knownAt` (ISO
 * instant): of those visible and not superseded the one that starts last, unless it has ended.
 * A version without a stated start is attested on the day before its successor only.
 */
export function selectRuleVersion(
  { versions }: Pick<LoadedProgramme, 'versions'>,
  asOf: string,
  knownAt: string,
): Selection {
  const at = Date.parse(knownAt)
  const selection = choose(versions, asOf, at)
  if (selection.kind === 'selected') return selection
  const instants = [...new Set(versions.map(({ rule }) => publicationTime(rule.version)))].filter(
    (instant) => instant > at,
  )
  for (const instant of instants.sort((a, b) => a - b)) {
    const later = choose(versions, asOf, instant)
    if (later.kind === 'selected')
      return { kind: 'not-in-force', reason: 'not-yet-known', nearest: later.version.rule.id }
  }
  return selection
}

function choose(versions: readonly LoadedVersion[], asOf: string, knownAt: number): Selection {
  const alive = surviving(versions, ({ rule }) => rule.version, knownAt)
  const started = alive.filter((version) => startOf(version) <= asOf)
  const version = started.at(-1)
  const successor = alive[started.length]
  if (version === undefined) return notInForce('before-first-version', successor)
  if (endOf(version) <= asOf) {
    return successor === undefined
      ? notInForce('after-last-version', version)
      : notInForce('gap', nearer(version, successor, asOf))
  }
  if (version.rule.version.validFrom === null) return undated(version, successor, asOf)
  return { kind: 'selected', version, because: reason(version, alive), attested: true }
}

/** First day in force; the empty text comes before every date. */
function startOf({ rule }: LoadedVersion): string {
  return rule.version.validFrom ?? ''
}

function endOf({ rule }: LoadedVersion): string {
  return rule.version.validTo ?? '9999-12-31'
}

function undated(
  version: LoadedVersion,
  successor: LoadedVersion | undefined,
  asOf: string,
): Selection {
  if (version.notBefore !== null && asOf < version.notBefore)
    return notInForce('before-first-version', version)
  const attested = successor !== undefined && dayOf(startOf(successor)) - dayOf(asOf) === 1
  return {
    kind: 'selected',
    version,
    because: attested ? 'attested-day-before-successor' : 'start-not-stated',
    attested,
  }
}

function reason({ rule }: LoadedVersion, alive: readonly LoadedVersion[]): ChosenBecause {
  if (rule.version.supersedes !== null) return 'corrected'
  return alive.length === 1 ? 'only-version' : 'latest-start'
}

/** Of the version that ended and the one that starts later, the one closer to the day. */
function nearer(ended: LoadedVersion, next: LoadedVersion, asOf: string): LoadedVersion {
  const day = dayOf(asOf)
  return day - dayOf(endOf(ended)) < dayOf(startOf(next)) - day ? ended : next
}

function notInForce(why: NotInForceReason, nearest: LoadedVersion | undefined): Selection {
  return { kind: 'not-in-force', reason: why, nearest: nearest?.rule.id ?? null }
}
