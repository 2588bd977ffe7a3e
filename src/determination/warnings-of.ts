import { YES } from '../engine/bounds.js'
import type { Rule } from '../engine/rule.js'
import type { AnswerContext } from './answer-context.js'
import type { Against } from './conflicts.js'
import type { DeterminationRequest } from './determination-request.js'
import type { EvaluatedVersion } from './evaluated-versions.js'
import { contradictsDerivation } from './stated-over-derived.js'
import { conflictsWith } from './words.js'

/** The codes of all warnings of a determination, sorted; `unchecked`: a clause it cites is. */
export function warningsOf(
  { planned, bytes, attested, member }: EvaluatedVersion,
  unchecked: boolean,
  against: readonly Against[],
  { request, facts }: AnswerContext,
): readonly string[] {
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

/** Whether the day asked for is past the horizon that the document itself states. */
export function isPastReview({ version }: Rule, { asOf }: DeterminationRequest): boolean {
  return version.reviewBy !== null && asOf >= version.reviewBy
}
