import type { Receipt } from '../model/decision.js'
import {
  type EntryMoment,
  type ExportLine,
  type Finding,
  finding,
  type NamedCheckpoint,
  type ReadExport,
  readExport,
} from './read-export.js'
import { verifyReceipt } from './receipt.js'
import type { Verifier } from './signed-note.js'
import { verifyCheckpoints } from './verify-checkpoints.js'

/** A receipt and the name to call it. */
export interface NamedReceipt {
  readonly name: string
  readonly receipt: Receipt
}

/** What an auditor holds against an export. */
export interface Kept {
  readonly checkpoints: readonly NamedCheckpoint[]
  readonly receipts: readonly NamedReceipt[]
  readonly verifiers: readonly Verifier[]
  /** Whether the export has to hold facts, also where it does not say so itself. */
  readonly withFacts?: boolean
}

/** What was checked and what is wrong; nothing wrong: the log is what its checkpoints say. */
export interface Verdict {
  readonly good: boolean
  readonly entries: number
  readonly checkpoints: number
  readonly receipts: number
  readonly facts: number
  readonly findings: readonly Finding[]
}

/** What makes a root meaningless, for entries do not stand in their places. */
const OUT_OF_PLACE = ['removed', 'reordered', 'unreadable']

/**
 * Checks an export against checkpoints, receipts and public keys that were kept elsewhere; needs
 * no database, no network and nobody's word.
 */
export async function verifyExport(lines: AsyncIterable<ExportLine>, kept: Kept): Promise<Verdict> {
  const read = await readExport(lines)
  const inOrder = !read.findings.some(({ problem }) => OUT_OF_PLACE.includes(problem))
  const checkpoints = [...kept.checkpoints, ...read.checkpoints]
  const findings = [
    ...read.findings,
    ...endFaults(read),
    ...verifyCheckpoints(checkpoints, kept.verifiers, { leaves: read.leaves, inOrder }),
    ...ruleFaults(read),
    ...aboutFaults(read),
    ...factsFaults(read, kept.withFacts === true || read.withFacts),
    ...kept.receipts.flatMap((one) => receiptFaults(one, read, kept.verifiers)),
  ]
  return {
    good: findings.length === 0,
    entries: read.leaves.length,
    checkpoints: checkpoints.length,
    receipts: kept.receipts.length,
    facts: read.facts.size,
    findings,
  }
}

/** An export ends with a checkpoint, also that of an empty log. */
function endFaults({ checkpoints }: ReadExport): readonly Finding[] {
  if (checkpoints.length > 0) return []
  return [finding('cut-short', null, 'the export has no checkpoint of its own: its end is missing')]
}

/** Every version a decision was made under is there, as it was then. */
function ruleFaults({ used, rules }: ReadExport): readonly Finding[] {
  return [...used].flatMap(([key, { digest, id }]) => {
    const version = key.slice(0, key.indexOf(' '))
    const found = rules.get(version)
    if (found === digest) return []
    return found === undefined
      ? [finding('rule-missing', version, `${version}, under which ${id} was made, is missing`)]
      : [finding('rule-changed', version, `${version} is not what it was when ${id} was made`)]
  })
}

function aboutFaults({ about, leafOf }: ReadExport): readonly Finding[] {
  return about
    .filter(({ decision }) => !leafOf.has(decision))
    .map(({ id, decision }) =>
      finding('missing-decision', id, `${id} is about ${decision}, which is not in the log`),
    )
}

/**
 * Facts that are here although they were erased, and, in an export with facts, those that are not
 * although nobody erased them. A reason given after the erasure may be here, or be erased with it.
 */
function factsFaults(
  { sealed, erased, facts }: ReadExport,
  withFacts: boolean,
): readonly Finding[] {
  return sealed.flatMap((entry) => {
    const { id, decision, leafIndex } = entry
    const erasure = erased.get(decision)
    if (!facts.has(id)) {
      const message = `entry ${leafIndex}, ${id}, has no facts here, and no erasure of them is in the log`
      return withFacts && erasure === undefined ? [finding('facts-missing', id, message)] : []
    }
    const isErased = erasure !== undefined && (id === decision || isBefore(entry, erasure))
    return isErased
      ? [finding('not-erased', id, `the facts of ${id} were to be erased and are here`)]
      : []
  })
}

/** Before on the clock and in the log: of two made at one moment either may stand first in it. */
function isBefore(one: EntryMoment, other: EntryMoment): boolean {
  return one.leafIndex < other.leafIndex && one.recordedAt < other.recordedAt
}

function receiptFaults(
  { name, receipt }: NamedReceipt,
  { leafOf }: ReadExport,
  verifiers: readonly Verifier[],
): readonly Finding[] {
  const { id, leafHash } = receipt
  const verdict = verifyReceipt(receipt, verifiers)
  if (verdict !== 'good') {
    const why = verdict === 'unknown-key' ? 'another key than those given' : 'no right signature'
    return [finding(verdict, id, `${name} has ${why}`)]
  }
  const found = leafOf.get(id)
  if (found === leafHash) return []
  return found === undefined
    ? [
        finding(
          'never-logged',
          id,
          `${name} promised ${id} a place, and it is not in the log: it was removed`,
        ),
      ]
    : [finding('altered', id, `${id} is not what ${name} was given for: it was altered`)]
}
