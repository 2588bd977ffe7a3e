import type { DecisionBody } from '../model/decision.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { signCheckpoint } from './checkpoint.js'
import { rootAt } from './issue-checkpoint.js'
import { bodyOf, erasureOf } from './read-decision.js'
import { versionOf } from './replay-decision.js'
import { outcomeLines } from './seal.js'
import type { Signer } from './signed-note.js'
import type { LedgerReads, LoggedEntry } from './stores/store.js'

/** What an export is made of. */
export interface Exported {
  readonly store: LedgerReads
  readonly rulebook: Rulebook
  /** Signs the checkpoint over all that is exported. */
  readonly signer: Signer
  /** Whether facts and salts go with it. */
  readonly withFacts: boolean
}

const PAGE = 500

/**
 * Everything an auditor needs to check the log alone, line by line: its entries as the bytes that
 * were hashed, the rule versions they were made under, every checkpoint, one over all of it last.
 */
export async function* exportLedger(exported: Exported): AsyncGenerator<object> {
  const { store, rulebook, signer, withFacts } = exported
  const versions = new Set<string>()
  const size = yield* entryLines(exported, versions)
  for (const id of [...versions].sort()) {
    const version = versionOf(rulebook, id)
    // One that is lost is left out, and the verifier says so.
    if (version !== undefined)
      yield { kind: 'rule', id, digest: version.digest, rule: version.json }
  }
  const note = signCheckpoint(size, await rootAt(store, size), signer)
  yield* checkpointLines(store, size, note)
  yield { kind: 'checkpoint', size, note, withFacts }
}

/** Entries and their facts; notes the versions used. Returns how many entries there are. */
async function* entryLines(
  { store, withFacts }: Exported,
  versions: Set<string>,
): AsyncGenerator<object, number> {
  let [from, size] = [0, await store.size()]
  while (from < size) {
    const to = Math.min(size, from + PAGE)
    for (const entry of await store.logged(from, to)) {
      yield entryLine(entry)
      const facts = withFacts ? await store.facts(entry.id) : null
      if (facts !== null) yield { kind: 'facts', id: entry.id, salt: facts.salt, facts: facts.text }
      else if (withFacts) size = Math.max(size, await sizeWithErasure(store, entry))
      for (const version of versionsIn(entry)) versions.add(version)
    }
    from = to
  }
  return size
}

function versionsIn({ kind, body }: LoggedEntry): readonly string[] {
  if (kind !== 'decision') return []
  return bodyOf<DecisionBody>({ body }).versions.map(({ ruleVersion }) => ruleVersion)
}

/** How many entries the log has with the erasure of an entry's facts, for it may be made meanwhile; 0 without one. */
async function sizeWithErasure(store: LedgerReads, entry: LoggedEntry): Promise<number> {
  const erasure = await erasureOf(store, entry.decision ?? entry.id)
  const place = erasure === null ? null : await store.leafIndex(erasure.id)
  return place === null ? 0 : place + 1
}

/** An entry as it stands in an export and in GET /v1/log/entries, with what it is found by. */
export function entryLine(entry: LoggedEntry): object {
  const { leafIndex, id, leafHash, body, recordedAt, office, caseReference, decision } = entry
  const outcomes = outcomeLines(entry.outcomes)
  return {
    kind: 'entry',
    ...{ leafIndex, id, leafHash, body },
    columns: { kind: entry.kind, recordedAt, office, caseReference, decision, outcomes },
  }
}

/**
 * Every other checkpoint that was issued; one over entries that came meanwhile is for the next
 * export, one over more than the log has ever since shows that its end was removed.
 */
async function* checkpointLines(
  store: LedgerReads,
  size: number,
  last: string,
): AsyncGenerator<object> {
  let above = -1
  for (;;) {
    const page = await store.checkpoints(above, PAGE)
    const now = await store.size()
    for (const { size: covered, note } of page) {
      const isLater = covered > size && covered <= now
      if (!isLater && note !== last) yield { kind: 'checkpoint', size: covered, note }
    }
    if (page.length < PAGE) return
    above = page.at(-1)?.size as number
  }
}
