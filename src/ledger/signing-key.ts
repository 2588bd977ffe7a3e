import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'signing-key.pem'

/** Where a data folder has its signing key. */
export function keyFile(folder: string): string {
  return join(folder, FILE)
}

/**
 * The private key that signs receipts and checkpoints: the file given, else the one in the data
 * folder, which is made (readable by its owner only) when it is not there. Throws an Error of one line.
 */
export function signingKey(folder: string, given?: string): KeyObject {
  const path = given ?? keyFile(folder)
  const pem = read(path)
  if (pem !== null) return parse(pem, path)
  if (given !== undefined) throw new Error(`the signing key ${given} cannot be read`)
  return makeKey(folder)
}

/** Puts a new key in the place of the one in the data folder; the old one is gone for good. */
export function replaceKey(folder: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519')
  const path = join(folder, `${FILE}.new`)
  writeFileSync(path, pemOf(privateKey), { mode: 0o600 })
  renameSync(path, keyFile(folder))
  return privateKey
}

function makeKey(folder: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(keyFile(folder), pemOf(privateKey), { mode: 0o600, flag: 'wx' })
  return privateKey
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }) as string
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${path} cannot be read`)
  }
}

function parse(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {}
  throw new Error(`${path} holds no Ed25519 private key`)
}
