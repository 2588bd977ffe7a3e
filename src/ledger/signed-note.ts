import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Signature type of Ed25519 in a signed note. */
const ED25519 = 1

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Who can sign in the name of a log. */
export interface Signer {
  readonly name: string
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly verifier: Verifier
}

/** A public key under the name it signs for. */
export interface Verifier {
  readonly name: string
  /** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), as hex. */
  readonly keyId: string
  readonly publicKey: KeyObject
}

/** The verifier of a public key (C2SP signed-note). */
function verifierOf(name: string, publicKey: KeyObject): Verifier {
  const typed = typedKey(publicKey)
  const digest = createHash('sha256').update(`${name}\n`).update(typed).digest()
  return { name, keyId: digest.subarray(0, 4).toString('hex'), publicKey }
}

/** A signer of a private key. */
export function signerOf(name: string, privateKey: KeyObject): Signer {
  const verifier = verifierOf(name, createPublicKey(privateKey))
  return { name, keyId: verifier.keyId, privateKey, verifier }
}

function typedKey(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return Buffer.concat([Buffer.of(ED25519), spki.subarray(SPKI.length)])
}

/** A verifier as one line of text: `<name>+<key id>+<base64 of the key>`. */
export function verifierText({ name, keyId, publicKey }: Verifier): string {
  return `${name}+${keyId}+${typedKey(publicKey).toString('base64')}`
}

/** Reads a verifier line; null when it is none of an Ed25519 key, or its key id is not that of its key. */
export function parseVerifier(text: string): Verifier | null {
  const [, name, keyId, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const typed = Buffer.from(base64 ?? '', 'base64')
  if (name === undefined || typed.length !== 33 || typed[0] !== ED25519) return null
  const der = Buffer.concat([SPKI, typed.subarray(1)])
  const verifier = verifierOf(name, createPublicKey({ key: der, format: 'der', type: 'spki' }))
  return verifier.keyId === keyId ? verifier : null
}

/** A text that ends in a newline, signed: the text, an empty line, one signature line. */
export function signNote(text: string, { name, keyId, privateKey }: Signer): string {
  const signature = sign(null, Buffer.from(text), privateKey)
  const signed = Buffer.concat([Buffer.from(keyId, 'hex'), signature])
  return `${text}\n— ${name} ${signed.toString('base64')}\n`
}

/** What a signed note says, and the keys that stand below it. */
export interface Note {
  readonly text: string
  readonly signatures: readonly {
    readonly name: string
    readonly keyId: string
    readonly signature: Buffer
  }[]
}

/** Takes a signed note apart; null when it is none. */
export function parseNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return null
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map((line) => {
    const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
    const bytes = Buffer.from(base64 ?? '', 'base64')
    if (name === undefined || bytes.length < 5) return null
    return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
  })
  if (signatures.some((one) => one === null)) return null
  return { text: note.slice(0, end + 1), signatures: signatures as Note['signatures'] }
}

/** How a note stands to some public keys. */
export type NoteVerdict = 'good' | 'bad-signature' | 'unknown-key'

/** Whether one of the keys signed a note; signatures of other keys are left alone. */
export function verifyNote(
  { text, signatures }: Note,
  verifiers: readonly Verifier[],
): NoteVerdict {
  const verdicts = signatures.flatMap(({ name, keyId, signature }) =>
    verifiers
      .filter((verifier) => verifier.name === name && verifier.keyId === keyId)
      .map(({ publicKey }) => verify(null, Buffer.from(text), publicKey, signature)),
  )
  if (verdicts.length === 0) return 'unknown-key'
  return verdicts.every(Boolean) ? 'good' : 'bad-signature'
}
