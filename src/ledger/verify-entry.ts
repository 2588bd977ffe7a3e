import { z } from 'zod'
import { type DecisionBody, EntryBody } from '../model/decision.js'
import { canonicalJson } from '../rulebook/digest.js'
import { leafHashOf } from './merkle-tree.js'
import { columnsOf, commitmentOf, outcomeLines } from './seal.js'
import type { StoredEntry, StoredFacts } from './stores/store.js'

const Base64Hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)

/** An entry as an export has it. */
export const EntryLine = z.object({
  kind: z.literal('entry'),
  leafIndex: z.int().min(0),
  id: z.string(),
  leafHash: Base64Hash,
  body: z.string(),
  columns: z.record(z.string(), z.unknown()),
})
export type EntryLine = Readonly<z.infer<typeof EntryLine>>

/** The facts of an entry as an export has them. */
export const FactsLine = z.object({
  kind: z.literal('facts'),
  id: z.string(),
  salt: z.base64(),
  facts: z.string(),
})
export type FactsLine = Readonly<z.infer<typeof FactsLine>>

/** One fault of an entry, in words that follow the entry's name. */
export interface EntryFault {
  readonly problem: string
  readonly message: string
}

/** What is wrong with an entry by itself, and its body when it can be read. */
export interface CheckedEntry {
  readonly faults: readonly EntryFault[]
  readonly body: EntryBody | null
}

const ALTERED = 'was altered: its bytes do not have its leaf hash'
const OTHER_FACTS = 'has other facts than its body commits to: they were altered'

/** A hash that the bytes stored for a decision do not have. */
export interface SealFault {
  readonly field: 'leafHash' | 'factsCommitment'
  /** As recorded, and of the bytes as they are. */
  readonly recorded: string
  readonly found: string
  /** In words that follow the decision's name. */
  readonly message: string
}

/** In what a stored decision and its facts are not as they were sealed, or null. */
export function sealFault({ body, leafHash }: StoredEntry, facts: StoredFacts): SealFault | null {
  const found = leafHashOf(body).toString('base64')
  if (found !== leafHash) return { field: 'leafHash', recorded: leafHash, found, message: ALTERED }
  const { factsCommitment: recorded } = JSON.parse(body) as { factsCommitment: string }
  const committed = commitmentOf(facts)
  if (committed === recorded) return null
  return { field: 'factsCommitment', recorded, found: committed, message: OTHER_FACTS }
}

/** Checks the bytes of an entry against its leaf hash, and what it is found by against its body. */
export function checkEntry(line: EntryLine): CheckedEntry {
  if (leafHashOf(line.body).toString('base64') !== line.leafHash)
    return { faults: [{ problem: 'altered', message: ALTERED }], body: null }
  const body = bodyOf(line.body)
  if (body === null) {
    const message = 'has a body that this release cannot read'
    return { faults: [{ problem: 'unreadable-body', message }], body: null }
  }
  const differing = Object.entries(columnsIn(body)).filter(
    ([name, value]) => canonicalJson(line.columns[name]) !== canonicalJson(value),
  )
  const found = body.id === line.id ? differing : [...differing, ['id', body.id] as const]
  const faults = found.map(([name]) => ({
    problem: 'columns',
    message: `is found under ${name === 'outcomes' ? 'other' : 'another'} ${name} than its body says`,
  }))
  return { faults, body }
}

function bodyOf(text: string): EntryBody | null {
  try {
    const parsed = EntryBody.safeParse(JSON.parse(text))
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null
  } catch {
    return null
  }
}

function columnsIn(body: EntryBody): Record<string, unknown> {
  const { kind, recordedAt, office } = body
  const { caseReference, decision, outcomes } = columnsOf(body)
  return {
    ...{ kind, recordedAt, office, caseReference, decision },
    outcomes: outcomeLines(outcomes),
  }
}

/** Checks facts against the commitment in the body they belong to. */
export function checkFacts({ salt, facts }: FactsLine, body: EntryBody): EntryFault | null {
  const committed = body.kind === 'erasure' ? null : body.factsCommitment
  if (commitmentOf({ salt, text: facts }) === committed) return null
  return { problem: 'facts', message: OTHER_FACTS }
}

/** The recorded digest of each version a decision was made under. */
export function versionsUsed(body: EntryBody): DecisionBody['versions'] {
  return body.kind === 'decision' ? body.versions : []
}
