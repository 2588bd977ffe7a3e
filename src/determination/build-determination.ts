import { OPEN, YES } from '../engine/bounds.js'
import { leavesOf } from '../engine/condition-node.js'
import { decisiveLeaves, explainLeaves, type LeafReading } from '../engine/explain.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import type { HouseholdFacts } from '../engine/fact-values.js'
import { NO_MEMBER, statedValue } from '../engine/fact-values.js'
import { type Missing, missingFacts } from '../engine/missing.js'
import type { PlacedNode } from '../engine/program.js'
import type { Rule } from '../engine/rule.js'
import type { Clause } from '../model/clause.js'
import type { Determination, Outcome, Subject } from '../model/determination.js'
import type { Member } from '../model/household.js'
import { LANGUAGES, type Language } from '../model/language.js'
import type { LoadedProgramme, Rulebook } from '../rulebook/rulebook.js'
import type { Against } from './conflicts.js'
import { countPoints } from './count-points.js'
import type { DeterminationRequest } from './determination-request.js'
import { type Grant, grantEntitlement, ROUNDED_TO_FEN } from './grant-entitlement.js'
import type { PlannedVersion } from './plan.js'
import { buildReason } from './reason.js'
import { remembering } from './remembered.js'
import { clausesOfLeaf, derivedFactsOf } from './rule-facts.js'
import { contradictsDerivation } from './stated-over-derived.js'
import { chosenBecauseText, conflictsWith, outcomeText } from './words.js'

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

/** What a determination is made of, once its outcome is known. */
interface Found {
  readonly outcome: Outcome
  readonly grant: Grant | null
  readonly cited: Cited
  readonly interpretations: readonly string[]
  readonly warnings: readonly string[]
}

// What answers share: whole determinations, what they cite, what they name.
const determinationOnce = remembering()
const citedOnce = remembering()
const namedOnce = remembering()

/** The determination of one programme for one subject; `against`: the conflicts it is in. */
export function buildDetermination(
  evaluated: EvaluatedVersion,
  missing: Missing,
  against: readonly Against[],
  context: AnswerContext,
): Determination {
  const shared = against.length > 0 ? null : sharedKey(evaluated, missing, context)
  return determinationOnce(evaluated.planned, shared, () => {
    const outcome = outcomeOf(evaluated)
    const { rule } = evaluated.planned.version
    const grant = outcome === 'eligible' ? grantEntitlement(rule, evaluated.member, context) : null
    const cited = citedBy(evaluated, grant !== null, context)
    const interpretations = interpretationsOf(evaluated, grant, against, context.facts)
    const warnings = warningsOf(evaluated, cited.unchecked, against, context)
    const found = { outcome, grant, cited, interpretations, warnings }
    return wordDetermination(evaluated, missing, found, context)
  })
}

/**
 * All that a summary about a household depends on beside its version, when no value of its facts
 * is in it and none was stated over its derivation; null otherwise, or when the answer has reasons.
 */
function sharedKey(
  { planned, bytes, member, attested }: EvaluatedVersion,
  missing: Missing,
  { request, language, facts }: AnswerContext,
): number | null {
  const { rule } = planned.version
  if (request.detail === 'full' || member !== NO_MEMBER || missing.size > 0) return null
  const byte = bytes[planned.root.byte]
  if (byte === YES && attested && rule.entitlement.amount !== null) return null
  const { ofConditions, ofEntitlement } = derivedFactsOf(rule)
  const stated = (fact: FactDefinition) => statedValue(facts, fact, member) !== undefined
  if (ofConditions.some(stated) || ofEntitlement.some(stated)) return null
  let key = decisiveLeaves(planned.root, bytes)
  key = key * 4 + (byte as number)
  key = key * 4 + 2 * Number(attested) + Number(isPastReview(rule, request))
  key = key * LANGUAGES.length + LANGUAGES.indexOf(language)
  for (const { when } of planned.warnings)
    if (when !== null) key = key * 4 + (bytes[when.byte] as number)
  return held(key)
}

/** A key that a number holds exactly, or null. */
function held(key: number): number | null {
  return key <= Number.MAX_SAFE_INTEGER ? key : null
}

function isPastReview({ version }: Rule, { asOf }: DeterminationRequest): boolean {
  return version.reviewBy !== null && asOf >= version.reviewBy
}

function wordDetermination(
  evaluated: EvaluatedVersion,
  missing: Missing,
  { outcome, grant, cited, interpretations, warnings }: Found,
  context: AnswerContext,
): Determination {
  const { planned, member } = evaluated
  const { rule, digest } = planned.version
  const { rulebook, facts, language, request } = context
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
    clauses: [...cited.clauses],
    reasons: full
      ? readLeaves(evaluated).map((reading) => buildReason(reading, member, context))
      : [],
    ...(full && rule.points !== null && { points: countPoints(rule, member, context) }),
    missing: [...missing.keys()].sort(),
    needs:
      outcome !== 'unknown'
        ? null
        : needsOf([...missing.values()].map(({ fact }) => sourceOf(fact))),
    interpretations: [...interpretations],
    warnings: [...warnings],
  }
}

/** The leaves in document order; none decides where the text does not say since when. */
function readLeaves({ planned, bytes, attested }: EvaluatedVersion): readonly LeafReading[] {
  const leaves = explainLeaves(planned.root, bytes)
  return attested ? leaves : leaves.map((leaf) => ({ ...leaf, decisive: false }))
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

/** What a determination cites, and whether any of it was not read in an official copy. */
interface Cited {
  readonly clauses: readonly string[]
  readonly unchecked: boolean
}

/** The clauses that confer, those of decisive leaves, then the entitlement's; first occurrence. */
function citedBy(
  evaluated: EvaluatedVersion,
  granted: boolean,
  { rulebook }: AnswerContext,
): Cited {
  const { planned, bytes, attested } = evaluated
  const bits = decisiveLeaves(planned.root, bytes)
  const key = held(bits * 4 + 2 * Number(attested) + Number(granted))
  return citedOnce(planned, key, () => {
    const { rule } = planned.version
    const decisive = readLeaves(evaluated).filter((reading) => reading.decisive)
    const ofLeaves = decisive.flatMap(({ leaf }) => clausesOfLeaf(leaf))
    const ofGrant = granted ? rule.entitlement.clauses : []
    const clauses = [...new Set([...rule.version.clauses, ...ofLeaves, ...ofGrant])]
    const unchecked = clauses.some((id) => rulebook.clauses.get(id)?.evidence !== 'official-text')
    return { clauses, unchecked }
  })
}

/** Every named choice that the version, its given warnings and what was derived rest on. */
function interpretationsOf(
  { planned, bytes, member }: EvaluatedVersion,
  grant: Grant | null,
  against: readonly Against[],
  facts: HouseholdFacts,
): readonly string[] {
  const { rule } = planned.version
  const { ofConditions, ofEntitlement } = derivedFactsOf(rule)
  const used = grant === null ? ofConditions : [...ofConditions, ...ofEntitlement]
  const derived = used.filter((fact) => statedValue(facts, fact, member) === undefined)
  const given = planned.warnings.filter(({ when }) => when !== null && bytes[when.byte] === YES)
  const rounded = grant?.rounded ?? false
  let key = 2 * Number(grant !== null) + Number(rounded)
  for (const fact of used) key = key * 2 + Number(derived.includes(fact))
  for (const one of planned.warnings) key = key * 2 + Number(given.includes(one))
  const ofVersion = namedOnce(planned, held(key), () => {
    const conditions = [planned.root, ...given.map(({ when }) => when as PlacedNode)]
    const leaves = conditions.flatMap((condition) => explainLeaves(condition, bytes))
    const named = [
      ...rule.version.interpretations,
      ...leaves.flatMap(({ leaf }) => leaf.interpretations),
      ...derived.flatMap((fact) => fact.interpretations),
      ...(rounded ? [ROUNDED_TO_FEN] : []),
    ]
    return [...new Set(named)].sort()
  })
  return against.length === 0
    ? ofVersion
    : [...new Set([...ofVersion, ...against.flatMap(namedByConflict)])].sort()
}

/** The choices that a conflict rests on. */
function namedByConflict({ loaded: { conflict, when } }: Against): readonly string[] {
  const leaves = when === null ? [] : leavesOf(when)
  return [conflict.interpretation ?? [], leaves.map((leaf) => leaf.interpretations)].flat(2)
}

function warningsOf(
  { planned, bytes, attested, member }: EvaluatedVersion,
  unchecked: boolean,
  against: readonly Against[],
  context: AnswerContext,
): string[] {
  const { request, facts } = context
  const { rule } = planned.version
  const given = planned.warnings
    .filter(({ when }) => when === null || bytes[when.byte] === YES)
    .map(({ code }) => code)
  for (const { other } of against) given.push(conflictsWith(other))
  if (!attested) given.push('start-not-stated')
  if (isPastReview(rule, request)) given.push('past-review-date')
  if (unchecked) given.push('unchecked-source')
  if (contradictsDerivation(rule, facts, member)) given.push('stated-over-derived')
  return [...new Set(given)].sort()
}
