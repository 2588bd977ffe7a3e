import { OPEN, YES } from '../engine/bounds.js'
import { explainLeaves, type LeafReading } from '../engine/explain.js'
import type { HouseholdFacts } from '../engine/fact-values.js'
import { NO_MEMBER, statedValue } from '../engine/fact-values.js'
import { type Missing, missingFacts } from '../engine/missing.js'
import type { PlacedNode } from '../engine/program.js'
import type { Clause } from '../model/clause.js'
import type { Determination, Outcome, Subject } from '../model/determination.js'
import type { Member } from '../model/household.js'
import type { Language } from '../model/language.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import type { DeterminationRequest } from './determination-request.js'
import { type Grant, grantEntitlement, ROUNDED_TO_FEN } from './grant-entitlement.js'
import type { PlannedVersion } from './plan.js'
import { buildReason } from './reason.js'
import { clausesOfLeaf, derivedFactsOf } from './rule-facts.js'
import { contradictsDerivation } from './stated-over-derived.js'
import { chosenBecauseText, outcomeText } from './words.js'

/** One version as evaluated for one subject. */
export interface EvaluatedVersion {
  readonly planned: PlannedVersion
  readonly because: string
  /** False where the text does not say since when: then the outcome is unknown whatever the conditions read. */
  readonly attested: boolean
  readonly bytes: Uint8Array
  readonly member: number
}

/** What every part of an answer may look at. */
export interface AnswerContext {
  readonly rulebook: Rulebook
  readonly request: DeterminationRequest
  readonly facts: HouseholdFacts
  readonly language: Language
}

/** The determination of one programme for one subject. */
export function buildDetermination(
  evaluated: EvaluatedVersion,
  missing: Missing,
  context: AnswerContext,
): Determination {
  const { planned, bytes, member } = evaluated
  const { rule, digest } = planned.version
  const { rulebook, facts, language, request } = context
  const outcome = outcomeOf(evaluated)
  const leaves = readLeaves(evaluated)
  const grant = outcome === 'eligible' ? grantEntitlement(rule, member, context) : null
  const clauses = citedBy(evaluated, leaves, grant)
  const programme = (rulebook.programmes.get(rule.version.programme) as LoadedProgramme).programme
  const { force } = rulebook.clauses.get(rule.version.clauses[0] as string) as Clause
  const full = request.detail === 'full'
  return {
    programme: programme.id,
    title: programme.name[language],
    force,
    ruleVersion: rule.id,
    ruleDigest: digest,
    ...(full && { chosenBecause: chosenBecauseText(evaluated.because, rule.version, language) }),
    subject: subjectOf(facts, member),
    outcome,
    ...(full && { text: outcomeText(outcome, force, rule.subject, language) }),
    entitlement: grant?.entitlement ?? null,
    clauses,
    reasons: full ? leaves.map((reading) => buildReason(reading, member, context)) : [],
    missing: [...missing.keys()].sort(),
    needs:
      outcome !== 'unknown'
        ? null
        : needsOf([...missing.values()].map(({ fact }) => sourceOf(fact))),
    interpretations: interpretationsOf(evaluated, leaves, grant, facts),
    warnings: warningsOf(evaluated, clauses, context),
  }
}

/** The leaves in document order; none decides where the text does not say since when. */
function readLeaves({ planned, bytes, attested }: EvaluatedVersion): readonly LeafReading[] {
  const leaves = explainLeaves(planned.root, bytes)
  return attested ? leaves : leaves.map((leaf) => ({ ...leaf, decisive: false }))
}

/** What an open outcome still needs to know; nothing where the text does not say since when. */
export function missingOf(
  { planned, bytes, member, attested }: EvaluatedVersion,
  facts: HouseholdFacts,
): Missing {
  return attested ? missingFacts(planned.root, bytes, facts, member) : new Map()
}

/** The outcome of a version, before it is put into words. */
export function outcomeOf({ planned, bytes, attested }: EvaluatedVersion): Outcome {
  const byte = bytes[planned.root.byte]
  if (!attested || byte === OPEN) return 'unknown'
  return byte === YES ? 'eligible' : 'ineligible'
}

/** The household, or the member at an index. */
export function subjectOf(facts: HouseholdFacts, member: number): Subject {
  if (member === NO_MEMBER) return { kind: 'household' }
  return { kind: 'member', id: (facts.household.members[member] as Member).id }
}

/** Who can supply a fact that is asked for: derived ones only where their derivation ends in unknown. */
export function sourceOf({
  fact,
}: {
  readonly fact: { readonly source: string; readonly askedOf?: string }
}): 'citizen' | 'official' {
  return (fact.source === 'derived' ? fact.askedOf : fact.source) === 'official'
    ? 'official'
    : 'citizen'
}

function needsOf(sources: readonly string[]): 'citizen' | 'official' {
  return sources.includes('citizen') ? 'citizen' : 'official'
}

/** The clauses that confer, those of decisive leaves, then the entitlement's; first occurrence. */
function citedBy(
  { planned }: EvaluatedVersion,
  leaves: readonly LeafReading[],
  grant: Grant | null,
): string[] {
  const decisive = leaves.filter((reading) => reading.decisive)
  const ofLeaves = decisive.flatMap(({ leaf }) => clausesOfLeaf(leaf))
  return [
    ...new Set([
      ...planned.version.rule.version.clauses,
      ...ofLeaves,
      ...(grant?.entitlement.clauses ?? []),
    ]),
  ]
}

function interpretationsOf(
  { planned, bytes, member }: EvaluatedVersion,
  leaves: readonly LeafReading[],
  grant: Grant | null,
  facts: HouseholdFacts,
): string[] {
  const { rule } = planned.version
  const { ofConditions, ofEntitlement } = derivedFactsOf(rule)
  const derived = (grant === null ? ofConditions : [...ofConditions, ...ofEntitlement]).filter(
    (fact) => statedValue(facts, fact, member) === undefined,
  )
  const given = planned.warnings.filter(({ when }) => when !== null && bytes[when.byte] === YES)
  const named = [
    ...rule.version.interpretations,
    ...leaves.flatMap(({ leaf }) => leaf.interpretations),
    ...given
      .flatMap(({ when }) => explainLeaves(when as PlacedNode, bytes))
      .flatMap(({ leaf }) => leaf.interpretations),
    ...derived.flatMap((fact) => fact.interpretations),
    ...(grant?.rounded ? [ROUNDED_TO_FEN] : []),
  ]
  return [...new Set(named)].sort()
}

function warningsOf(
  { planned, bytes, attested, member }: EvaluatedVersion,
  clauses: readonly string[],
  context: AnswerContext,
): string[] {
  const { rulebook, request, facts } = context
  const { rule } = planned.version
  const given = planned.warnings
    .filter(({ when }) => when === null || bytes[when.byte] === YES)
    .map(({ code }) => code)
  if (!attested) given.push('start-not-stated')
  if (rule.version.reviewBy !== null && request.asOf >= rule.version.reviewBy)
    given.push('past-review-date')
  if (clauses.some((id) => rulebook.clauses.get(id)?.evidence !== 'official-text'))
    given.push('unchecked-source')
  if (contradictsDerivation(rule, facts, member)) given.push('stated-over-derived')
  return [...new Set(given)].sort()
}
