import { YES } from '../engine/bounds.js'
import { decisiveLeaves } from '../engine/explain.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { NO_MEMBER, statedValue } from '../engine/fact-values.js'
import type { Missing } from '../engine/missing.js'
import type { Clause } from '../model/clause.js'
import type { Determination, Outcome } from '../model/determination.js'
import { LANGUAGES } from '../model/language.js'
import type { LoadedProgramme } from '../rulebook/rulebook.js'
import type { AnswerContext } from './answer-context.js'
import { citedBy } from './cited-by.js'
import type { Against } from './conflicts.js'
import { countPoints } from './count-points.js'
import { type EvaluatedVersion, outcomeOf, readLeaves, subjectOf } from './evaluated-versions.js'
import { grantEntitlement } from './grant-entitlement.js'
import { namedBy } from './named-by.js'
import { buildReason } from './reason.js'
import { remembering } from './remembered.js'
import { derivedFactsOf } from './rule-facts.js'
import { sourceOf } from './source-of.js'
import { isPastReview, warningsOf } from './warnings-of.js'
import { chosenBecauseText, outcomeText } from './words.js'

const determinationOnce = remembering()

/** The determination of one programme for one subject; `against`: the conflicts it is in. */
export function buildDetermination(
  evaluated: EvaluatedVersion,
  missing: Missing,
  against: readonly Against[],
  context: AnswerContext,
): Determination {
  const shared = against.length > 0 ? null : sharedKey(evaluated, missing, context)
  return determinationOnce(evaluated.planned, shared, () =>
    build(evaluated, missing, against, context),
  )
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
  return key
}

function build(
  evaluated: EvaluatedVersion,
  missing: Missing,
  against: readonly Against[],
  context: AnswerContext,
): Determination {
  const { planned, member, because } = evaluated
  const { rule, digest } = planned.version
  const { rulebook, facts, language, request } = context
  const { programme } = rulebook.programmes.get(rule.version.programme) as LoadedProgramme
  const { force } = rulebook.clauses.get(rule.version.clauses[0] as string) as Clause
  const full = request.detail === 'full'
  const outcome = outcomeOf(evaluated)
  const grant = outcome === 'eligible' ? grantEntitlement(rule, member, context) : null
  const { clauses, unchecked } = citedBy(evaluated, grant !== null, context)
  return {
    programme: programme.id,
    title: programme.name[language],
    force,
    ruleVersion: rule.id,
    ruleDigest: digest,
    ...(full && { chosenBecause: chosenBecauseText(because, rule.version, language) }),
    subject: subjectOf(facts.household, member),
    outcome,
    ...(full && { text: outcomeText(outcome, force, rule.subject, language) }),
    entitlement: grant?.entitlement ?? null,
    clauses: [...clauses],
    reasons: full ? readLeaves(evaluated).map((leaf) => buildReason(leaf, member, context)) : [],
    ...(full && rule.points !== null && { points: countPoints(rule, member, context) }),
    missing: [...missing.keys()].sort(),
    needs: needsOf(outcome, missing),
    interpretations: [...namedBy(evaluated, grant, against, facts)],
    warnings: [...warningsOf(evaluated, unchecked, against, context)],
  }
}

/** Who must say something before an open outcome can be known: a citizen, where one of them can. */
function needsOf(outcome: Outcome, missing: Missing): Determination['needs'] {
  if (outcome !== 'unknown') return null
  const sources = [...missing.values()].map(({ fact }) => sourceOf(fact))
  return sources.includes('citizen') ? 'citizen' : 'official'
}
