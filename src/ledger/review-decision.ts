import { faultsOf, refused } from '../determination/request-faults.js'
import { type DecisionBody, type Review, type ReviewBody, ReviewTerms } from '../model/decision.js'
import type { InputFault } from '../model/errors.js'
import { canonicalJson } from '../rulebook/digest.js'
import type { Ledger } from './open-ledger.js'
import { bodyOf, reviewOf } from './read-decision.js'
import { commitmentOf, newId, sealEntry, sealFacts } from './seal.js'
import type { StoredEntry } from './stores/store.js'

/** Who does something with a decision. */
export interface Actor {
  readonly actor: string
  readonly office: string | null
}

/**
 * Records what a person says about one computed outcome, with the reason; the outcome itself
 * stays as it was computed. Throws Problem (400).
 */
export async function reviewDecision(
  { store, signer }: Ledger,
  decision: StoredEntry,
  { json, actor, office }: Actor & { readonly json: unknown },
  now: Date,
): Promise<Review> {
  const { reason, computed, ...said } = parseReview(bodyOf<DecisionBody>(decision), json)
  const facts = sealFacts({ reason })
  const body: ReviewBody = {
    format: 1,
    id: newId(),
    kind: 'review',
    recordedAt: now.toISOString(),
    ...{ office, actor, decision: decision.id, ...said, computed },
    factsCommitment: commitmentOf(facts),
  }
  const entry = sealEntry(body, { facts, idempotency: null }, signer)
  await store.append(entry)
  return reviewOf({ entry, facts })
}

function parseReview(
  { outcomes }: DecisionBody,
  json: unknown,
): ReviewTerms & Pick<ReviewBody, 'computed'> {
  const parsed = ReviewTerms.safeParse(json)
  if (!parsed.success) throw refused(faultsOf(parsed.error.issues, json))
  const { programme, subject } = parsed.data
  const ofProgramme = outcomes.filter((decided) => decided.programme === programme)
  if (ofProgramme.length === 0) throw refused([notDecided('/programme')])
  const decided = ofProgramme.find((one) => canonicalJson(one.subject) === canonicalJson(subject))
  if (decided === undefined) throw refused([notDecided('/subject')])
  return { ...parsed.data, computed: decided.outcome }
}

function notDecided(pointer: string): InputFault {
  const message = { zh: '该决定中没有这一项', en: 'is not among the outcomes of this decision' }
  return { pointer, code: 'not-decided', message }
}
