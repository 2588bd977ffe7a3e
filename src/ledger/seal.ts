import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { DecisionBody, EntryBody } from '../model/decision.js'
import { canonicalJson } from '../rulebook/digest.js'
import { leafHashOf } from './merkle-tree.js'
import { signReceipt } from './receipt.js'
import type { Signer } from './signed-note.js'
import type { IndexedOutcome, NewEntry, StoredFacts } from './stores/store.js'

const SALT_BYTES = 32

/** The id of a new entry. */
export function newId(): string {
  return randomUUID()
}

/** Facts as they are stored, with a salt of their own. */
export function sealFacts(facts: unknown): StoredFacts {
  return { salt: randomBytes(SALT_BYTES).toString('base64'), text: canonicalJson(facts) }
}

/** What ties a body to its facts and tells nothing about them: SHA-256(salt ‖ facts). */
export function commitmentOf({ salt, text }: StoredFacts): string {
  const digest = createHash('sha256').update(Buffer.from(salt, 'base64')).update(text)
  return `sha256:${digest.digest('hex')}`
}

/** What tells a repeated request from another one: HMAC(salt, request); useless without the salt. */
export function requestDigest(salt: string, request: unknown): string {
  const hmac = createHmac('sha256', Buffer.from(salt, 'base64')).update(canonicalJson(request))
  return hmac.digest('base64')
}

/** What belongs to an entry beside its body. */
export interface Beside {
  readonly facts: StoredFacts | null
  readonly idempotency: NewEntry['idempotency']
}

/** An entry ready to append: its exact bytes, their leaf hash, and its receipt. */
export function sealEntry(body: EntryBody, beside: Beside, signer: Signer): NewEntry {
  const text = canonicalJson(body)
  const { id, kind, recordedAt, office } = body
  const leafHash = leafHashOf(text).toString('base64')
  const { signature, keyId } = signReceipt({ id, leafHash, recordedAt }, signer)
  return {
    ...{ id, kind, recordedAt, office, body: text, leafHash, signature, keyId },
    ...columnsOf(body),
    ...beside,
  }
}

/** What an entry is found by beside who made it and when: all of it stands in its body. */
export function columnsOf(
  body: EntryBody,
): Pick<NewEntry, 'caseReference' | 'decision' | 'outcomes'> {
  if (body.kind !== 'decision')
    return { caseReference: null, decision: body.decision, outcomes: [] }
  return { caseReference: body.caseReference, decision: null, outcomes: indexedOutcomes(body) }
}

function indexedOutcomes({ outcomes, notInForce }: DecisionBody): readonly IndexedOutcome[] {
  const all = [
    ...outcomes.map(({ programme, outcome }) => ({ programme, outcome: outcome as string })),
    ...notInForce.map(({ programme }) => ({ programme, outcome: 'not-in-force' })),
  ]
  const distinct = new Map(all.map((one) => [outcomeLine(one), one]))
  return [...distinct.values()]
}

/** Outcomes by which a decision is found, as an export has them: `<programme> <outcome>`, in order. */
export function outcomeLines(outcomes: readonly IndexedOutcome[]): readonly string[] {
  return outcomes.map(outcomeLine).sort()
}

function outcomeLine({ programme, outcome }: IndexedOutcome): string {
  return `${programme} ${outcome}`
}
