import { type Bytes, bytesOf, fromBase64, joined, sha256, toHex } from './bytes.ts'

/** Signature type of Ed25519 in a signed note. */
const ED25519 = 1

/** A public key under the name it signs for. */
export interface Verifier {
  readonly name: string
  readonly keyId: string
  readonly key: Bytes
}

/** How a signature stands to some public keys; `no-ed25519`: this browser cannot check any. */
export type Verdict = 'good' | 'bad-signature' | 'unknown-key' | 'no-ed25519'

/**
 * Reads a verifier line, `<name>+<key id>+<base64>`; null when it is none of an Ed25519 key, or its
 * key id is not the beginning of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key) (C2SP signed-note).
 */
export async function parseVerifier(line: string): Promise<Verifier | null> {
  const [, name, keyId, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(line) ?? []
  if (name === undefined || keyId === undefined || base64 === undefined) return null
  const typed = fromBase64(base64)
  if (typed.length !== 33 || typed[0] !== ED25519) return null
  const digest = await sha256(bytesOf(`${name}\n`), typed)
  return toHex(digest.slice(0, 4)) === keyId ? { name, keyId, key: typed.slice(1) } : null
}

/** A checkpoint: what it says, and what stands below it. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: string
  /** What is signed. */
  readonly text: string
  readonly signatures: readonly Signature[]
}
interface Signature {
  readonly name: string
  readonly keyId: string
  readonly signature: Bytes
}

/** Reads a signed checkpoint (C2SP tlog-checkpoint); null when the text is none. */
export function parseCheckpoint(note: string): Checkpoint | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return null
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map(signatureOf)
  const [origin, size, root] = note.slice(0, end).split('\n')
  const isWhole = /^(0|[1-9]\d{0,9})$/.test(size ?? '') && /^[A-Za-z0-9+/]{43}=$/.test(root ?? '')
  if (!origin || !root || !isWhole || signatures.includes(null)) return null
  const text = note.slice(0, end + 1)
  return { origin, size: Number(size), root, text, signatures: signatures as Signature[] }
}

function signatureOf(line: string): Signature | null {
  const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
  if (name === undefined || base64 === undefined || base64.length % 4 !== 0) return null
  const bytes = fromBase64(base64)
  if (bytes.length < 5) return null
  return { name, keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) }
}

/** Whether one of the keys signed a checkpoint; signatures of other keys are left alone. */
export function verifyCheckpoint(
  { text, signatures }: Checkpoint,
  verifiers: readonly Verifier[],
): Promise<Verdict> {
  const pairs = signatures.flatMap(({ name, keyId, signature }) =>
    verifiers
      .filter((verifier) => verifier.name === name && verifier.keyId === keyId)
      .map(({ key }) => ({ key, signature })),
  )
  return verdictOf(pairs, bytesOf(text))
}

/** What a receipt states and its signature, see `receiptBytes`. */
export interface Receipt {
  readonly id: string
  readonly leafHash: string
  readonly recordedAt: string
  readonly signature: string
  readonly keyId: string
}

/** Whether one of the keys signed a receipt. */
export function verifyReceipt(receipt: Receipt, verifiers: readonly Verifier[]): Promise<Verdict> {
  const { id, leafHash, recordedAt, keyId } = receipt
  const signature = fromBase64(receipt.signature)
  const pairs = verifiers
    .filter((verifier) => verifier.keyId === keyId)
    .map(({ key }) => ({ key, signature }))
  return verdictOf(pairs, bytesOf(`huimin-receipt/1\n${id}\n${leafHash}\n${recordedAt}\n`))
}

interface Pair {
  readonly key: Bytes
  readonly signature: Bytes
}

async function verdictOf(pairs: readonly Pair[], signed: Bytes): Promise<Verdict> {
  if (pairs.length === 0) return 'unknown-key'
  const { subtle } = crypto
  try {
    for (const { key, signature } of pairs) {
      const imported = await subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
      if (!(await subtle.verify('Ed25519', imported, signature, signed))) return 'bad-signature'
    }
  } catch (error) {
    if ((error as Error).name === 'NotSupportedError') return 'no-ed25519'
    throw error
  }
  return 'good'
}

/** SHA-256(salt ‖ facts) as an entry states it. */
export async function commitmentOf(salt: string, facts: string): Promise<string> {
  return `sha256:${toHex(await sha256(joined(fromBase64(salt), bytesOf(facts))))}`
}
