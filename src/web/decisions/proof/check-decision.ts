import type { Schemas } from '../../api/client.ts'
import type { RecordedDecision } from '../../api/ledger.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import { leafHashOf, rootOfInclusion } from './merkle-proof.ts'
import {
  type Checkpoint,
  commitmentOf,
  parseCheckpoint,
  parseVerifier,
  type Verdict,
  type Verifier,
  verifyCheckpoint,
  verifyReceipt,
} from './signed-note.ts'
import { ordered, type Step, sameText, step } from './step.ts'

/** What the service gives to prove a decision; none of it is believed. */
export interface Evidence {
  /** Verifier lines of the public keys. */
  readonly keys: readonly string[]
  /** The signed checkpoint. */
  readonly note: string
  readonly inclusion: Schemas['InclusionProof']
  readonly entry: Schemas['LogEntry'] | undefined
  /** Null: erased. */
  readonly sealed: Schemas['SealedFacts'] | null
}

/**
 * Holds a decision, as it is shown, against the log: its entry's bytes, the facts committed to,
 * the receipt, the path from the entry to the root of the checkpoint, and who signed that.
 */
export async function checkDecision(
  decision: RecordedDecision,
  evidence: Evidence,
): Promise<readonly Step[]> {
  const { receipt } = decision
  const { inclusion, sealed } = evidence
  const body = evidence.entry?.body ?? ''
  const verifiers = await verifiersOf(evidence.keys)
  const checkpoint = parseCheckpoint(evidence.note)
  return Promise.all([
    step('shown', async () => ({ standing: isShown(decision, body) ? 'passed' : 'failed' })),
    step('entry', async () => sameText(receipt.leafHash, toBase64(await leafHashOf(body)))),
    step('facts', async () => {
      if (sealed === null) return { standing: decision.factsErasedAt === null ? 'failed' : 'gone' }
      const { determination } = JSON.parse(sealed.facts) as { determination: unknown }
      if (ordered(determination) !== ordered(decision.determination)) return { standing: 'failed' }
      const { factsCommitment } = JSON.parse(body) as { factsCommitment: string }
      return sameText(factsCommitment, await commitmentOf(sealed.salt, sealed.facts))
    }),
    step('receipt', async () => standingOf(await verifyReceipt(receipt, verifiers))),
    step('inclusion', async () => {
      if (checkpoint?.size !== inclusion.treeSize) return { standing: 'failed' }
      const root = await rootOfInclusion({
        // From the bytes themselves: what the service says of the hash is left aside.
        leaf: await leafHashOf(body),
        index: inclusion.leafIndex,
        size: checkpoint.size,
        hashes: inclusion.hashes.map(fromBase64),
      })
      return sameText(checkpoint.root, root === null ? '—' : toBase64(root))
    }),
    step('checkpoint', async () =>
      checkpoint === null
        ? { standing: 'failed' }
        : standingOf(await verdictOf(checkpoint, verifiers)),
    ),
  ])
}

/** The keys of verifier lines that are what they say. */
export async function verifiersOf(lines: readonly string[]): Promise<readonly Verifier[]> {
  const parsed = await Promise.all(lines.map(parseVerifier))
  return parsed.filter((one) => one !== null)
}

/** Who signed a checkpoint: a key in the name of its own log. */
export function verdictOf(
  checkpoint: Checkpoint,
  verifiers: readonly Verifier[],
): Promise<Verdict> {
  const ofLog = verifiers.filter(({ name }) => name === checkpoint.origin)
  return verifyCheckpoint(checkpoint, ofLog)
}

/** A verdict as the outcome of a check. */
export function standingOf(verdict: Verdict): Omit<Step, 'name'> {
  if (verdict === 'no-ed25519') return { standing: 'uncheckable' }
  return { standing: verdict === 'good' ? 'passed' : 'failed' }
}

/** Whether all that the page shows of a decision stands in its entry. */
function isShown(decision: RecordedDecision, body: string): boolean {
  const entry = JSON.parse(body) as Record<string, unknown>
  const { id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes } = decision
  const shown = { id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes }
  const { determination, receipt } = decision
  const clocks = determination && {
    asOf: determination.asOf,
    knownAt: determination.knownAt,
    jurisdiction: determination.jurisdiction,
    notInForce: determination.notInForce,
    outcomes: determination.determinations.map(outcomeOf),
  }
  return (
    entry.kind === 'decision' &&
    receipt.id === id &&
    receipt.recordedAt === recordedAt &&
    agrees(entry, shown) &&
    (clocks === null || agrees(entry, clocks))
  )
}

function outcomeOf(one: Schemas['Determination']): Schemas['DecidedOutcome'] {
  const { programme, subject, ruleVersion, outcome, clauses } = one
  return { programme, subject, ruleVersion, outcome, clauses }
}

function agrees(entry: Record<string, unknown>, shown: Record<string, unknown>): boolean {
  return Object.entries(shown).every(([key, value]) => ordered(entry[key]) === ordered(value))
}
