import {
  type DeterminationRequest,
  parseDeterminationRequest,
} from '../determination/determination-request.js'
import { fault, faultsOf, refused } from '../determination/request-faults.js'
import { isObject } from '../engine/typing.js'
import { DecisionTerms } from '../model/decision.js'
import { OUTCOMES } from '../model/determination.js'
import { type InputFault, Problem } from '../model/errors.js'
import type { Rulebook } from '../rulebook/rulebook.js'

/** A checked decision request; the determination is asked for in full, whatever detail was. */
export interface DecisionRequest {
  readonly terms: DecisionTerms
  readonly determination: DeterminationRequest
}

/** Checks a decision request. Throws Problem (400) with every fault and its JSON pointer. */
export function parseDecisionRequest(
  rulebook: Rulebook,
  json: unknown,
  now: Date,
): DecisionRequest {
  const { caseReference, purpose, legalBasis, ...asked } = isObject(json) ? json : {}
  const terms = DecisionTerms.safeParse({ caseReference, purpose, legalBasis })
  const faults = [
    ...faultsOf(terms.error?.issues ?? [], json),
    ...(isObject(json) && json.programmes === undefined ? [fault('/programmes', 'required')] : []),
  ]
  const determination = parseRest(rulebook, isObject(json) ? asked : json, now, faults)
  if (faults.length > 0) throw refused(faults)
  return {
    terms: terms.data as DecisionTerms,
    determination: { ...determination, include: OUTCOMES, detail: 'full' },
  }
}

function parseRest(
  rulebook: Rulebook,
  json: unknown,
  now: Date,
  faults: readonly InputFault[],
): DeterminationRequest {
  try {
    return parseDeterminationRequest(rulebook, json, now, Object.keys(DecisionTerms.shape))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.code, error.detail, [...faults, ...error.faults])
  }
}
