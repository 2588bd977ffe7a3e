import type {
  Decision,
  DecisionBody,
  DecisionFacts,
  ErasureBody,
  Receipt,
  Review,
  ReviewBody,
} from '../model/decision.js'
import { Problem } from '../model/errors.js'
import type { LedgerReads, StoredEntry, StoredFacts } from './stores/store.js'
import { type SealFault, sealFault } from './verify-entry.js'

/** An entry about a decision, with its facts while they are there. */
export interface EntryWithFacts {
  readonly entry: StoredEntry
  readonly facts: StoredFacts | null
}

/** A decision as it is shown, with its reviews; its facts while they are there. */
export async function readDecision(store: LedgerReads, entry: StoredEntry): Promise<Decision> {
  const about = await store.about(entry.id)
  const withFacts = about.map(async (one) => ({ entry: one, facts: await store.facts(one.id) }))
  return decisionOf(entry, await store.facts(entry.id), await Promise.all(withFacts))
}

/** The same from its parts. */
export function decisionOf(
  entry: StoredEntry,
  facts: StoredFacts | null,
  about: readonly EntryWithFacts[],
): Decision {
  const { id, recordedAt, ...body } = bodyOf<DecisionBody>(entry)
  const erasure = about.find((one) => one.entry.kind === 'erasure')
  return {
    ...{ id, recordedAt, caseReference: body.caseReference },
    ...{ office: body.office, actor: body.actor },
    ...{ purpose: body.purpose, legalBasis: body.legalBasis, outcomes: body.outcomes },
    determination: facts === null ? null : factsOf(facts).determination,
    factsErasedAt: erasure === undefined ? null : bodyOf<ErasureBody>(erasure.entry).recordedAt,
    reviews: about.filter((one) => one.entry.kind === 'review').map(reviewOf),
    receipt: receiptOf(entry),
  }
}

/** A review as it is shown; its reason while it is there. */
export function reviewOf({ entry, facts }: EntryWithFacts): Review {
  const { format: _, kind: __, factsCommitment: ___, ...body } = bodyOf<ReviewBody>(entry)
  const reason = facts === null ? null : (JSON.parse(facts.text) as { reason: string }).reason
  return { ...body, reason, receipt: receiptOf(entry) }
}

/** The receipt an entry was given. */
export function receiptOf({ id, leafHash, recordedAt, signature, keyId }: StoredEntry): Receipt {
  return { id, leafHash, recordedAt, signature, keyId }
}

/** The body of an entry, read. */
export function bodyOf<T>({ body }: Pick<StoredEntry, 'body'>): T {
  return JSON.parse(body) as T
}

/** The facts of a decision, read. */
export function factsOf({ text }: StoredFacts): DecisionFacts {
  return JSON.parse(text) as DecisionFacts
}

/** The entry that says that the facts of a decision were erased; null where nobody erased them. */
export async function erasureOf(
  store: Pick<LedgerReads, 'about'>,
  decision: string,
): Promise<StoredEntry | null> {
  return (await store.about(decision)).find(({ kind }) => kind === 'erasure') ?? null
}

const FACTS_MISSING = {
  zh: '事实缺失，但没有人删除过',
  en: 'the facts are missing although nobody erased them',
}

/** The facts of a decision. Throws Problem: `facts-erased`, or `not-found` where nobody erased them. */
export async function storedFacts(
  store: Pick<LedgerReads, 'facts' | 'about'>,
  id: string,
): Promise<StoredFacts> {
  const facts = await store.facts(id)
  if (facts !== null) return facts
  const isErased = (await erasureOf(store, id)) !== null
  throw isErased ? new Problem('facts-erased') : new Problem('not-found', FACTS_MISSING)
}

/** A decision with its facts, and in what they are not as they were sealed. Throws Problem as `storedFacts` does. */
export async function decisionWithFacts(
  store: LedgerReads,
  entry: StoredEntry,
): Promise<{
  readonly body: DecisionBody
  readonly facts: DecisionFacts
  readonly altered: SealFault | null
}> {
  const facts = await storedFacts(store, entry.id)
  return { body: bodyOf(entry), facts: factsOf(facts), altered: sealFault(entry, facts) }
}
