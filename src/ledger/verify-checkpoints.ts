import { type Checkpoint, parseCheckpoint } from './checkpoint.js'
import { appendLeaves, EMPTY_EDGE, type Hash, rootOf } from './merkle-tree.js'
import { type Finding, finding, type NamedCheckpoint } from './read-export.js'
import { type Verifier, verifyNote } from './signed-note.js'

/** A checkpoint whose form and signature are right. */
interface Trusted {
  readonly name: string
  readonly checkpoint: Checkpoint
}

/** What checkpoints are held against. */
export interface Log {
  readonly leaves: readonly Hash[]
  /** Whether every entry stands in its place; else roots would only repeat what is wrong. */
  readonly inOrder: boolean
}

/**
 * Checks checkpoints: form, one log, signature, and that the log still has the root each of them
 * states at its size. The first that fails says between which entries the log was changed.
 */
export function verifyCheckpoints(
  named: readonly NamedCheckpoint[],
  verifiers: readonly Verifier[],
  log: Log,
): readonly Finding[] {
  const findings: Finding[] = []
  const trusted = named.flatMap(({ name, text }): Trusted[] => {
    const checkpoint = parseCheckpoint(text)
    const fault =
      checkpoint === null ? `${name} cannot be read` : signatureFault(name, checkpoint, verifiers)
    if (fault === null) return [{ name, checkpoint: checkpoint as Checkpoint }]
    findings.push(typeof fault === 'string' ? finding('unreadable-checkpoint', null, fault) : fault)
    return []
  })
  const bySize = trusted.sort((a, b) => a.checkpoint.size - b.checkpoint.size)
  return [
    ...findings,
    ...originFaults(bySize),
    ...rootFaults(bySize, log),
    ...coverFaults(bySize, log),
  ]
}

function signatureFault(
  name: string,
  { note }: Checkpoint,
  verifiers: readonly Verifier[],
): Finding | null {
  const verdict = verifyNote(note, verifiers)
  if (verdict === 'good') return null
  return verdict === 'unknown-key'
    ? finding('unknown-key', null, `${name} is signed with another key than those given`)
    : finding('bad-signature', null, `${name} does not have the signature of its key`)
}

function originFaults(trusted: readonly Trusted[]): readonly Finding[] {
  const [first, ...rest] = trusted
  return rest
    .filter(({ checkpoint }) => checkpoint.origin !== first?.checkpoint.origin)
    .map(({ name }) => finding('another-log', null, `${name} is of another log`))
}

function rootFaults(trusted: readonly Trusted[], { leaves, inOrder }: Log): readonly Finding[] {
  const findings: Finding[] = []
  let edge = EMPTY_EDGE
  let good = 0
  for (const { name, checkpoint } of trusted) {
    const { size, root } = checkpoint
    if (size > leaves.length) {
      const why = inOrder ? ': the log was cut short' : ''
      const message = `${name} covers ${size} entries, of which ${leaves.length} are here${why}`
      findings.push(finding('truncated', null, message))
    } else if (inOrder) {
      edge = appendLeaves(edge, leaves.slice(edge.size, size)).edge
      if (rootOf(edge).equals(root)) good = size
      else {
        const where =
          good === size
            ? 'two versions of this log were signed'
            : `among entries ${good} to ${size - 1} something was altered, added, removed or reordered`
        const message = `${name} states another root for ${size} entries: ${where}`
        return [...findings, finding('forked', null, message)]
      }
    }
  }
  return findings
}

function coverFaults(trusted: readonly Trusted[], { leaves }: Log): readonly Finding[] {
  const covered = trusted.at(-1)?.checkpoint.size ?? 0
  if (covered >= leaves.length) return []
  const message = `no checkpoint covers entries ${covered} to ${leaves.length - 1}: they prove nothing`
  return [finding('not-covered', null, message)]
}
