import { signCheckpoint } from './checkpoint.js'
import { edgePlaces, type Hash, type Place, rootOf } from './merkle-tree.js'
import type { Ledger } from './open-ledger.js'
import type { LedgerReads, StoredCheckpoint } from './stores/store.js'

/** The newest checkpoint of a log; a new one is signed and kept when the log has grown since. */
export async function issueCheckpoint(
  { store, signer }: Pick<Ledger, 'store' | 'signer'>,
  now: Date,
): Promise<StoredCheckpoint> {
  const [size, latest] = [await store.size(), await store.latestCheckpoint()]
  if (latest !== null && latest.size >= size) return latest
  const note = signCheckpoint(size, await rootAt(store, size), signer)
  const checkpoint = { size, note, issuedAt: now.toISOString() }
  await store.addCheckpoint(checkpoint)
  return checkpoint
}

/** The root the log had at a size. */
export async function rootAt(store: Pick<LedgerReads, 'nodes'>, size: number): Promise<Hash> {
  const places = edgePlaces(size)
  const hashOf = await hashesAt(store, places)
  return rootOf({ nodes: places.map((place) => ({ ...place, hash: hashOf(place) })) })
}

/** The hashes of some nodes, read at once. */
export async function hashesAt(
  store: Pick<LedgerReads, 'nodes'>,
  places: readonly Place[],
): Promise<(place: Place) => Hash> {
  const key = ({ level, index }: Place) => `${level} ${index}`
  const nodes = await store.nodes(places)
  const hashes = new Map(nodes.map((node) => [key(node), node.hash]))
  return (place) => hashes.get(key(place)) as Hash
}
