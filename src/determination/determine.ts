import type { Missing } from '../engine/missing.js'
import type { Determination, DeterminationAnswer } from '../model/determination.js'
import type { Language } from '../model/language.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { AnswerContext } from './answer-context.js'
import { buildDetermination } from './build-determination.js'
import { citedClauses, interpretationTexts, warningTexts } from './cite.js'
import { type Against, conflictsBetween } from './conflicts.js'
import type { DeterminationRequest } from './determination-request.js'
import { type EvaluatedVersion, evaluatedVersions, missingOf } from './evaluated-versions.js'
import { type Preparation, prepare } from './prepare.js'
import { askQuestions } from './questions.js'
import { type Readings, readCompiled } from './read-compiled.js'
import { findReferrals } from './referrals.js'
import type { Selection } from './select-versions.js'

/**
 * Determines what a household is entitled to: versions selected on two clocks, facts derived,
 * conditions evaluated, the answer explained. Pure: same rulebook, request and language, same answer.
 */
export function determine(
  rulebook: Rulebook,
  request: DeterminationRequest,
  language: Language,
): DeterminationAnswer {
  const preparation = prepare(rulebook, request)
  return explain(preparation, readCompiled(preparation), language)
}

/** The answer in words, from the readings. */
export function explain(
  { rulebook, request, facts, selection }: Preparation,
  readings: Readings,
  language: Language,
): DeterminationAnswer {
  const context = { rulebook, request, facts, language }
  const all = determinedVersions(selection, readings, context)
  const determinations = all
    .map(({ determination }) => determination)
    .filter(({ outcome }) => request.include.includes(outcome))
  const referrals = findReferrals(selection.plan, readings, context)
  return {
    asOf: request.asOf,
    knownAt: request.knownAt,
    jurisdiction: request.jurisdiction,
    rulebook: { digest: rulebook.digest },
    determinations,
    notInForce: [...selection.notInForce],
    referrals,
    questions: askQuestions(all, context),
    clauses: citedClauses(determinations, referrals, context),
    interpretations: interpretationTexts(determinations, context),
    warnings: warningTexts(determinations, context),
  }
}

/** A version as evaluated for one subject, what is missing, and the determination of it. */
interface DeterminedVersion {
  readonly evaluated: EvaluatedVersion
  readonly missing: Missing
  readonly determination: Determination
}

const NONE: readonly Against[] = []

function determinedVersions(
  selection: Selection,
  readings: Readings,
  context: AnswerContext,
): readonly DeterminedVersion[] {
  const evaluated = evaluatedVersions(selection, readings)
  const conflicts = conflictsBetween(evaluated, context)
  return evaluated.map((one) => {
    const missing = missingOf(one, context.facts)
    const against = conflicts.get(one) ?? NONE
    return {
      evaluated: one,
      missing,
      determination: buildDetermination(one, missing, against, context),
    }
  })
}

/** The determinations alone, without questions, referrals and texts: what worked cases speak of. */
export function determineOnly(
  rulebook: Rulebook,
  request: DeterminationRequest,
): Pick<DeterminationAnswer, 'determinations' | 'notInForce'> {
  const preparation = prepare(rulebook, request)
  const { selection } = preparation
  const context = { ...preparation, language: 'zh' } as const
  const all = determinedVersions(selection, readCompiled(preparation), context)
  const determinations = all.map(({ determination }) => determination)
  return { determinations, notInForce: [...selection.notInForce] }
}
