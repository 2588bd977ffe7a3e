import { timingSafeEqual } from 'node:crypto'
import { compareEngines } from '../determination/compare-engines.js'
import { explain } from '../determination/determine.js'
import { type Preparation, prepare } from '../determination/prepare.js'
import { readCompiled } from '../determination/read-compiled.js'
import type { Decision, DecisionBody } from '../model/decision.js'
import type { DeterminationAnswer } from '../model/determination.js'
import { Problem } from '../model/errors.js'
import type { Language } from '../model/language.js'
import { meaningsOf } from '../rulebook/lock.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { type DecisionRequest, parseDecisionRequest } from './decision-request.js'
import type { Ledger } from './open-ledger.js'
import { decisionOf, readDecision, storedFacts } from './read-decision.js'
import { commitmentOf, newId, requestDigest, sealEntry, sealFacts } from './seal.js'
import type { StoredEntry } from './stores/store.js'

/** A request to record a decision, and who sent it. */
export interface Submission {
  /** The body as sent, read as JSON. */
  readonly json: unknown
  readonly idempotencyKey: string
  readonly actor: string
  readonly office: string
  readonly language: Language
}

export interface Recorded {
  /** Whether the same request had been recorded before. */
  readonly repeated: boolean
  readonly decision: Decision
}

/**
 * Determines and records, once for each key of an office: both engines must agree, else nothing
 * is stored. Throws Problem: 400 for the input, 404 `not-found` where facts recorded under the key
 * are missing, 410 `facts-erased`, 422 `idempotency-key-reused`, 500 `engines-disagree`,
 * 503 `store-unavailable`.
 */
export async function recordDecision(
  ledger: Ledger,
  rulebook: Rulebook,
  submission: Submission,
  now: Date,
): Promise<Recorded> {
  const before = await findRepeated(ledger, submission)
  if (before?.kind === 'same') return { repeated: true, decision: before.decision }
  const request = parseDecisionRequest(rulebook, submission.json, now)
  if (before?.kind === 'another') throw new Problem('idempotency-key-reused')
  const answer = await determineTwice(rulebook, request, submission.language)
  const facts = sealFacts({ request: submission.json, determination: answer.determination })
  const body = bodyOf({ ledger, rulebook, submission, request, answer, now }, commitmentOf(facts))
  const { idempotencyKey: key, json } = submission
  const idempotency = { key, digest: requestDigest(facts.salt, json) }
  const entry = sealEntry(body, { facts, idempotency }, ledger.signer)
  if ((await ledger.store.append(entry)) === 'stored')
    return { repeated: false, decision: decisionOf(entry, facts, []) }
  const twin = await findRepeated(ledger, submission)
  if (twin?.kind !== 'same') throw new Problem('idempotency-key-reused')
  return { repeated: true, decision: twin.decision }
}

type Repeated =
  | { readonly kind: 'same'; readonly decision: Decision }
  | { readonly kind: 'another' }

/** What an office recorded under a key before; null when nothing. */
async function findRepeated(
  { store }: Ledger,
  { office, idempotencyKey, json }: Submission,
): Promise<Repeated | null> {
  const found = await store.byKey(office, idempotencyKey)
  if (found === null) return null
  const facts = await storedFacts(store, found.id)
  const [recorded, asked] = [found.digest, requestDigest(facts.salt, json)].map(Buffer.from)
  if (!timingSafeEqual(recorded as Buffer, asked as Buffer)) return { kind: 'another' }
  const entry = (await store.entry(found.id)) as StoredEntry
  return { kind: 'same', decision: await readDecision(store, entry) }
}

/** A determination on which both engines agree. */
interface Agreed {
  readonly preparation: Preparation
  readonly determination: DeterminationAnswer
}

async function determineTwice(
  rulebook: Rulebook,
  { determination: request }: DecisionRequest,
  language: Language,
): Promise<Agreed> {
  const preparation = prepare(rulebook, request)
  const readings = readCompiled(preparation)
  const apart = await compareEngines(preparation, readings)
  if (apart.length > 0) throw new Problem('engines-disagree')
  return { preparation, determination: explain(preparation, readings, language) }
}

interface Made {
  readonly ledger: Ledger
  readonly rulebook: Rulebook
  readonly submission: Submission
  readonly request: DecisionRequest
  readonly answer: Agreed
  readonly now: Date
}

function bodyOf(made: Made, factsCommitment: string): DecisionBody {
  const { ledger, rulebook, submission, request, answer, now } = made
  const { ordered } = answer.preparation.selection
  const { determinations, notInForce } = answer.determination
  const { asOf, knownAt, jurisdiction, programmes } = request.determination
  return {
    format: 1,
    id: newId(),
    kind: 'decision',
    recordedAt: now.toISOString(),
    office: submission.office,
    actor: submission.actor,
    ...request.terms,
    legalBasis: request.terms.legalBasis ?? null,
    ...{ asOf, knownAt, jurisdiction, programmes: [...programmes] },
    rulebookDigest: rulebook.digest,
    engineDigest: ledger.engineDigest,
    versions: ordered.map(({ planned: { version }, because, attested }) => ({
      ruleVersion: version.rule.id,
      ruleDigest: version.digest,
      because,
      attested,
    })),
    meanings: meaningsOf(
      ordered.map(({ planned }) => planned.version.json),
      rulebook,
    ),
    outcomes: determinations.map(({ programme, subject, ruleVersion, outcome, clauses }) => ({
      ...{ programme, subject, ruleVersion, outcome, clauses },
    })),
    notInForce,
    factsCommitment,
  }
}
